"""Looking after the register (T6): clearing the local data without ever destroying a sale, and a file for support."""

from datetime import datetime

from app.domain.policy import Action
from app.till.diagnosis import diagnosis
from app.till.effects import BeginAnew, Download, ExportWaiting, LookAtDevice, LookAtStorage, ResetLocal
from app.till.events import (
    AnewAsked,
    AnewBegun,
    DeviceSeen,
    DiagnosticsAsked,
    PersistenceAsked,
    PinChecked,
    ResetAsked,
    ResetConfirmed,
    ResetWritten,
    WaitingExported,
    WaitingGiven,
)
from app.till.flow.keeping import while_open
from app.till.flow.local import AUTO_SYNC, CARDS, LANGUAGE, LINKS, PIN_WAITS, PREFERENCES
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.standing import mode_now
from app.till.state import Screen, State
from app.till.upkeep import ANEW, cleared_drafts, needs_manager, unexported, waiting_entries, why_no_reset, why_not_anew

COMES_ALONG = frozenset({AUTO_SYNC, LANGUAGE, LINKS, PIN_WAITS, PREFERENCES})
"""What this device keeps that is no register's own: how it is set up, waits after wrong PINs, links to withdraw."""
NOT_EXPORTED = "Something was recorded that is in no file yet. Nothing was cleared. Save the file, then confirm again."


def looked_at() -> tuple[LookAtStorage, LookAtDevice]:
    """What is asked for when Status opens."""
    return LookAtStorage(), LookAtDevice()


def device_seen(state: State, event: DeviceSeen) -> Step:
    return _upkeep(state, device=event.device)


def persistence_asked(state: State, _: PersistenceAsked) -> Step:
    """The browser has answered the page; what it promises is looked up, not believed."""
    return Step(state, (LookAtStorage(),))


def diagnostics_asked(state: State, event: DiagnosticsAsked) -> Step:
    """Give the file out; whoever is signed in may, there is nobody's data in it."""
    if state.sign_in.user is None:
        return Step(state)
    made = diagnosis(state, event.at)
    text = made.model_dump_json(indent=2)
    return Step(state, (Download(f"{_named(state, 'diagnostics', event.at)}.json", "application/json", text.encode()),))


def reset_asked(state: State, _: ResetAsked) -> Step:
    if state.screen is not Screen.STATUS or state.sign_in.user is None:
        return Step(state)
    return _upkeep(state, asking=True, problem="")


def waiting_exported(state: State, event: WaitingExported) -> Step:
    """Give out every line that waits, exactly as it lies in the journal; also of a register that was revoked."""
    if state.screen is not Screen.STATUS or state.sign_in.user is None or state.upkeep.checking:
        return Step(state)
    return Step(state, (ExportWaiting(f"{_named(state, 'entries', event.at)}.jsonl"),))


def waiting_given(state: State, event: WaitingGiven) -> Step:
    return _upkeep(state, exported=event.digests, problem="")


def reset_confirmed(state: State, event: ResetConfirmed) -> Step:
    """Clear, where nothing stands against it; what waits or is parked needs a manager's PIN."""
    upkeep = state.upkeep
    if not upkeep.asking or upkeep.checking:
        return Step(state)
    if why := _obstacle(state):
        return _upkeep(state, problem=why)
    if not needs_manager(state):
        return _written(state, event.fresh)
    question = asked(state, permitted(state, event.staff_id, Action.RESET_DATA), event.pin, "reset")
    if isinstance(question, str):
        return _upkeep(state, problem=question)
    return Step(_upkeep(state, checking=True, problem="", confirmed=event.fresh).state, (question,))


def reset_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left, or a sale been recorded meanwhile."""
    if not state.upkeep.asking or not state.upkeep.checking:
        return Step(state)
    if not event.right or permitted(state, event.staff_id, Action.RESET_DATA) is None:
        return _upkeep(state, checking=False, problem=wrong_sentence(state, event.staff_id))
    if why := _obstacle(state):
        return _upkeep(state, checking=False, problem=why)
    return _written(state, state.upkeep.confirmed)


def reset_written(state: State, event: ResetWritten) -> Step:
    """The wish is on the disk with the drafts gone, or nothing was changed; the courier follows it."""
    if event.why:
        return _upkeep(state, checking=False, problem=event.why)
    gone = replace(state, parking=replace(state.parking, parked=()), found_draft=None, more_drafts=())
    return _upkeep(gone, asking=False, checking=False, wanted=event.id)


def anew_asked(state: State, _: AnewAsked) -> Step:
    """Let this browser become another register, where it sells no more as this one and nothing of it is lost."""
    if state.sign_in.user is None or state.upkeep.beginning or mode_now(state) not in ANEW:
        return Step(state)
    if why := why_not_anew(state):
        return troubled(state, why)
    enrolment = state.registered.enrolment if state.registered else ""
    return Step(_upkeep(state, beginning=True).state, (BeginAnew(COMES_ALONG, _to_give_back(state), enrolment),))


def _to_give_back(state: State) -> dict[str, str]:
    """Card payments that are in no sale come along; orders of this register get no verdict in another one."""
    memory = state.cards.memory.model_copy(update={"orders": ()})
    return {CARDS: memory.model_dump_json()} if memory.asked else {}


def anew_begun(state: State, event: AnewBegun) -> Step:
    """The page is loaded anew, and finds a browser without a register; or nothing was changed."""
    if event.why:
        return troubled(_upkeep(state, beginning=False).state, event.why)
    return _upkeep(state, begun=True)


def followed(state: State, cleared: str) -> State:
    """See whether the courier has followed the reset: then the page is loaded anew."""
    if not state.upkeep.wanted or state.upkeep.wanted != cleared:
        return state
    return replace(state, upkeep=replace(state.upkeep, done=True))


def _written(state: State, id_: str) -> Step:
    drafts = tuple(draft.id for draft in cleared_drafts(state))
    return Step(_upkeep(state, checking=True, problem="").state, (ResetLocal(id_, drafts),))


def _obstacle(state: State) -> str:
    return why_no_reset(state) or (NOT_EXPORTED if unexported(state, waiting_entries(state)) else "")


def _named(state: State, what: str, at: datetime) -> str:
    where = f"-{state.registered.store}-{state.registered.register}" if state.registered else ""
    return f"store-os-{what}{where}-{at:%Y%m%d-%H%M%S}"


def _upkeep(state: State, **fields: object) -> Step:
    return changed(state, upkeep=replace(state.upkeep, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    AnewAsked: while_open(anew_asked),
    AnewBegun: anew_begun,
    DeviceSeen: device_seen,
    PersistenceAsked: persistence_asked,
    DiagnosticsAsked: diagnostics_asked,
    ResetAsked: while_open(reset_asked),
    WaitingExported: waiting_exported,
    WaitingGiven: waiting_given,
    ResetConfirmed: while_open(reset_confirmed),
    ResetWritten: reset_written,
}
