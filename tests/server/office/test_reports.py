"""Reports add up what was sold; what they say has to be what was booked."""

import csv
import io
from decimal import Decimal

import pytest

from server.office.gstr import documents, supplies
from server.office.reports import REPORTS, add_up
from tests.conftest import NOW, customer, line, order, payment, rate, terms
from tests.server.browser import Browser
from tests.server.office.office import Office

GST = 7_612
"""In \u20b9 499.00 with 18 per cent."""
TWO = (
    order(line("v1"), line("v2", quantity=2), id="a", staff_name="Asha"),
    order(line("v1"), id="b", staff_name="Ravi", payments=(payment(20_000), payment(29_900, name="Card"))),
)


def rows(by: str) -> list[tuple[str, int, Decimal, int]]:
    return [(each.row, each.orders, each.quantity, each.total) for each in add_up(TWO, by)]


@pytest.mark.parametrize("by", REPORTS)
def test_every_report_comes_to_the_same_total(by: str) -> None:
    """Two reports of one month that differ are worth nothing."""
    assert 4 * 49_900 == sum(each.total for each in add_up(TWO, by))


def test_people_by_what_they_sold() -> None:
    """The one who sold most stands first."""
    assert [("Asha", 1, Decimal(3), 149_700), ("Ravi", 1, Decimal(1), 49_900)] == rows("associate")


def test_a_product_in_two_orders_is_one_row() -> None:
    """Orders are counted once each, pieces all."""
    assert [("Cotton Kurta", 2, Decimal(4), 199_600)] == rows("product")


def test_a_split_payment_counts_for_both_tenders() -> None:
    """The drawer is counted against this."""
    assert [("Cash at Store", 2, Decimal(0), 169_700), ("Card", 1, Decimal(0), 29_900)] == rows("tender")


def test_hours_are_those_of_the_store() -> None:
    """Noon in India is half past six in UTC."""
    assert ["12:00"] == [each.row for each in add_up([order(at=NOW)], "hour")]


def test_what_was_rounded_is_no_tax() -> None:
    """Half a rupee in the drawer is owed to nobody."""
    assert [GST] == [each.tax for each in add_up([order(rounding=50)], "day")]


def test_nothing_sold_is_an_empty_report() -> None:
    """And not a division by zero."""
    assert [] == add_up([], "day")


def test_table_12_adds_up_by_code_unit_and_rate() -> None:
    """What the portal asks for, exact to the paisa."""
    found = supplies([*TWO, order(line(), under=terms(rate(percent=5)), id="c")])

    assert [(5_00, Decimal(1), 49_900), (18_00, Decimal(4), 199_600)] == [
        (each.rate, each.quantity, each.added("total")) for each in found
    ]


def test_table_12_tells_businesses_from_others() -> None:
    """Since May 2025 the two are reported apart."""
    firm = order(customer=customer(gstin="29ABCDE1234F1ZW"), id="c")

    assert ["B2B", "B2C"] == [each.to for each in supplies([firm, *TWO])]


def test_table_12_s_taxes_are_those_of_the_lines() -> None:
    """CGST and SGST of one kurta."""
    (found,) = supplies([order()])

    assert (GST, 49_900 - GST) == (found.added("cgst") + found.added("sgst"), found.added("value"))


def test_table_13_names_the_first_and_last_of_each_series() -> None:
    """Numbers are read as numbers: 10 comes after 9."""
    numbers = ("DS01A2627-00009", "DS01A2627-00010", "DS01B2627-00001")
    found = documents(order(number=number, id=number) for number in numbers)

    assert [("DS01A2627-00009", "DS01A2627-00010", 2), ("DS01B2627-00001", "DS01B2627-00001", 1)] == [
        (each.first, each.last, each.issued) for each in found
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
