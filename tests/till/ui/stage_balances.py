"""Checkout with what has rules of its own: a voucher, a house account, a meal card."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.domain.account import Account, above_limit
from app.domain.payment import TenderKind
from app.domain.reference import Characters, ReferenceRule
from app.domain.voucher import Voucher
from app.till.slices.limits import LimitApproval
from app.till.state import Checkout, Screen, State
from tests.conftest import NOW, customer, tender
from tests.till.ui.stage import cart, checkout, state

RULE = ReferenceRule(label="Approval code", characters=Characters.DIGITS, shortest=6, longest=6)
MEAL = tender("meal", TenderKind.WALLET, name="Meal card", custom=True, rule=RULE, asks_reference=True, position=6)
HOUSE = tender("account", TenderKind.ACCOUNT, name="House account", position=7)
GIFT = Voucher(code="GIFT-500", balance=500_00, expires=date(2027, 3, 31))
MEERA = Account(customer_id="c1", limit=1_500_00)


def on_balance(open_sale: Checkout) -> State:
    """The checkout of a store that takes them."""
    shown = state(Screen.CHECKOUT, cart=cart(), checkout=open_sale)
    tenders = (*shown.people.tenders, MEAL, HOUSE)
    people = replace(shown.people, tenders=tenders, vouchers={GIFT.code: GIFT}, accounts={"c1": MEERA})
    return replace(shown, people=people)


BALANCES: dict[str, Callable[[], State]] = {
    "checkout-voucher": lambda: on_balance(checkout("voucher", reference="GIFT-500", amount="500.00")),
    "checkout-account": lambda: on_balance(checkout("account", amount="1500.00", customer=customer())),
    "checkout-meal": lambda: on_balance(checkout("meal", problem="“Approval code” does not fit. It has 6 digits.")),
    "limit": lambda: on_balance(
        checkout(
            "account",
            customer=customer(),
            approval=LimitApproval(above_limit(MEERA, 1_500_00, 2_000_00), completes=True, at=NOW, payment_id="p1"),
        )
    ),
}
