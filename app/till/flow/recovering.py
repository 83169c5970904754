"""Recovering a lost register: choose its folder, read it, confirm with a code and a manager's PIN, and watch it go."""

from app.domain.policy import Action
from app.sync.filing import folder_of
from app.sync.recovering import RECOVERY, Wish, tidy_code
from app.till.effects import KeepLocal, LookAtLost, ReadLost
from app.till.events import (
    LostFailed,
    LostFolderPicked,
    LostFolderRefused,
    LostFound,
    LostRead,
    LostRegisterChosen,
    LostSeen,
    LostSparePicked,
    PinChecked,
    RecoveryConfirmed,
    RecoveryLeft,
)
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.refusals import no_folder
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.slices.recovering import Recovering
from app.till.state import State

NOBODY_ELSE = (
    "This folder holds no journal of another register of this store. Nothing was changed. Choose the folder in which "
    "the lost register’s own folder lies."
)
NOTHING = "There is no entry of that register in the folder. Nothing was changed. Look for another copy of it."
UNDER_WAY = "Another register is being recovered. Nothing was changed. Wait until that is done."
NO_CODE = "Type the code that the back office has made for this register."


def folder_picked(state: State, event: LostFolderPicked | LostSparePicked) -> Step:
    """Look whose journals lie there; what is being brought is not disturbed."""
    if state.sign_in.user is None or state.registered is None:
        return Step(state)
    if state.recovering.under_way:
        return _recovering(state, problem=UNDER_WAY)
    spare, before = isinstance(event, LostSparePicked), state.recovering
    fresh = Recovering(reading=event.fresh, spare=spare, wish=before.wish, recovery=before.recovery)
    return Step(replace(state, recovering=fresh), (LookAtLost(event.fresh, spare),))


def folder_refused(state: State, event: LostFolderRefused) -> Step:
    return _recovering(state, problem=f"{no_folder(event.why)} Nothing was changed. Choose it again.")


def lost_seen(state: State, event: LostSeen) -> Step:
    """Begin at once where there is one, and let a person choose among several; its own journal is no lost one."""
    registered = state.registered
    if event.reading != state.recovering.reading or registered is None:
        return Step(state)
    own, store = folder_of(registered.store, registered.register), folder_of(registered.store, "")
    others = tuple(name for name in event.folders if name.startswith(store) and name != own)
    if len(others) == 1:
        return _read(state, others[0])
    return _recovering(state, folders=others, problem="" if others else event.why or NOBODY_ELSE)


def register_chosen(state: State, event: LostRegisterChosen) -> Step:
    return _read(state, event.folder) if event.folder in state.recovering.folders else Step(state)


def _read(state: State, folder: str) -> Step:
    read = ReadLost(state.recovering.reading, folder, state.recovering.spare)
    return Step(_recovering(state, folders=(), reads=folder).state, (read,))


def lost_read(state: State, event: LostRead) -> Step:
    return _recovering(state, files=event.files) if event.reading == state.recovering.reading else Step(state)


def lost_found(state: State, event: LostFound) -> Step:
    if event.reading != state.recovering.reading:
        return Step(state)
    if not event.found.entries:
        return _recovering(state, reads="", problem=NOTHING)
    return _recovering(state, reads="", found=event.found)


def lost_failed(state: State, event: LostFailed) -> Step:
    if event.reading != state.recovering.reading:
        return Step(state)
    return _recovering(state, reads="", problem=event.why)


def confirmed(state: State, event: RecoveryConfirmed) -> Step:
    """Ask for the manager's PIN; the code is for the OMS, which alone knows whether it is right."""
    if state.recovering.checking or state.recovering.under_way:
        return Step(state)
    wish = wished(state, event)
    if wish is None:
        return _recovering(state, problem=NO_CODE)
    question = asked(state, permitted(state, event.staff_id, Action.RECOVER), event.pin, "recovery")
    if isinstance(question, str):
        return _recovering(state, problem=question)
    return Step(_recovering(state, checking=True, problem="", confirmed=wish).state, (question,))


def wished(state: State, event: RecoveryConfirmed) -> Wish | None:
    """The wish that is confirmed: for what was read just now, or once more for what was read before."""
    slice_, code, registered = state.recovering, tidy_code(event.code), state.registered
    if not code or registered is None:
        return None
    if slice_.found is None:
        return slice_.wish.model_copy(update={"id": event.fresh, "code": code}) if slice_.wish else None
    beside = (each.files for each in state.formers.lost if each.name == slice_.found.folder and not slice_.spare)
    return Wish(
        id=event.fresh,
        reading=slice_.reading,
        register=slice_.found.folder.removeprefix(folder_of(registered.store, "")),
        code=code,
        entries=slice_.found.entries,
        whole=slice_.found.whole,
        beside=sum(beside),
    )


def recovery_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked: the wish is kept, and the courier follows it."""
    slice_ = state.recovering
    if not slice_.checking or slice_.confirmed is None:
        return Step(state)
    if not event.right or permitted(state, event.staff_id, Action.RECOVER) is None:
        return _recovering(state, checking=False, confirmed=None, problem=wrong_sentence(state, event.staff_id))
    wish = slice_.confirmed
    done = Recovering(wish=wish, recovery=slice_.recovery)
    return Step(replace(state, recovering=done), (KeepLocal(RECOVERY, wish.model_dump_json()),))


def left(state: State, _: RecoveryLeft) -> Step:
    """Put the folder aside; what was brought, or is being brought, stays as it is."""
    slice_ = state.recovering
    return changed(state, recovering=Recovering(reading="-", wish=slice_.wish, recovery=slice_.recovery))


def _recovering(state: State, **fields: object) -> Step:
    return changed(state, recovering=replace(state.recovering, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    LostFolderPicked: folder_picked,
    LostSparePicked: folder_picked,
    LostFolderRefused: folder_refused,
    LostSeen: lost_seen,
    LostRegisterChosen: register_chosen,
    LostRead: lost_read,
    LostFound: lost_found,
    LostFailed: lost_failed,
    RecoveryConfirmed: confirmed,
    RecoveryLeft: left,
}
