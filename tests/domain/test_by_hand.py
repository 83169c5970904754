"""Discounts by hand: after promotions, within their limit, and to the paisa in whatever order the lines stand."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.by_hand import ChangedPrice, ManualDiscount
from app.domain.cart import Cart, Line
from app.domain.concessions import by_person, by_reason, conceded
from app.domain.invoice import invoice_of
from app.domain.leeway import Leeway, Leeways
from app.domain.money import portion, times
from app.domain.order import Order
from app.domain.pricing import Priced, price_cart
from app.domain.promotion import AmountOff, PercentOff, Promotion
from app.domain.staff import Role
from app.domain.tax import BASIS
from tests.conftest import line, order, promotion, terms
from tests.domain.test_discounts import CARTS, PROMOTIONS


def manual(offer: PercentOff | AmountOff | int = 1_000, most: int = BASIS, **fields: Any) -> ManualDiscount:
    """Ten per cent off, by Asha, because the packing is damaged."""
    wanted = PercentOff(rate=offer) if isinstance(offer, int) else offer
    usual = {"reason": "Damaged packing", "staff_id": "s1", "staff_name": "Asha"}
    return ManualDiscount(offer=wanted, most=most, **(usual | fields))


def sold(*lines: Line, off: ManualDiscount | None = None, by: tuple[Promotion, ...] = ()) -> Priced:
    found = price_cart(Cart(lines=lines, manual=off), terms(promotions=by))
    assert isinstance(found, Priced)
    return found


MANUALS = st.one_of(
    st.none(),
    st.builds(
        manual,
        st.one_of(
            st.builds(PercentOff, rate=st.integers(1, BASIS)), st.builds(AmountOff, amount=st.integers(1, 10**7))
        ),
        st.one_of(st.just(BASIS), st.integers(1, BASIS)),
        reason=st.sampled_from(["Damaged packing", "Price match"]),
    ),
)


@st.composite
def carts(draw: st.DrawFn) -> Cart:
    """Any lines, charges and extras among them, each with or without a discount by hand."""
    lines = [
        each.model_copy(update={"manual": draw(MANUALS), "stocked": draw(st.sampled_from([True, True, False]))})
        for each in draw(CARTS)
    ]
    return Cart(lines=tuple(lines), manual=draw(MANUALS))


def price(cart: Cart, by: list[Promotion]) -> Priced:
    found = price_cart(cart, terms(promotions=tuple(by)))
    assert isinstance(found, Priced)
    return found


@given(carts(), PROMOTIONS)
def test_promotions_and_people_together_took_what_the_lines_lost(cart: Cart, by: list[Promotion]) -> None:
    """An invoice names every paisa that was taken off, and the OMS finds the same."""
    priced = price(cart, by)
    named = [each.amount for each in priced.applied] + [each.amount for each in priced.given]

    assert sum(line.discount for line in priced.lines) == sum(named)


@given(carts(), PROMOTIONS)
def test_nobody_takes_more_off_a_line_than_it_costs(cart: Cart, by: list[Promotion]) -> None:
    """A sale never pays the customer; and what is charged for delivery or extras bears nothing."""
    priced = price(cart, by)
    full = [times(each.unit_price, each.quantity) if each.stocked else 0 for each in cart.lines]

    assert all(0 <= each.discount <= most for each, most in zip(priced.lines, full, strict=True))
    assert (
        sum(full) - priced.discount + sum(each.total for each in priced.lines if not each.stocked)
        == priced.totals.total
    )


@given(carts(), PROMOTIONS)
def test_what_promotions_give_does_not_depend_on_people(cart: Cart, by: list[Promotion]) -> None:
    """People come after the promotions: the poster's price is the poster's price."""
    plain = Cart(lines=tuple(line.model_copy(update={"manual": None}) for line in cart.lines))

    assert price(plain, by).applied == price(cart, by).applied


@given(st.data(), carts(), PROMOTIONS)
def test_the_order_of_the_lines_changes_no_amount(data: st.DataObject, cart: Cart, by: list[Promotion]) -> None:
    """Till and OMS need not hold them alike."""
    places = data.draw(st.permutations(range(len(cart.lines))))
    mixed = price(Cart(lines=tuple(cart.lines[place] for place in places), manual=cart.manual), by)
    straight = price(cart, by)

    def amounts(priced: Priced) -> list[tuple[str, int]]:
        return sorted((each.model_dump_json(), each.discount) for each in priced.lines)

    assert amounts(straight) == amounts(mixed)
    assert sorted(each.amount for each in straight.given) == sorted(each.amount for each in mixed.given)


@given(carts(), PROMOTIONS)
def test_a_discount_says_which_line_it_is_of(cart: Cart, by: list[Promotion]) -> None:
    """The place in the order is the place in the cart, whatever stands between."""
    given_ = price(cart, by).given

    assert all(each.given == (cart.manual if each.line is None else cart.lines[each.line].manual) for each in given_)


@given(MANUALS.filter(bool), st.integers(0, 10**9))
def test_a_discount_keeps_the_limit_it_was_given_under(off: ManualDiscount, left: int) -> None:
    """100 rupees off ten kurtas are no 100 rupees off the one that is left in the cart."""
    assert 0 <= off.on(left) <= portion(left, off.most, BASIS)


def test_a_line_comes_before_the_order_and_both_after_promotions() -> None:
    """1,000.00 less 10 % by promotion is 900; half off the line leaves 450; 100 of it off the order."""
    [kurta] = sold(
        line(price=100_000, manual=manual(5_000)), off=manual(AmountOff(amount=10_000)), by=(promotion(),)
    ).lines

    assert (10_000 + 45_000 + 10_000, 35_000) == (kurta.discount, kurta.total)


def test_the_order_is_reduced_by_what_its_lines_have_left() -> None:
    """Half off the line, then a tenth of the other half: not of the tag."""
    [kurta] = sold(line(price=10_000, manual=manual(5_000)), off=manual(1_000)).lines

    assert 5_500 == kurta.discount


def test_the_orders_discount_is_spread_by_what_is_left() -> None:
    """Each line has its own tax, so each bears its share: to the paisa, and delivery bears none."""
    fee = line("delivery", price=4_900, stocked=False)
    priced = sold(line(price=10_000), line("v2", price=20_001), fee, off=manual(AmountOff(amount=1_000)))

    assert [333, 667, 0] == [each.discount for each in priced.lines]


def test_what_is_left_may_be_nothing() -> None:
    """A manager gives a cup away: the sale is for nothing, and says what it was worth."""
    [cup] = sold(line(manual=manual(BASIS))).lines

    assert (49_900, 0) == (cup.discount, cup.total)


def test_a_joined_line_keeps_its_discount() -> None:
    """The same kurta scanned once more is sold like the first."""
    cart = Cart(lines=(line(manual=manual()),)).add(line())

    assert (Decimal(2), manual()) == (cart.lines[0].quantity, cart.lines[0].manual)


def test_the_orders_discount_goes_with_the_last_line() -> None:
    """The next customer's cart begins without it."""
    assert Cart() == Cart(lines=(line(),), manual=manual()).remove(0)


def test_the_orders_discount_stays_with_the_cart() -> None:
    """One more thing scanned does not lose what was promised."""
    cart = Cart(lines=(line(),), manual=manual()).add(line("v2")).change(0, Decimal(3))

    assert manual() == cart.manual


def test_a_changed_price_is_told_apart_from_the_catalogues() -> None:
    """The next one scanned costs what the catalogue says, in a line of its own."""
    changed = ChangedPrice(reason="Price match", staff_id="s1", staff_name="Asha", catalogue=49_900)
    cart = Cart(lines=(line(),)).reprice(0, 45_000, changed).add(line())

    assert [(45_000, 49_900), (49_900, 49_900)] == [(each.unit_price, each.catalogue_price) for each in cart.lines]


@pytest.mark.parametrize(
    ("price", "allowed"), [(44_909, False), (44_910, True), (49_900, True), (52_395, True), (52_396, False)]
)
def test_a_price_keeps_its_leeway(price: int, allowed: bool) -> None:
    """Ten per cent below 499.00 and five above, to the paisa."""
    assert allowed is Leeway(below=1_000, above=500).allows_price(price, 49_900)


def test_without_a_word_from_the_back_office_no_price_is_changed() -> None:
    """A store that never opened the page sells at its catalogue's prices."""
    usual = Leeways()

    assert [False, False] == [usual.of(role).allows_price(49_899, 49_900) for role in Role]


def conceding(**fields: Any) -> Order:
    kurta = line(quantity=2, manual=manual(1_000, **fields))
    priced = sold(kurta, off=manual(AmountOff(amount=500), reason="Price match"))
    return order(kurta).model_copy(update={"discounts": priced.given, "lines": priced.lines, "totals": priced.totals})


def test_concessions_add_up_by_reason_and_by_person() -> None:
    """The manager asks who gives how much away, and why."""
    changed = ChangedPrice(
        reason="Price match", staff_id="s2", staff_name="Ravi", approver_id="s2", approved_by="Ravi", catalogue=50_000
    )
    cheaper = order(line(changed_price=changed))
    sales = [conceding(), cheaper]

    reasons = conceded(sales, by_reason)
    people = conceded(sales, by_person)

    assert [("Damaged packing", 1, 9_980, 0), ("Price match", 2, 600, 1)] == [
        (each.name, each.count, each.amount, each.approved) for each in reasons
    ]
    assert [("Asha", 10_480), ("Ravi", 100)] == [(each.name, each.amount) for each in people]


def test_the_invoice_names_every_reason() -> None:
    """A discount counts for the tax when the invoice shows it (CGST Act s.15(3)(a))."""
    shown = invoice_of(conceding()).reductions

    assert [("Damaged packing", 9_980), ("Price match", 500)] == [(each.name, each.amount) for each in shown]
