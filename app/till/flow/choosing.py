"""Choosing the variant of a product, or its weight; and leaving any dialog."""

from decimal import Decimal

from app.till.effects import ShowProduct
from app.till.events import ChoiceConfirmed, DialogClosed, ProductPicked, ProductShown, VariantPicked, WeightTyped
from app.till.flow.filling import put, unpriced
from app.till.flow.keeping import saving, while_open
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.quantities import quantity
from app.till.slices.cards import approval_left
from app.till.state import Choice, Screen, State, Tile


def product_picked(state: State, event: ProductPicked) -> Step:
    """Fetch the product afresh: the stock on its tile may have been sold since."""
    if state.screen is not Screen.SELL or state.browse.choice or state.browse.override:
        return Step(state)
    return Step(state, (ShowProduct(event.product_id),))


def product_shown(state: State, event: ProductShown) -> Step:
    if state.editing is not None:
        return Step(refreshed(state, event.tile))
    return picked(state, event.tile) if state.screen is Screen.SELL else Step(state)


def picked(state: State, tile: Tile, variant_id: str = "") -> Step:
    """One piece of a variant goes straight in; several variants, or a weight, are asked for."""
    variants = tile.product.variants
    if all(variant.price is None for variant in variants):
        return noticed(state, unpriced(tile.product))
    only = variant_id or (variants[0].id if len(variants) == 1 else "")
    if only and not tile.product.weighed and not state.browse.looking_up:
        return put(state, tile, only, Decimal(1))
    return shown(state, tile, only)


def shown(state: State, tile: Tile, variant_id: str) -> Step:
    """Open the dialog of a product."""
    return changed(state, browse=replace(state.browse, choice=Choice(tile, variant_id), notice="", looking_up=False))


def refreshed(state: State, tile: Tile) -> State:
    """The product that a manager is changing may be changed by somebody else meanwhile: the dialog knows."""
    editing = state.editing
    known = {variant.id for variant in tile.product.variants}
    if editing is None or editing.product.id != tile.product.id or editing.variant_id not in known:
        return state
    return replace(state, editing=replace(editing, product=tile.product))


def variant_picked(state: State, event: VariantPicked) -> Step:
    choice = state.browse.choice
    if choice is None or all(variant.id != event.variant_id for variant in choice.tile.product.variants):
        return Step(state)
    return _choice(state, replace(choice, variant_id=event.variant_id, problem=""))


def weight_typed(state: State, event: WeightTyped) -> Step:
    choice = state.browse.choice
    return _choice(state, replace(choice, weight=event.value, problem="")) if choice else Step(state)


def choice_confirmed(state: State, _: ChoiceConfirmed) -> Step:
    choice = state.browse.choice
    if choice is None:
        return Step(state)
    if not choice.variant_id:
        return _choice(state, replace(choice, problem="Choose one of them first."))
    wanted: Decimal | str = Decimal(1)
    if choice.tile.product.weighed:
        wanted = quantity(choice.weight, weighed=True) if choice.weight else "Type the weight in kilograms."
    if wanted == 0:
        wanted = "The weight is zero. Weigh it again."
    if isinstance(wanted, str):
        return _choice(state, replace(choice, problem=wanted))
    return put(state, choice.tile, choice.variant_id, wanted)


def dialog_closed(state: State, _: DialogClosed) -> Step:
    """Leave whichever dialog is open; what it asked for does not happen."""
    if saving(state):
        return Step(state)
    checkout = state.checkout
    if checkout is not None:
        checkout = replace(checkout, customer_open=False, approval=None, problem="", card=approval_left(checkout.card))
    return changed(
        state,
        browse=replace(state.browse, choice=None, override=None),
        checkout=checkout,
        connection=replace(state.connection, popup=False),
        sync_list=replace(state.sync_list, opened=False),
        shift=replace(state.shift, approval=None),
        parking=replace(state.parking, naming=False, listed=False, problem=""),
        editing=None,
        bargain=None,
        clock=None,
        looking_back=replace(state.looking_back, correcting=None),
        backs=replace(state.backs, seeking=None, voiding=state.backs.voiding if state.backs.writing else None),
        extras_of="",
        upkeep=replace(state.upkeep, asking=False, checking=False, problem=""),
    )


def _choice(state: State, choice: Choice) -> Step:
    return changed(state, browse=replace(state.browse, choice=choice))


HANDLERS: Handlers = {
    ProductPicked: product_picked,
    ProductShown: product_shown,
    VariantPicked: while_open(variant_picked),
    WeightTyped: while_open(weight_typed),
    ChoiceConfirmed: while_open(choice_confirmed),
    DialogClosed: dialog_closed,
}
