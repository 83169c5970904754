"""A cart and a sale with something taken off by hand, and a store where prices may be changed."""

from dataclasses import replace

from app.domain.by_hand import ChangedPrice, ManualDiscount
from app.domain.cart import Cart
from app.domain.leeway import Leeway, Leeways
from app.domain.order import Order
from app.domain.pricing import Priced, price_cart
from app.domain.promotion import AmountOff, PercentOff
from app.till.state import State
from tests.conftest import settings, terms
from tests.till.ui.stage import cart, sale


def bargained() -> Cart:
    """Ten per cent off the kurtas, another price for the shirt, and 50 rupees off the whole."""
    asha = {"staff_id": "s1", "staff_name": "Asha"}
    ravi = asha | {"approver_id": "s2", "approved_by": "Ravi"}
    tenth = ManualDiscount(offer=PercentOff(rate=1_000), most=1_000, reason="Display piece", **asha)
    fifty = ManualDiscount(offer=AmountOff(amount=5_000), most=5_000, reason="Regular customer", **ravi)
    changed = ChangedPrice(catalogue=129_900, reason="Price match", **ravi)
    return cart().discount(0, tenth).discount(None, fifty).reprice(1, 120_000, changed)


def given_away() -> Order:
    """The same, sold."""
    under = terms()
    priced = price_cart(bargained(), under)
    assert isinstance(priced, Priced)
    made = sale(8, *bargained().lines, under=under)
    return made.model_copy(update={"lines": priced.lines, "totals": priced.totals, "discounts": priced.given})


def allowing_prices(shown: State) -> State:
    """The same screen where the back office lets prices be changed."""
    given = settings(leeways=Leeways(manager=Leeway(line=5_000, order=5_000, below=2_000, above=500)))
    return replace(shown, people=replace(shown.people, settings=given))
