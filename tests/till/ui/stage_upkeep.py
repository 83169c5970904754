"""Status and the way of a reset: syncs that went well and badly, a bug, entries that wait, and the wait for the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.domain.draft import Draft
from app.sync.history import Did, Happened, History, Outcome
from app.sync.recovering import Wish, begun
from app.sync.status import Link
from app.till.flow.recovering import NOBODY_ELSE
from app.till.slices.parking import Parking
from app.till.slices.recovering import LostJournal, Recovering
from app.till.slices.upkeep import Device, Upkeep
from app.till.state import Journal, Screen, SignIn, State
from app.till.upkeep import waiting_entries
from tests.conftest import NOW
from tests.till.ui.stage import connection, draft, journal, state
from tests.till.ui.stage_formers import FORMERS


def happened(did: Did, minutes: int, outcome: Outcome = Outcome.DONE, **fields: object) -> Happened:
    """Something of so many minutes ago."""
    at = NOW - timedelta(minutes=minutes)
    return Happened(did=did, since=at, at=at, outcome=outcome).model_copy(update=fields)


HISTORY = History(
    items=(
        happened(Did.SENT, 1, count=14, times=3),
        happened(Did.READ, 2, count=210),
        happened(Did.LINK, 4, link=Link.UP),
        happened(Did.SENT, 6, Outcome.SILENT, times=12),
        happened(Did.LINK, 7, link=Link.NO_SERVER),
        happened(Did.READ, 9, Outcome.TROUBLE, status=503),
        happened(Did.CHECKED, 11),
        happened(Did.CATALOGUE, 40, Outcome.DAMAGED),
        happened(Did.CATALOGUE, 41, Outcome.NO_ROOM),
        happened(Did.CHECKED, 50, Outcome.REFUSED, status=401),
        happened(Did.CATALOGUE, 60),
        happened(Did.CLEARED, 61),
    )
)
DEVICE = Device(
    runtime="Python 3.14.2, Pyodide 314.0.7",
    browser="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    report="till/flow/paying.py:61 amount_typed\nValueError",
    courier_report="courier/pulling.py:118 pull_changes\nKeyError",
)
CALM = History(items=(happened(Did.LINK, 7, Outcome.DONE, link=Link.UNKNOWN), happened(Did.SENT, 9, Outcome.STRANGER)))


def upkeep(**fields: object) -> State:
    """Status after an hour with trouble in it."""
    given = replace(Upkeep(device=DEVICE, history=HISTORY), **fields)  # type: ignore[arg-type]
    return state(Screen.STATUS, journal=journal(), connection=connection(used_bytes=61_000_000), upkeep=given)


def _waits() -> State:
    """The file was given out; the manager's PIN was wrong."""
    given = frozenset(kept.digest for kept in waiting_entries(upkeep()))
    return upkeep(asking=True, exported=given, problem="That PIN is wrong. Nothing else changed. Try again.")


def parked() -> tuple[Draft, ...]:
    return (draft().model_copy(update={"id": "d2", "payments": (), "parked_as": "Meera"}),)


UPKEEP: dict[str, Callable[[], State]] = {
    "status": upkeep,
    "sign-in-left": lambda: state(Screen.SIGN_IN, sign_in=SignIn(), journal=journal(), found_draft=draft()),
    "status-new": lambda: state(Screen.STATUS, connection=connection(persisted=False)),
    "status-full": lambda: replace(upkeep(), connection=connection(free_bytes=12_000_000, used_bytes=610_000_000)),
    "status-offline": lambda: state(
        Screen.STATUS, connection=connection(Link.NO_SERVER), upkeep=Upkeep(history=CALM), journal=Journal()
    ),
    "status-revoked": lambda: replace(upkeep(), connection=connection(Link.REVOKED)),
    "status-copied": lambda: replace(upkeep(), connection=connection(copied=True)),
    "status-anew": lambda: replace(upkeep(beginning=True), connection=connection(copied=True), journal=Journal()),
    "reset": lambda: replace(upkeep(asking=True), journal=replace(journal(), kept=())),
    "reset-parked": lambda: replace(
        upkeep(asking=True), journal=replace(journal(), kept=()), parking=Parking(parked())
    ),
    "reset-file": lambda: upkeep(asking=True),
    "reset-manager": _waits,
    "reset-refused": lambda: replace(upkeep(asking=True), connection=connection(Link.NO_SERVER)),
    "clearing": lambda: upkeep(wanted="r1"),
    "cleared": lambda: upkeep(wanted="r1", done=True),
}

READ = LostJournal("DS01-R7", 312, 0, NOW - timedelta(days=40), NOW)
WISH = Wish(id="w", reading="r", register="R7", code="1234-5678-9012", entries=312)


def rescuing(**fields: object) -> State:
    """Settings while a lost register is recovered."""
    return state(Screen.SETTINGS, journal=journal(), recovering=Recovering(**fields))  # type: ignore[arg-type]


def standing(whole: bool = True, **fields: object) -> State:
    """The courier has taken the wish up."""
    wish = WISH.model_copy(update={"whole": whole})
    return rescuing(wish=wish, recovery=begun(wish).model_copy(update=fields))


RECOVERING: dict[str, Callable[[], State]] = {
    "recovery-choice": lambda: rescuing(reading="r", folders=("DS01-R7", "DS01-R8")),
    "recovery-reading": lambda: rescuing(reading="r", reads="DS01-R7", files=150),
    "recovery-found": lambda: rescuing(reading="r", found=READ),
    "recovery-not-whole": lambda: rescuing(
        reading="r", found=replace(READ, missing=7, misfit=12, unread=2), problem="Wrong PIN. Nothing was changed."
    ),
    "recovery-empty": lambda: rescuing(reading="r", problem=NOBODY_ELSE),
    "recovery-wished": lambda: rescuing(wish=WISH),
    "recovery-sending": lambda: standing(done=100),
    "recovery-offline": lambda: replace(standing(done=100), connection=connection(Link.NO_SERVER)),
    "recovery-stopped": lambda: standing(why="That code is not valid for this register. Nothing was changed."),
    "recovery-done": lambda: standing(done=312, booked=12, attention=2, fence=1),
    "recovery-done-badly": lambda: standing(whole=False, done=312, turned_down=1, fence=1),
    **FORMERS,
}
