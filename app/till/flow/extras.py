"""Extras: what the store declares for a product is sold with its line, and follows it in everything."""

from app.domain.extension import extension_line
from app.till.events import ExtrasAsked, ExtraToggled
from app.till.flow.filling import unsellable
from app.till.flow.keeping import kept, while_open
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.selectors import can, extensions_for, extras_line
from app.till.state import Screen, State


def extras_asked(state: State, event: ExtrasAsked) -> Step:
    if state.screen is not Screen.SELL or not 0 <= event.line < len(state.cart.lines):
        return Step(state)
    ability, line = can(state).extensions, state.cart.lines[event.line]
    if not ability.allowed:
        return noticed(state, ability.reason)
    return changed(state, extras_of=line.key) if extensions_for(state, line) else Step(state)


def extra_toggled(state: State, event: ExtraToggled) -> Step:
    """Take one in or out; offline those that are in the cart stay, and nothing is changed."""
    parent = extras_line(state)
    if parent is None or not can(state).extensions.allowed:
        return Step(state)
    for index, line in enumerate(state.cart.lines):
        if line.parent == parent.key and line.product_id == event.extension_id:
            return kept(replace(state, cart=state.cart.remove(index)))
    wanted = [each for each in extensions_for(state, parent) if each.id == event.extension_id]
    fuller = replace(state, cart=state.cart.add(extension_line(wanted[0], parent))) if wanted else state
    why = unsellable(fuller)
    return noticed(state, why) if why else kept(fuller)


HANDLERS: Handlers = {ExtrasAsked: while_open(extras_asked), ExtraToggled: while_open(extra_toggled)}
