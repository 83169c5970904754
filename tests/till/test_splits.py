"""Split payments: whatever is paid with, in whatever order, an order is paid to the paisa and never more."""

from collections.abc import Sequence
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.payment import TenderKind
from app.domain.tendering import Before, over_cap, room
from app.till.state import Screen
from server.oms.books import ledger
from tests.conftest import tender
from tests.till.test_tenders import ACCOUNT, MEAL, VOUCHER, account, voucher, with_tenders
from tests.till.till import CARD, Till

BALANCE, LIMIT, CAP = 70_000, 40_000, 30_000
TENDERS = ("cash", "card", "upi", "meal", "voucher", "account")
PARTS = st.tuples(st.sampled_from(TENDERS), st.integers(0, 120_000), st.booleans(), st.booleans())


def is_filled(till: Till, cart: Sequence[tuple[str, str]]) -> None:
    """Everything that can be paid with is here, and Meera buys a cart of goods."""
    with_tenders(till, CARD.model_copy(update={"cap_sale": CAP}), MEAL, VOUCHER, ACCOUNT)
    voucher(till, BALANCE)
    account(till, LIMIT)
    for product_id, quantity in cart:
        till.says("ProductPicked", product_id=product_id)
        if product_id == "rice":
            till.says("WeightTyped", value=quantity).says("ChoiceConfirmed")
        if product_id == "shirt":
            till.says("VariantPicked", variant_id="shirt-m").says("ChoiceConfirmed")
        if product_id != "rice":
            till.says("QuantityTyped", line=len(till.state.cart.lines) - 1, value=quantity)
    till.says("CheckoutOpened").says("CustomerAsked").says("CustomerOpened", customer_id="c1")


def pays(till: Till, parts: Sequence[tuple[str, int, bool, bool]]) -> None:
    """Take one payment after the other; some amounts are typed, some left as they are offered."""
    for tender_id, amount, typed, completes in parts:
        if till.state.screen is not Screen.CHECKOUT:
            return
        till.says("TenderChosen", tender_id=tender_id)
        till.says("ReferenceTyped", value="GV-1234" if tender_id == "voucher" else "123456")
        if typed:
            till.says("AmountTyped", value=f"{amount // 100}.{amount % 100:02d}")
        till.says("SaleCompleted" if completes else "PaymentTaken").says("DialogClosed")


@settings(max_examples=40)
@given(
    cart=st.lists(st.sampled_from([("kurta", "5"), ("shirt", "2"), ("rice", "1.234")]), min_size=1, unique=True),
    parts=st.lists(PARTS, max_size=6),
)
def test_payments_add_up_to_the_total_whatever_they_are(
    cart: list[tuple[str, str]], parts: list[tuple[str, int, bool, bool]]
) -> None:
    """Never more, change only from cash, rounding only by the cash that comes last; and the books sum to zero."""
    with closing(Till().signs_in()) as till:
        is_filled(till, cart)
        pays(till, [*parts, ("cash", 10_000_00, True, True)])
        till.says("SaleCompleted")
        (order,) = till.orders()

    paid = {kind: sum(each.amount for each in order.payments if each.kind is kind) for kind in TenderKind}
    capped = sum(each.amount for each in order.payments if each.tender_id == "card")
    assert order.paid == order.totals.total
    assert all(0 <= each.amount <= each.received for each in order.payments)
    assert all(each.amount for each in order.payments if each.kind is not TenderKind.CASH)
    assert all(each.kind is TenderKind.CASH for each in order.payments if each.change)
    assert order.totals.rounding == 0 or order.payments[-1].kind is TenderKind.CASH
    assert abs(order.totals.rounding) <= 50
    assert (paid[TenderKind.VOUCHER] <= BALANCE, paid[TenderKind.ACCOUNT] <= LIMIT, capped <= CAP) == (True,) * 3
    assert 0 == sum(ledger(order).values())
    assert "suspense" not in ledger(order)


@given(
    caps=st.tuples(st.none() | st.integers(0, 10_000), st.none() | st.integers(0, 10_000)),
    taken=st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)),
)
def test_what_a_cap_leaves_may_be_taken_and_no_paisa_more(
    caps: tuple[int | None, int | None], taken: tuple[int, int]
) -> None:
    """The amount that is offered must not be the one that is refused."""
    one, before = tender(cap_sale=caps[0], cap_day=caps[1]), Before(taken[0], taken[0] + taken[1])
    left = room(one, before)

    if left is not None:
        assert left == 0 or not over_cap(one, left, before)
        assert over_cap(one, left + 1, before)
    else:
        assert not over_cap(one, 10**9, before)
