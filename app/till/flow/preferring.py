"""POS settings of this register: each choice holds at once, and after a restart; it is nobody else's."""

from app.domain.policy import Action, may
from app.domain.preferences import MOST_QUICK, Preferences, moved, with_choice
from app.till.effects import KeepLocal, SeekQuick, ShowQuick
from app.till.events import (
    PreferenceChosen,
    PrinterForgotten,
    PrinterSeen,
    QuickAdded,
    QuickFound,
    QuickMoved,
    QuickRemoved,
    QuickShown,
    QuickTyped,
    TenderMoved,
    TenderOffered,
)
from app.till.flow import printing
from app.till.flow.local import PREFERENCES
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.ports import PrinterState
from app.till.selectors import all_tenders, tenders_here
from app.till.slices.printing import Printing
from app.till.state import State

ONE_TENDER = "One payment method has to stay, or nothing could be sold here. Offer another one first."
FULL = f"There is room for {MOST_QUICK} quick buttons. Remove one first."
LONGEST = 200


def preferred(state: State, preferences: Preferences) -> Step:
    """Take settings over and write them down."""
    if not may(state.sign_in.user, Action.CHANGE_SETTINGS) or preferences == state.preferences:
        return Step(state)
    return Step(replace(state, preferences=preferences), (KeepLocal(PREFERENCES, preferences.model_dump_json()),))


def preference_chosen(state: State, event: PreferenceChosen) -> Step:
    chosen = with_choice(state.preferences, event.name, event.value)
    return preferred(state, chosen) if chosen else Step(state)


def _with(state: State, **fields: object) -> Step:
    return preferred(state, state.preferences.model_copy(update=fields))


# ---------------------------------------------------------------- payment methods


def tender_offered(state: State, event: TenderOffered) -> Step:
    hidden = state.preferences.hidden - {event.tender_id}
    if event.value != "true":
        if [tender.id for tender in tenders_here(state)] == [event.tender_id]:
            return troubled(state, ONE_TENDER)
        hidden |= {event.tender_id}
    return _with(state, hidden=hidden)


def tender_moved(state: State, event: TenderMoved) -> Step:
    """The whole order is written down, so that a new method of the store comes last and moves nothing."""
    return _with(state, tenders=moved(tuple(each.id for each in all_tenders(state)), event.tender_id, event.by))


# ---------------------------------------------------------------- quick buttons


def quick_typed(state: State, event: QuickTyped) -> Step:
    text = event.value[:LONGEST]
    typed = replace(state, quick=replace(state.quick, text=text, found=() if not text.strip() else state.quick.found))
    return Step(typed, (SeekQuick(text),) if text.strip() else ())


def quick_found(state: State, event: QuickFound) -> Step:
    """Show an answer, unless something else was typed meanwhile."""
    if event.text != state.quick.text:
        return Step(state)
    return changed(state, quick=replace(state.quick, found=event.tiles))


def quick_added(state: State, event: QuickAdded) -> Step:
    quick = state.preferences.quick
    if event.product_id in quick or all(tile.product.id != event.product_id for tile in state.quick.found):
        return Step(state)
    if len(quick) >= MOST_QUICK:
        return troubled(state, FULL)
    step = _with(state, quick=(*quick, event.product_id))
    return step.then(lambda now: _shown(replace(now, quick=replace(now.quick, text="", found=()))))


def quick_removed(state: State, event: QuickRemoved) -> Step:
    quick = tuple(each for each in state.preferences.quick if each != event.product_id)
    return _with(state, quick=quick).then(_shown)


def quick_moved(state: State, event: QuickMoved) -> Step:
    return _with(state, quick=moved(state.preferences.quick, event.product_id, event.by)).then(_shown)


def quick_shown(state: State, event: QuickShown) -> Step:
    return changed(state, quick=replace(state.quick, tiles=event.tiles))


def _shown(state: State) -> Step:
    return Step(state, (ShowQuick(state.preferences.quick),))


# ---------------------------------------------------------------- the receipt printer


def printer_seen(state: State, event: PrinterSeen) -> Step:
    """A printer that was just granted is used from now on."""
    found = event.found
    named = found.state is PrinterState.READY and found.name
    step = _with(state, printer=found.name[:LONGEST]) if named else Step(state)
    return step.then(lambda now: printing.printer_seen(now, event))


def printer_forgotten(state: State, _: PrinterForgotten) -> Step:
    step = _with(state, printer="")
    return Step(replace(step.state, printing=Printing()), step.effects)


HANDLERS: Handlers = {
    PreferenceChosen: preference_chosen,
    TenderOffered: tender_offered,
    TenderMoved: tender_moved,
    QuickTyped: quick_typed,
    QuickFound: quick_found,
    QuickAdded: quick_added,
    QuickRemoved: quick_removed,
    QuickMoved: quick_moved,
    QuickShown: quick_shown,
    PrinterSeen: printer_seen,
    PrinterForgotten: printer_forgotten,
}
