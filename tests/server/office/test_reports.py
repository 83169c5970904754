"""Reports add up what was sold; what they say has to be what was booked."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.numbers import INDIA
from app.domain.order import Order
from server.office.gstr import documents, supplies
from server.office.sums import REPORTS, Period, add_up, measure, turnover
from server.oms.catching_up import catch_up
from server.oms.oms import Oms
from server.oms.sales import of_order, write
from server.oms.tables_reports import SaleDocument, SaleLine, SalePayment
from tests.conftest import NOW, TODAY, customer, line, order, payment, rate, terms
from tests.server.browser import Browser
from tests.server.office.office import Office

pytestmark = pytest.mark.databases

GST = 7_612
"""In \u20b9 499.00 with 18 per cent."""
TWO = (
    order(line("v1"), line("v2", quantity=2), id="a", staff_name="Asha"),
    order(line("v1"), id="b", staff_name="Ravi", payments=(payment(20_000), payment(29_900, name="Card"))),
)
TODAY_ALONE = Period(TODAY, TODAY)


@pytest.fixture
def session(oms: Oms) -> Iterator[Session]:
    """Where documents are written to and added up; nothing of it stays."""
    with Session(oms.database.engine) as session:
        yield session


def sold(session: Session, *orders: Order) -> Session:
    write(session, (of_order(each) for each in orders))
    return session


def rows(session: Session, by: str) -> list[tuple[str, int, Decimal, int]]:
    found = add_up(sold(session, *TWO), by, TODAY_ALONE)
    return [(each.row, each.orders, each.quantity, each.total) for each in found]


@pytest.mark.parametrize("by", REPORTS)
def test_every_report_comes_to_the_same_total(session: Session, by: str) -> None:
    """Two reports of one month that differ are worth nothing."""
    assert 4 * 49_900 == sum(each.total for each in add_up(sold(session, *TWO), by, TODAY_ALONE))


def test_people_by_what_they_sold(session: Session) -> None:
    """The one who sold most stands first."""
    assert [("Asha", 1, Decimal(3), 149_700), ("Ravi", 1, Decimal(1), 49_900)] == rows(session, "associate")


def test_a_product_in_two_orders_is_one_row(session: Session) -> None:
    """Orders are counted once each, pieces all; each size is a product of its own, told by its SKU."""
    found = add_up(sold(session, *TWO), "product", TODAY_ALONE)

    assert [("SKU-v1", 2, Decimal(2)), ("SKU-v2", 1, Decimal(2))] == [(s.code, s.orders, s.quantity) for s in found]


def test_a_renamed_product_has_its_newest_name(session: Session) -> None:
    """Two rows of one thing would each be too small, and an old name is looked for in vain."""
    later = order(line("v1", name="a Shirt"), id="c").model_copy(update={"business_day": TODAY + timedelta(days=1)})
    sold(session, order(line("v1", name="Shirt, old"), id="d"), later)

    assert ["a Shirt"] == [each.row for each in add_up(session, "product", Period(TODAY, date(2026, 12, 31)))]


def test_a_split_payment_counts_for_both_tenders(session: Session) -> None:
    """The drawer is counted against this."""
    assert [("Cash at Store", 2, Decimal(0), 169_700), ("Card", 1, Decimal(0), 29_900)] == rows(session, "tender")


def test_hours_are_those_of_the_store(session: Session) -> None:
    """Noon in India is half past six in UTC."""
    assert ["12:00"] == [each.row for each in add_up(sold(session, order(at=NOW)), "hour", TODAY_ALONE)]


def test_what_was_rounded_is_no_tax(session: Session) -> None:
    """Half a rupee in the drawer is owed to nobody."""
    assert [GST] == [each.tax for each in add_up(sold(session, order(rounding=50)), "day", TODAY_ALONE)]


def test_nothing_sold_is_an_empty_report(session: Session) -> None:
    """And not a division by zero."""
    assert ([], (0, 0), (0, 0, 0)) == (
        add_up(session, "day", TODAY_ALONE),
        measure(session, "day", TODAY_ALONE),
        turnover(session, TODAY_ALONE),
    )


def test_one_register_s_sales_are_told_from_the_others(session: Session) -> None:
    """Who counts a drawer wants what went into that one."""
    sold(session, *TWO, order(id="c", register="R2"))

    assert (1, 0, 49_900) == turnover(session, Period(TODAY, TODAY, "R2"))


def test_what_takes_back_makes_every_report_net(session: Session) -> None:
    """Goods that came back were not sold: one place writes them with their sign, and no report has to know."""
    back = replace(of_order(TWO[1]), id="back", kind="credit_note", sign=-1)
    write(sold(session, *TWO), [back])

    totals = {sum(each.total for each in add_up(session, by, TODAY_ALONE)) for by in REPORTS}

    assert ({3 * 49_900}, (2, 0, 3 * 49_900)) == (totals, turnover(session, TODAY_ALONE))


sales = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 23),
        st.integers(1, 9),
        st.sampled_from((5, 18)),
        st.sampled_from(("R1", "R2")),
    ),
    max_size=12,
)


@given(sales)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_s_reports_add_up_whatever_was_sold(session: Session, made: list[tuple[int, int, int, int, str]]) -> None:
    """By whatever it is added up, a time's total is the sum of its invoices, to the paisa."""
    for table in (SaleLine, SalePayment, SaleDocument):
        session.execute(delete(table))
    start = datetime(2026, 10, 1, tzinfo=INDIA)
    orders = [_sale(start, place, *how) for place, how in enumerate(made)]
    first, last = date(2026, 10, 5), date(2026, 10, 30)
    expected = sum(each.totals.total for each in orders if first <= each.business_day <= last)

    sold(session, *orders)

    assert {expected} == {sum(each.total for each in add_up(session, by, Period(first, last))) for by in REPORTS}


def _sale(start: datetime, place: int, day: int, hour: int, pieces: int, percent: int, register: str) -> Order:
    at = start + timedelta(days=day, hours=hour)
    sale = order(line(quantity=pieces), under=terms(rate(percent=percent)), id=f"o-{place}", register=register)
    paid = (payment(sale.totals.total),)
    return sale.model_copy(update={"at": at, "business_day": at.date(), "payments": paid})


def test_table_12_adds_up_by_code_unit_and_rate(session: Session) -> None:
    """What the portal asks for, exact to the paisa."""
    sold(session, *TWO, order(line(), under=terms(rate(percent=5)), id="c"))

    assert [(5_00, Decimal(1), 49_900), (18_00, Decimal(4), 199_600)] == [
        (each.rate, each.quantity, each.total) for each in supplies(session, TODAY_ALONE)
    ]


def test_table_12_counts_no_services(session: Session) -> None:
    """The portal takes a service by its value alone: NA for its unit, and no quantity."""
    sold(session, order(line(), line(hsn="9968", quantity=3), id="c"))

    assert [("6211", "PCS", Decimal(1)), ("9968", "NA", Decimal(0))] == [
        (each.hsn, each.unit, each.quantity) for each in supplies(session, TODAY_ALONE)
    ]


def test_table_12_tells_businesses_from_others(session: Session) -> None:
    """Since May 2025 the two are reported apart."""
    sold(session, order(customer=customer(gstin="29ABCDE1234F1ZW"), id="c"), *TWO)

    assert ["B2B", "B2C"] == [each.to for each in supplies(session, TODAY_ALONE)]


def test_table_12_s_taxes_are_those_of_the_lines(session: Session) -> None:
    """CGST and SGST of one kurta."""
    (found,) = supplies(sold(session, order()), TODAY_ALONE)

    assert (GST, 49_900 - GST) == (found.cgst + found.sgst, found.value)


def test_table_13_names_the_first_and_last_of_each_series(session: Session) -> None:
    """Numbers are read as numbers: 100000 comes after 99999."""
    numbers = ("DS01A2627-99999", "DS01A2627-100000", "DS01B2627-00001")
    sold(session, *(order(number=number, id=number) for number in numbers))

    assert [("DS01A2627-99999", "DS01A2627-100000", 2), ("DS01B2627-00001", "DS01B2627-00001", 1)] == [
        (each.first, each.last, each.issued) for each in documents(session, TODAY_ALONE)
    ]


def test_a_report_is_of_the_days_that_are_asked_for(register: Browser, admin: Office) -> None:
    """Both days included."""
    register.push(register.sale(order()))
    asked = {"by": "day", "until": "2026-11-30", "format": "csv"}
    files = [admin.opens("reports", since=day, **asked) for day in ("2026-11-21", "2026-11-22")]
    totals = [list(csv.reader(io.StringIO(file, newline="")))[1:] for file in files]

    assert [[["2026-11-21", "1", "1", "422.88", "76.12", "499.00"]], []] == totals


@pytest.mark.parametrize("by", [*REPORTS, "hsn", "series", "nonsense"])
def test_every_report_is_a_page(register: Browser, admin: Office, by: str) -> None:
    """Also one that nobody has heard of."""
    register.push(register.sale(order()))

    assert "1 order from 21 Nov 2026" in admin.opens("reports", by=by, since="2026-11-21", until="2026-11-21")


def test_orders_from_before_the_reports_are_added_up_too(oms: Oms, register: Browser) -> None:
    """An update must not make last month's sales vanish; the second start finds nothing left to do."""
    register.push(register.sale(order()))
    with oms.database.write() as session:
        for table in (SaleLine, SalePayment, SaleDocument):
            session.execute(delete(table))

    caught = catch_up(oms.database), catch_up(oms.database)

    with oms.database.read() as session:
        assert ((1, 0), (1, 0, 49_900)) == (caught, turnover(session, TODAY_ALONE))


def test_a_report_says_of_which_days_it_is(admin: Office) -> None:
    """Empty fields above a sum leave everybody guessing, and a file sent on must be of the same days tomorrow."""
    page = admin.opens("reports", until="2026-11-21")

    assert [] == [text for text in ('value="2026-11-01"', 'value="2026-11-21"', "since=2026-11-01") if text not in page]
