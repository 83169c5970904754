"""Filling the cart: what may be sold and how many of it; a manager lets more pass than the stock says."""

from decimal import Decimal

from app.domain.cart import Cart, Line, line_for
from app.domain.policy import Action
from app.domain.pricing import TooLarge
from app.domain.product import Product
from app.domain.tax import NoRate
from app.till.effects import CheckStock, DropDraft
from app.till.events import (
    CartEmptied,
    CartToggled,
    LineRemoved,
    OverrideGiven,
    PinChecked,
    QuantityTyped,
    StockChecked,
)
from app.till.flow.keeping import kept, while_open
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.quantities import quantity
from app.till.selectors import priced
from app.till.state import Override, State, Tile

MONEY_TAKEN = "Money was taken for this sale and stays noted. Give it back at checkout first."
PAYING_BY_LINK = (
    "The customer may be paying by the link now. The cart is as it was. Withdraw the link at checkout first."
)


def put(state: State, tile: Tile, variant_id: str, wanted: Decimal, override_by: str | None = None) -> Step:
    """Put a variant into the cart, or say why not; more than the stock says needs a manager."""
    product, variant = tile.product, tile.product.variant(variant_id)
    closed = replace(state, browse=replace(state.browse, choice=None, override=None, notice=""))
    if variant.price is None:
        return noticed(closed, unpriced(product))
    available = tile.available.get(variant_id)
    in_cart = state.cart.quantity_of(variant_id)
    if override_by is None and available is not None and in_cart + wanted > available:
        name = line_for(product, variant_id, wanted, variant.price).full_name
        override = Override(variant_id, name, wanted, available - in_cart, tile=tile)
        return changed(closed, browse=replace(closed.browse, override=override))
    line = line_for(product, variant_id, wanted, variant.price)
    return filled(closed, line.model_copy(update={"override_by": override_by}))


def filled(state: State, line: Line) -> Step:
    """Add a line, unless the cart could not be sold with it."""
    fuller = replace(state, cart=state.cart.add(line))
    why = unsellable(fuller)
    return noticed(state, why) if why else kept(fuller)


def unsellable(state: State) -> str:
    """Say why the cart cannot be priced, or nothing."""
    match priced(state):
        case NoRate(tax_class=tax_class):
            return f"There is no tax rate for “{tax_class}” today. The cart is safe. Ask the back office to set it."
        case TooLarge(name=name):
            return f"{name} would cost more than any sale. The cart is as it was. Check the quantity."
        case _:
            return ""


def unpriced(product: Product) -> str:
    return f"{product.name} has no price and cannot be sold. The cart is as it was. Ask the back office for a price."


def quantity_typed(state: State, event: QuantityTyped) -> Step:
    """Fewer is always possible; for more the stock is looked at."""
    if not 0 <= event.line < len(state.cart.lines) or not event.value.strip():
        return Step(state)
    line = state.cart.lines[event.line]
    if line.parent:
        return Step(state)
    wanted = quantity(event.value, weighed=line.weighed)
    if isinstance(wanted, str):
        return noticed(state, wanted)
    if wanted > line.quantity:
        return Step(state, (CheckStock(line.variant_id, wanted, event.line),))
    return requantified(state, event.line, wanted)


def requantified(state: State, index: int, wanted: Decimal, override_by: str | None = None) -> Step:
    """Set the quantity of a line; the dialog of the override is over."""
    if wanted == 0:
        return removed(state, index)
    closed = replace(state, browse=replace(state.browse, override=None, notice=""))
    other = replace(closed, cart=state.cart.change(index, wanted, override_by))
    more = wanted > state.cart.lines[index].quantity
    why = unsellable(other) if more else ""
    return noticed(closed, why) if why else kept(other)


def stock_checked(state: State, event: StockChecked) -> Step:
    if not _is_line(state, event.line_index, event.variant_id):
        return Step(state)
    line = state.cart.lines[event.line_index]
    elsewhere = state.cart.quantity_of(event.variant_id) - line.quantity
    if event.available is None or elsewhere + event.wanted <= event.available:
        return requantified(state, event.line_index, event.wanted)
    free = event.available - elsewhere
    override = Override(event.variant_id, line.full_name, event.wanted, free, line_index=event.line_index)
    return changed(state, browse=replace(state.browse, override=override, notice=""))


def override_given(state: State, event: OverrideGiven) -> Step:
    override = state.browse.override
    if override is None or override.checking:
        return Step(state)
    question = asked(state, permitted(state, event.staff_id, Action.OVERRIDE_STOCK), event.pin, "override")
    if isinstance(question, str):
        return _override(state, replace(override, problem=question))
    return Step(_override(state, replace(override, checking=True, problem="")).state, (question,))


def override_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left meanwhile."""
    override, member = state.browse.override, permitted(state, event.staff_id, Action.OVERRIDE_STOCK)
    if override is None or not override.checking:
        return Step(state)
    if not event.right or member is None:
        return _override(state, replace(override, checking=False, problem=wrong_sentence(state, event.staff_id)))
    if override.tile is not None:
        return put(state, override.tile, override.variant_id, override.wanted, member.id)
    index = override.line_index
    if index is not None and _is_line(state, index, override.variant_id):
        return requantified(state, index, override.wanted, member.id)
    return changed(state, browse=replace(state.browse, override=None))


def line_removed(state: State, event: LineRemoved) -> Step:
    return removed(state, event.line) if 0 <= event.line < len(state.cart.lines) else Step(state)


def removed(state: State, index: int) -> Step:
    """Take a line out; the last one ends the sale, unless money or an exchange is in it."""
    fewer = replace(state, cart=state.cart.remove(index), browse=replace(state.browse, notice="", override=None))
    if fewer.cart.lines:
        return kept(fewer)
    if _paid(state):
        return noticed(state, MONEY_TAKEN)
    if state.checkout is not None and state.checkout.link is not None:
        return noticed(state, PAYING_BY_LINK)
    return kept(fewer) if state.exchange is not None else emptied(state)


def cart_emptied(state: State, _: CartEmptied) -> Step:
    """Start over; money that was taken has to be given back first."""
    return noticed(state, MONEY_TAKEN) if _paid(state) else emptied(state)


def emptied(state: State) -> Step:
    browse = replace(state.browse, notice="", override=None)
    empty = replace(state, cart=Cart(), checkout=None, exchange=None, browse=browse)
    return Step(empty, (DropDraft(state.draft_id),))


def cart_toggled(state: State, _: CartToggled) -> Step:
    return changed(state, cart_open=not state.cart_open)


def _paid(state: State) -> bool:
    return state.checkout is not None and bool(state.checkout.payments or state.checkout.keeping)


def _is_line(state: State, index: int, variant_id: str) -> bool:
    lines = state.cart.lines
    return 0 <= index < len(lines) and lines[index].variant_id == variant_id


def _override(state: State, override: Override) -> Step:
    return changed(state, browse=replace(state.browse, override=override))


HANDLERS: Handlers = {
    QuantityTyped: while_open(quantity_typed),
    StockChecked: while_open(stock_checked),
    OverrideGiven: while_open(override_given),
    LineRemoved: while_open(line_removed),
    CartToggled: cart_toggled,
}
