"""Finding products: by text, by category, by code; every answer bears the number of its question."""

from app.domain.policy import Action, may
from app.till.effects import FindCode, Search
from app.till.events import (
    CategoryChosen,
    CodeFound,
    CodeScanned,
    CodeShared,
    CodeUnknown,
    Found,
    SearchEntered,
    SearchTyped,
)
from app.till.flow import checkout, customers, orders
from app.till.flow.choosing import picked, shown
from app.till.flow.drafts import next_offered
from app.till.flow.filling import put
from app.till.flow.keeping import saving
from app.till.flow.refreshing import refreshing
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.state import Choice, Screen, State


def looked(state: State) -> Step:
    """Ask the catalogue for what the search box and the category say now."""
    browse = replace(state.browse, asked=state.browse.asked + 1)
    return Step(replace(state, browse=browse), (Search(browse.text, browse.category, browse.asked),))


def search_typed(state: State, event: SearchTyped) -> Step:
    return looked(replace(state, browse=replace(state.browse, text=event.value, notice="")))


def category_chosen(state: State, event: CategoryChosen) -> Step:
    return looked(replace(state, browse=replace(state.browse, category=event.category, notice="")))


def found(state: State, event: Found) -> Step:
    """Show an answer, unless a newer question was asked meanwhile."""
    if event.asked != state.browse.asked:
        return Step(state)
    return changed(state, browse=replace(state.browse, tiles=event.tiles))


def search_entered(state: State, event: SearchEntered) -> Step:
    """Enter in the search box: a code first; what is no code is looked at in `code_unknown`."""
    typed = event.value.strip()
    return Step(state, (FindCode(typed),)) if typed and at_sale(state) else Step(state)


def code_scanned(state: State, event: CodeScanned) -> Step:
    """A scanner works whatever has the focus, and starts the next sale where the last one is done."""
    if customers.asking(state) or state.screen in customers.PLACES:
        return customers.scanned(state, event)
    if state.screen is Screen.CHECKOUT:
        return checkout.scanned(state, event)
    if state.screen is Screen.ORDERS:
        return orders.sought(state, event.code.strip())
    return next_begun(state).then(lambda now: _sought(now, event.code.strip()))


def _sought(state: State, code: str) -> Step:
    if not at_sale(state):
        return Step(state)
    browse = replace(state.browse, choice=None, notice="")
    return Step(replace(state, browse=browse, extras_of=""), (FindCode(code),))


def next_begun(state: State) -> Step:
    """Whatever leads on from the sale just made begins the next; who left the staff meanwhile made the last one."""
    if state.screen is not Screen.SAVED:
        return Step(state)
    if not may(state.sign_in.user, Action.SELL):
        gone = replace(state.sign_in, user=None, chosen="")
        return changed(state, screen=Screen.SIGN_IN, saved=None, sign_in=gone)
    return looked(next_offered(replace(state, screen=Screen.SELL, saved=None)))


def code_found(state: State, event: CodeFound) -> Step:
    if not at_sale(state):
        return Step(state)
    if state.browse.looking_up:
        return shown(state, event.tile, event.variant_id)
    if event.quantity is not None:
        return put(state, event.tile, event.variant_id, event.quantity)
    if event.tile.product.weighed:
        choice = Choice(event.tile, event.variant_id)
        return changed(state, browse=replace(state.browse, choice=choice, notice=""))
    return picked(state, event.tile, event.variant_id)


def code_shared(state: State, event: CodeShared) -> Step:
    """Show what bears the code, and let the person choose who holds it in the hand."""
    if not at_sale(state):
        return Step(state)
    if len(event.tiles) == 1:
        return picked(state, event.tiles[0])
    notice = f"{len(event.tiles)} products have the code {event.code}. Choose the one in your hand."
    browse = replace(state.browse, tiles=event.tiles, asked=state.browse.asked + 1, notice=notice)
    return changed(state, browse=browse)


def code_unknown(state: State, event: CodeUnknown) -> Step:
    """Text of the search box that is no code picks the only hit; of several one has to be chosen."""
    if not at_sale(state):
        return Step(state)
    tiles = state.browse.tiles
    if event.code != state.browse.text.strip() or not tiles:
        return noticed(state, event.why)
    return picked(state, tiles[0]) if len(tiles) == 1 else Step(state)


def at_sale(state: State) -> bool:
    """Whether products may be put into the cart now."""
    asking = state.browse.override is not None or state.clock is not None or state.found_draft is not None
    asking = asking or state.parking.naming or state.parking.listed
    return state.screen is Screen.SELL and not asking and not saving(state)


HANDLERS: Handlers = {
    SearchTyped: refreshing(search_typed),
    SearchEntered: search_entered,
    CategoryChosen: refreshing(category_chosen),
    Found: found,
    CodeScanned: code_scanned,
    CodeFound: code_found,
    CodeShared: code_shared,
    CodeUnknown: code_unknown,
}
