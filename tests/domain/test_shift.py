"""Shifts: the cash that should be in the drawer, whatever happened and however it is read."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.amendment import Correctable, Correction
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.shift import (
    Closed,
    Corrections,
    Direction,
    DrawerOpened,
    Happening,
    Moved,
    Opened,
    Pile,
    Placed,
    closing,
    next_number,
    running,
    shifts,
)
from tests.conftest import NOW, order, payment
from tests.given_back import credit_note, voided
from tests.given_back import sold as sold_goods

WHO = ("s1", "Asha")
AMOUNTS = st.integers(1, 5_000_00)


def opened(shift_id: str = "a", opening_float: int = 1_000_00) -> Opened:
    return Opened(shift_id=shift_id, at=NOW, opening_float=opening_float, staff_id=WHO[0], staff_name=WHO[1])


def closed(shift_id: str = "a", number: int = 1, expected: int = 0, *piles: Pile) -> Closed:
    return Closed(
        shift_id=shift_id, number=number, at=NOW, count=piles, expected=expected, staff_id=WHO[0], staff_name=WHO[1]
    )


def moved(amount: int, direction: Direction = Direction.IN) -> Moved:
    return Moved(
        shift_id="a", at=NOW, direction=direction, amount=amount, reason="Change", staff_id=WHO[0], staff_name=WHO[1]
    )


def sold(order_id: str, *paid: tuple[TenderKind, int, int]) -> Order:
    """An order paid so: kind, amount, and what was handed over beyond it."""
    payments = (
        payment(amount, id=f"{order_id}-{turn}", kind=kind, name=kind.value, received=amount + beyond)
        for turn, (kind, amount, beyond) in enumerate(paid)
    )
    return order(id=order_id, payments=tuple(payments))


def placed(*happenings: Happening) -> list[Placed]:
    return [Placed(seq, what) for seq, what in enumerate(happenings, start=1)]


PAID = st.one_of(
    st.tuples(st.just(TenderKind.CASH), AMOUNTS, st.integers(0, 100_00)),
    st.tuples(st.sampled_from([TenderKind.CARD, TenderKind.UPI]), AMOUNTS, st.just(0)),
)
SOLD = st.lists(PAID, min_size=1, max_size=3)
MOVES = st.tuples(AMOUNTS, st.sampled_from(Direction))


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, list[Happening]]:
    """A float, and what happened in the shift."""
    sales = [sold(f"o{turn}", *paid) for turn, paid in enumerate(draw(st.lists(SOLD, max_size=5)))]
    moves = [moved(amount, direction) for amount, direction in draw(st.lists(MOVES, max_size=5))]
    return draw(st.integers(0, 10_000_00)), draw(st.permutations([*sales, *moves]))


@given(histories())
def test_the_drawer_holds_the_float_and_what_came_less_what_went(history: tuple[int, list[Happening]]) -> None:
    """A wrong expectation makes an honest cashier a thief, or hides one."""
    opening_float, happened = history
    (shift,) = shifts(placed(opened(opening_float=opening_float), *happened))
    cash = [paid for one in happened if isinstance(one, Order) for paid in one.payments if paid.kind is TenderKind.CASH]
    came = sum(paid.received for paid in cash) + sum(one.signed for one in happened if isinstance(one, Moved))

    assert opening_float + came - sum(paid.received - paid.amount for paid in cash) == shift.expected


@given(histories(), st.data())
def test_in_which_order_it_is_read_does_not_matter(history: tuple[int, list[Happening]], data: st.DataObject) -> None:
    """A journal is read back newest first, in pages, or after a crash: the sums have to be the same."""
    everything = placed(opened(opening_float=history[0]), *history[1], closed(), opened("b"), sold("later"))

    assert shifts(everything) == shifts(data.draw(st.permutations(everything)))


@given(st.lists(st.integers(0, 3), max_size=8))
def test_z_numbers_run_without_a_gap(sales: list[int]) -> None:
    """A missing Z report is a drawer that nobody can account for."""
    happened: list[Happening] = []
    for turn, count in enumerate(sales):
        happened += [opened(f"s{turn}"), *(sold(f"o{turn}-{i}", (TenderKind.CASH, 100, 0)) for i in range(count))]
        folded = shifts(placed(*happened))
        happened.append(closing(folded[-1], next_number(folded), (), NOW, WHO))
    numbers = [one.number for one in happened if isinstance(one, Closed)]

    assert list(range(1, len(sales) + 1)) == numbers


def test_sales_outside_of_a_shift_are_in_none() -> None:
    """The next float is counted: what came between is in it already, and must not be expected once more."""
    happened = placed(
        sold("before", (TenderKind.CASH, 100, 0)), opened(), closed(), sold("after", (TenderKind.CASH, 1, 0))
    )
    (shift,) = shifts(happened)

    assert ((), 1_000_00) == (shift.orders, shift.expected)


def test_an_end_of_another_shift_ends_nothing() -> None:
    """An entry of a shift that is over must not close the one that runs."""
    folded = shifts(placed(opened("b"), closed("a")))

    assert running(folded) == folded[0]


def test_a_second_beginning_changes_nothing() -> None:
    """Two presses of a button are one shift: its float was counted once."""
    (shift,) = shifts(placed(opened("a", 500_00), opened("b", 700_00)))

    assert ("a", 500_00) == (shift.id, shift.expected)


def test_a_payment_that_was_no_cash_after_all_is_not_expected() -> None:
    """A cashier who chose the wrong tender corrects it; the count must not be short because of it."""
    fix = Correction(field=Correctable.TENDER_KIND, payment_id="o-0", before="cash", after="card")
    (shift,) = shifts(placed(opened(), sold("o", (TenderKind.CASH, 400_00, 0)), Corrections("o", (fix,))))

    assert 1_000_00 == shift.expected


def test_the_difference_is_what_is_there_beyond_what_should_be() -> None:
    """Missing money has to read as missing."""
    end = closed("a", 1, 1_000_00, Pile(denomination=500_00, pieces=1), Pile(denomination=100_00, pieces=4))

    assert -100_00 == end.difference


def test_a_report_counts_tenders_taxes_and_offline_sales() -> None:
    """The Z report is what the books of the day are checked against."""
    cash, card = (TenderKind.CASH, 299_00, 1_00), (TenderKind.CARD, 200_00, 0)
    offline = sold("p", (TenderKind.CARD, 499_00, 0)).model_copy(update={"offline": True})
    (shift,) = shifts(placed(opened(), sold("o", cash, card), offline))

    assert [("card", 2, 699_00), ("cash", 1, 299_00)] == [(one.name, one.count, one.amount) for one in shift.tenders]
    assert {"cgst": 76_12, "sgst": 76_12, "igst": 0, "cess": 0} == shift.taxes
    assert (2, 1, 998_00) == (len(shift.orders), shift.offline, shift.total)


def test_what_was_counted_names_only_what_is_there() -> None:
    """Nine rows of zero are noise on a narrow strip of paper."""
    (shift,) = shifts(placed(opened()))
    piles = (Pile(denomination=500_00, pieces=2), Pile(denomination=1_00, pieces=0))
    end = closing(replace(shift), 1, piles, NOW + timedelta(hours=8), WHO)

    assert (piles[:1], 0) == (end.count, end.difference)


def test_a_drawer_opened_without_a_sale_stands_in_its_shift_and_moves_no_cash() -> None:
    """It is counted by the report; money that moved has an entry of its own."""
    opening = DrawerOpened(at=NOW, reason="Change", staff_id=WHO[0], staff_name=WHO[1])
    (shift,) = shifts(placed(opening, opened(), opening))

    assert ((opening,), 1_000_00) == (shift.drawer, shift.expected)


def test_what_was_given_back_is_not_expected_in_the_drawer() -> None:
    """A return and a voided sale take cash out; what was sold still counts as sold."""
    made, other = sold_goods("2"), sold_goods("1", id="o2")
    (shift,) = shifts(placed(opened(), made, other, credit_note(made), voided(other)))

    assert (1_000_00 + 499_00, 3 * 499_00) == (shift.expected, shift.total)
    assert [("Cash at Store", 2, 998_00)] == [(one.name, one.count, one.amount) for one in shift.refunds]
    assert (1, 1) == (len(shift.returns), len(shift.voids))
