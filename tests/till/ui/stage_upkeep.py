"""Status and the way of a reset: syncs that went well and badly, a bug, entries that wait, and the wait for the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.domain.draft import Draft
from app.sync.history import Did, Happened, History, Outcome
from app.sync.status import Link
from app.till.slices.parking import Parking
from app.till.slices.upkeep import Device, Upkeep
from app.till.state import Journal, Screen, State
from app.till.upkeep import waiting_entries
from tests.conftest import NOW
from tests.till.ui.stage import connection, draft, journal, state


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
