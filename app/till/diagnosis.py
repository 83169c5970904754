"""The diagnostics file for support: versions, mode, counts, sizes, ages and switches. Nobody's data is in it.

It is made of what is named here and of nothing else: no name, no phone, no amount, no invoice, no token, no key,
no text that a person typed or that a server said.
"""

from collections import Counter
from datetime import datetime

from pydantic import Field

from app import VERSION
from app.domain.money import Value
from app.domain.settings import Settings
from app.sync.history import Happened
from app.sync.protocol import IMAGE_FORMAT, DatasetInfo
from app.sync.status import Link
from app.till.selectors import known, mode_now
from app.till.state import State
from app.till.upkeep import waiting_entries

SWITCHES = (
    "offline_mode",
    "auto_detect",
    "prices_include_tax",
    "e_invoice",
    "lock_minutes",
    "shift_required",
    "locale",
    "zone",
    "currency",
)
"""Settings that decide how the register behaves and say nothing about the store or its people."""


class Versions(Value):
    store_os: str = VERSION
    runtime: str = ""
    browser: str = ""
    image_format: int = IMAGE_FORMAT


class Line(Value):
    """How the connection is."""

    mode: str
    link: Link
    since: datetime | None
    clock_differs_seconds: int
    by_hand: bool
    auto_sync: bool
    allowed: bool
    auto_detect: bool
    missing: tuple[str, ...]


class Data(Value):
    """What is cached, and how old."""

    synced_at: datetime | None
    complete: bool
    cursor: int
    at_the_server: dict[str, DatasetInfo]
    here: dict[str, int]
    image: str
    image_made_at: datetime | None


class Storage(Value):
    persisted: bool
    used_bytes: int | None
    free_bytes: int | None
    folder: str
    missing_in_folder: int


class Journal(Value):
    """Counts alone."""

    entries: int
    opened: dict[str, int]
    verdicts: dict[str, int]
    waiting: int
    sending: int
    parked: int
    unfinished: int


class Diagnosis(Value):
    """The whole file."""

    about: str = "Store OS diagnostics"
    v: int = 1
    made_at: datetime
    store: str
    register: str
    versions: Versions
    line: Line
    data: Data
    storage: Storage
    journal: Journal
    switches: dict[str, bool | int | str] = Field(default_factory=dict)
    history: tuple[Happened, ...] = ()
    last_bug: tuple[str, ...] = ()
    last_bug_of_the_courier: tuple[str, ...] = ()


def diagnosis(state: State, at: datetime) -> Diagnosis:
    """Gather it."""
    device, settings = state.upkeep.device, state.people.settings
    return Diagnosis(
        made_at=at,
        store=state.registered.store if state.registered else "",
        register=state.registered.register if state.registered else "",
        versions=Versions(runtime=device.runtime, browser=device.browser),
        line=_line(state),
        data=_data(state),
        storage=_storage(state),
        journal=_journal(state),
        switches={name: getattr(settings, name) for name in SWITCHES} if isinstance(settings, Settings) else {},
        history=state.upkeep.history.items,
        last_bug=tuple(device.report.splitlines()),
        last_bug_of_the_courier=tuple(device.courier_report.splitlines()),
    )


def rows_here(state: State) -> dict[str, int]:
    """How many rows of each data set the till has opened, by the name of the data set."""
    people, catalogue = state.people, state.catalogue
    rows = {
        "products": catalogue.products if catalogue else 0,
        "rates": len(catalogue.rates) if catalogue else 0,
        "tenders": len(people.tenders),
        "staff": len(people.staff),
        "customers": len(people.customers),
        "settings": int(people.settings is not None),
        "promotions": len(people.promotions),
        "extensions": len(people.extensions),
    }
    return dict(sorted(rows.items()))


def _line(state: State) -> Line:
    connection, now = state.connection, known(state)
    return Line(
        mode=mode_now(state).value,
        link=connection.link.link,
        since=connection.link.since,
        clock_differs_seconds=connection.link.offset_seconds,
        by_hand=connection.manual,
        auto_sync=connection.auto_sync,
        allowed=now.feature,
        auto_detect=now.auto_detect,
        missing=now.missing,
    )


def _data(state: State) -> Data:
    synced, catalogue = state.connection.synced, state.catalogue
    return Data(
        synced_at=synced.at,
        complete=synced.complete,
        cursor=synced.cursor,
        at_the_server={dataset.value: info for dataset, info in synced.datasets.items()},
        here=rows_here(state),
        image=catalogue.version if catalogue else "",
        image_made_at=catalogue.made_at if catalogue else None,
    )


def _storage(state: State) -> Storage:
    connection = state.connection
    return Storage(
        persisted=connection.persisted,
        used_bytes=connection.used_bytes,
        free_bytes=connection.free_bytes,
        folder=connection.folder.value,
        missing_in_folder=connection.missing_in_folder,
    )


def _journal(state: State) -> Journal:
    journal = state.journal
    return Journal(
        entries=journal.head.seq if journal.head else 0,
        opened=dict(Counter(kept.header.kind.value for kept in journal.kept)),
        verdicts=dict(Counter(verdict.kind.value for verdict in journal.verdicts.values())),
        waiting=len(waiting_entries(state)),
        sending=len(journal.sending),
        parked=len(state.parking.parked),
        unfinished=len(state.more_drafts) + int(state.found_draft is not None),
    )
