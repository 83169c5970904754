"""The folder of a register: chosen, lost, back again, and what was found in it."""

from datetime import timedelta

from app.sync.status import FolderState
from app.till.effects import LookForFolder, MendFolder
from app.till.events import FolderPicked, FolderRefused, FolderSeen, FolderTold
from app.till.flow.refusals import no_folder
from app.till.flow.step import Handlers, Step, replace, troubled
from app.till.standing import elapsed, moment
from app.till.state import State

EVERY = timedelta(seconds=30)
"""How often a folder that is lost is looked for: a drive of a network was slow, a stick was pulled and is back."""
TOLD = 20
"""So many sentences about the folder are kept."""
MORE = "There is more: look at the folder in Settings."
ONE_COPY = "Sales are safe in this browser. Choose a folder to keep a second copy."
AS_BEFORE = "The folder that was chosen before is written as before."
LOST = (
    "The folder cannot be written. Sales are safe in this browser. Choose the folder again; what is missing is written."
)


def attended(state: State) -> Step:
    """With a tick. It is not looked for at once: what is told of it stands long enough to be read."""
    connection, last = state.connection, state.connection.folder_at
    if connection.folder is not FolderState.LOST:
        return Step(state) if last is None else Step(replace(state, connection=replace(connection, folder_at=None)))
    if last is not None and elapsed(state, last) < EVERY:
        return Step(state)
    noted = replace(state, connection=replace(connection, folder_at=moment(state)))
    return Step(noted, () if last is None else (LookForFolder(),))


def folder_picked(state: State, _: FolderPicked) -> Step:
    """A handle lies in the page's store: look at it, and write what is missing."""
    return Step(replace(state, trouble=""), (MendFolder(),))


def folder_refused(state: State, event: FolderRefused) -> Step:
    works = state.connection.folder is FolderState.OK
    return troubled(state, f"{no_folder(event.why)} {AS_BEFORE if works else ONE_COPY}")


def folder_seen(state: State, event: FolderSeen) -> Step:
    connection = replace(state.connection, folder=event.folder, folder_name=event.name, missing_in_folder=event.missing)
    lost = event.folder is FolderState.LOST and state.connection.folder is FolderState.OK
    found = event.folder is FolderState.OK and state.trouble == LOST
    seen = replace(state, connection=connection, trouble="" if found else state.trouble)
    return troubled(seen, LOST) if lost else Step(seen)


def folder_told(state: State, event: FolderTold) -> Step:
    """What was mended or cannot be mended is said at once, once; all of it stands with the folder in Settings."""
    before = state.connection.folder_said
    new = tuple(each for each in dict.fromkeys((*event.news, *event.notes)) if each not in before)
    told = replace(state, connection=replace(state.connection, folder_said=(*before, *new)[-TOLD:]))
    said = [each for each in event.news if each in new]
    return troubled(told, said[0] if len(said) == 1 else f"{said[0]} {MORE}") if said else Step(told)


HANDLERS: Handlers = {
    FolderPicked: folder_picked,
    FolderRefused: folder_refused,
    FolderSeen: folder_seen,
    FolderTold: folder_told,
}
