"""Returns and refunds: shares that add up to the paisa, never more than was sold, money back the way it came."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import round_to
from app.domain.payment import TenderKind
from app.domain.pricing import OrderLine, price_line
from app.domain.refunding import Ways, plan, whole
from app.domain.returning import CreditNote, Standing, come_back, left, part_of, standing
from tests.conftest import line, order, payment, rate
from tests.given_back import CASH, credit_note, pick, sold, voided

COUNT = st.integers(1, 9).map(Decimal)
PRICE = st.integers(1, 500_000)
BY_CARD = payment(49_900, id="p2", tender_id="card", kind=TenderKind.CARD)


@given(PRICE, st.lists(COUNT, min_size=1, max_size=5), st.integers(0, 40), st.booleans())
def test_a_line_that_comes_back_in_parts_gives_back_its_total(
    price: int, parts: list[Decimal], off: int, inter_state: bool
) -> None:
    """A paisa too much or too little for each return would be money made or lost by returning one by one."""
    quantity = sum(parts, Decimal(0))
    discount = price * int(quantity) * off // 100
    goods = price_line(line(price=price, quantity=quantity), rate(), discount, True, inter_state)
    before, back = Decimal(0), list[OrderLine]()
    for part in parts:
        back.append(part_of(goods, before, part))
        before += part

    for name in ("value", "cgst", "sgst", "igst", "cess", "total", "discount", "quantity"):
        assert getattr(goods, name) == sum(getattr(part, name) for part in back)
    for each in back:
        assert each.total == each.value + each.cgst + each.sgst + each.igst + each.cess


@given(PRICE, st.decimals("0.002", "9.999", places=3), st.decimals("0.001", "9.999", places=3))
def test_a_weight_comes_back_in_parts_too(price: int, weight: Decimal, first: Decimal) -> None:
    """Half a kilogram of two is a share like any other."""
    goods = price_line(line(price=price, quantity=weight, weighed=True), rate(), 0, True, False)
    first = min(first, weight)
    parts = [part_of(goods, Decimal(0), first), part_of(goods, first, weight - first)]

    assert goods.total == sum(part.total for part in parts)


@given(st.lists(COUNT, min_size=1, max_size=4), st.data())
def test_never_more_than_was_sold(counts: list[Decimal], data: st.DataObject) -> None:
    """Whatever is asked for, and however often: what is left of a line is all that it gives."""
    made, before = sold(*(str(count) for count in counts)), list[CreditNote]()
    for _ in range(4):
        places = data.draw(st.lists(st.integers(0, len(counts) - 1), min_size=1, unique=True))
        remaining = left(made, before)
        picks = [pick(place, data.draw(COUNT)) for place in places if remaining[place]]
        if picks:
            before.append(credit_note(made, *picks, before=tuple(before)))
    back = sum(one.line.total for each in before for one in each.returned)

    assert all(count >= 0 for count in left(made, before))
    assert back <= made.totals.total


@given(st.integers(1, 99_999), st.integers(1, 9), st.sampled_from([1, 5, 100, 500]))
def test_cash_in_parts_comes_to_what_cash_at_once_would(price: int, count: int, step: int) -> None:
    """Rounding each part by itself would give a customer a rupee for every piece of half a rupee."""
    exact = price * count
    paid = round_to(exact, step)
    made = sold(str(count), price=price, paid=(payment(paid),) if paid else (), rounding=paid - exact)
    before: tuple[CreditNote, ...] = ()
    for _ in range(count):
        before = (*before, credit_note(made, before=before, ways=Ways(step, CASH)))

    assert paid == sum(each.refunded for each in before)
    assert all(abs(each.totals.rounding) < step for each in before)
    assert all(each.refunded == each.totals.total for each in before)


def test_money_goes_back_the_way_it_came() -> None:
    """The card gets at most what it brought, the drawer pays the rest."""
    made = sold("2", paid=(payment(40_000), BY_CARD.model_copy(update={"amount": 59_800})))
    first = credit_note(made)
    second = credit_note(made, before=(first,))

    assert [("card", 49_900)] == [(refund.tender_id, refund.amount) for refund in first.refunds]
    assert [("card", 9_900), ("cash", 40_000)] == [(refund.tender_id, refund.amount) for refund in second.refunds]


def test_what_no_payment_brought_is_short() -> None:
    """Cash for a card sale is how stolen cards become money: a manager has to let it pass."""
    made = sold("1", paid=(BY_CARD,))
    as_paid, in_cash = (plan(made, (), 49_900, Ways(100, CASH, chosen)) for chosen in (None, CASH))

    assert (0, 49_900) == (as_paid.short, in_cash.short)
    assert [("", 49_900)] == [(source.payment_id, source.amount) for source in in_cash.sources]


def test_an_extension_goes_back_with_its_line() -> None:
    """A warranty without the thing is worth nothing; as many go back as there are things."""
    goods = line("v1", 3)
    made = order(goods, line("wrap", 3, 5_000, parent=goods.key, stocked=False))
    back = come_back(made, (), [pick(0, 2)])

    assert [(0, Decimal(2)), (1, Decimal(2))] == [(each.position, each.line.quantity) for each in back]


def test_the_extension_of_a_weight_goes_back_with_the_last_gram() -> None:
    """There is one wrapping round two kilograms."""
    goods = line("v1", "2.000", weighed=True)
    made = order(goods, line("wrap", 1, 5_000, parent=goods.key, stocked=False))

    assert [[0], [0, 1]] == [
        [each.position for each in come_back(made, (), [pick(0, weight)])] for weight in ("0.500", "2.000")
    ]


def test_what_has_come_back_is_said_in_a_word() -> None:
    """The list of orders, the order and the back office say the same."""
    made = sold("2")
    one = credit_note(made)
    rest = credit_note(made, before=(one,))

    assert [Standing.WHOLE, Standing.PARTLY, Standing.RETURNED, Standing.VOID] == [
        standing(made, before) for before in ((), (one,), (one, rest), (voided(made),))
    ]
    assert made.paid == whole(made).amount


def test_what_is_damaged_does_not_go_back_on_the_shelf() -> None:
    """A torn shirt that counts as stock is sold to the next customer."""
    back = credit_note(sold("1", "1"), pick(0, restock=False), pick(1))

    assert ["v1"] == [each.variant_id for each in back.restocked]
