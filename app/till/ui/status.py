"""Status: what somebody who is asked for help wants to know about this register, and what may be done about it."""

from dataclasses import dataclass
from datetime import datetime

import htpy as h

from app.sync.journal import Head
from app.sync.mode import Ability, Known, Mode, mode
from app.sync.status import Registered
from app.till.events.page import DiagnosticsAsked, WaitingExported
from app.till.slices.upkeep import Upkeep
from app.till.state import CatalogueInfo, Connection
from app.till.ui.anew import anew_card
from app.till.ui.connectivity import FOLDER_WORDS, datasets
from app.till.ui.history import LINKS, errors, history, versions
from app.till.ui.keep import keep
from app.till.ui.language import t
from app.till.ui.parts import click, icon, mark, note
from app.till.ui.reset import reset_card
from app.till.ui.room import room_note
from app.till.ui.words import age, moment, plural, size
from app.till.upkeep import ANEW

MODES = {
    Mode.ONLINE: "Online",
    Mode.CHECKING: "Checking the connection",
    Mode.OFFLINE_AUTO: "Offline, by itself",
    Mode.OFFLINE_BY_HAND: "Offline, by hand",
    Mode.ANNOUNCED: "Internet is gone; Offline Mode can be turned on",
    Mode.PREPARING: "Loading the store’s data",
    Mode.NOT_READY: "Internet is gone; not ready for it",
    Mode.NOT_ALLOWED: "Internet is gone; Offline Mode is not allowed",
    Mode.REVOKED: "Taken out of service",
    Mode.COPIED: "A copy of a register that went on elsewhere",
    Mode.TORN: "The newest entries are gone from this browser",
}
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted for Status alone."""

    waiting: int
    """Entries without a verdict, sales and all others; of a register that sells no more also those turned down."""
    unexported: int
    """How many of them are in no file yet."""
    parked: int
    why_no_reset: str
    why_not_anew: str


def status(
    *,
    known: Known,
    connection: Connection,
    registered: Registered | None,
    catalogue: CatalogueInfo | None,
    head: Head | None,
    upkeep: Upkeep,
    counted: Counted,
    office: Ability,
    now: datetime | None,
    zone: str,
) -> h.Element:
    """Facts in groups, the last syncs, and three things to do: diagnostics, the back office, a reset."""
    left = (
        _facts(t("Connection"), _connection(known, connection, counted, now, zone)),
        _facts(t("Storage"), _storage(connection, head, counted), [room_note(connection), keep(connection)]),
        history(happened=upkeep.history, now=now, zone=zone),
    )
    right = (
        _anew(registered, counted, upkeep) if mode(known) in ANEW else None,
        _facts(t("Register"), _register(registered) + versions(device=upkeep.device)),
        datasets(known, connection, now),
        _facts(t("Catalogue"), _catalogue(catalogue, connection, now, zone)),
        errors(device=upkeep.device, why=connection.link.why),
        _waiting(counted, mode(known)) if counted.waiting else None,
        reset_card(why=counted.why_no_reset),
    )
    return h.div(".page")[_head(office), h.div(".columns")[h.div(".stack")[left], h.div(".stack")[right]]]


def _anew(registered: Registered | None, counted: Counted, upkeep: Upkeep) -> h.Element:
    return anew_card(
        register=registered.register if registered else "",
        why=counted.why_not_anew,
        beginning=upkeep.beginning,
        begun=upkeep.begun,
    )


def _head(office: Ability) -> h.Element:
    return h.div(".stack.tight")[
        h.div(".row.apart")[h.h1[t("Status")], h.div(".row")[_diagnostics(), _office(office)]],
        h.p("#office-why.quiet")[t("Back office: {why}", why=t(office.reason))] if office.reason else None,
    ]


def _diagnostics() -> h.Element:
    return h.button(
        "#diagnostics.button",
        click(DiagnosticsAsked),
        type="button",
        title=t("A file for support: versions, counts, ages. No names, no amounts, no invoices."),
    )[icon("download"), t("Diagnostics")]


def _office(ability: Ability) -> h.Element:
    """An area that needs the server: offline it leads nowhere, and says so instead (T2)."""
    told = {"aria-disabled": "true", "aria-describedby": "office-why"} if ability.reason else {"href": "/office/"}
    return h.a("#office.button", told, target="_blank", rel="noopener", role="link")[icon("store"), t("Back office")]


def _facts(title: str, rows: Facts, below: h.Node = None) -> h.Element:
    return h.section(".card.stack.tight", aria_label=title)[
        h.h2[title],
        h.dl(".facts")[[h.div[h.dt[t(word)], h.dd(".num")[value or "–"]] for word, value in rows]],
        below,
    ]


def _connection(known: Known, connection: Connection, counted: Counted, now: datetime | None, zone: str) -> Facts:
    since = connection.link.since
    return (
        ("Selling", t(MODES[mode(known)])),
        ("OMS", t(LINKS[connection.link.link])),
        ("Since", f"{moment(since, zone)} ({age(since, now)})" if since else ""),
        ("Clock differs by", t("{seconds} s", seconds=connection.link.offset_seconds)),
        ("Last sync", age(connection.synced.at, now)),
        ("Sales that wait", f"{known.pending:,}"),
        ("Entries that wait", f"{counted.waiting:,}"),
        ("Refused sales", f"{known.failed:,}"),
    )


def _storage(connection: Connection, head: Head | None, counted: Counted) -> Facts:
    return (
        ("Used", size(connection.used_bytes) if connection.used_bytes is not None else ""),
        ("Free space", size(connection.free_bytes) if connection.free_bytes is not None else ""),
        ("Kept by the browser", t("until it is removed") if connection.persisted else t("while there is room")),
        ("Journal entries", f"{head.seq:,}" if head else ""),
        ("Parked sales", f"{counted.parked:,}"),
        ("Folder", _folder(connection)),
        ("Not in the folder yet", f"{connection.missing_in_folder:,}"),
    )


def _folder(connection: Connection) -> str:
    word = t(FOLDER_WORDS[connection.folder][0])
    return f"{connection.folder_name} · {word}" if connection.folder_name else word


def _waiting(counted: Counted, now: Mode) -> h.Element:
    """What is on this device alone, and the file of it: for a register that may not send it is the only way."""
    many = plural(counted.waiting, "entry", "entries")
    said = t(
        "{items} not sent yet. They are safe here, and are sent when the store’s server can be reached.", items=many
    )
    if now in ANEW:
        said = t("{items} not at the store’s server. They are safe here; the file has all of them.", items=many)
    if now is Mode.REVOKED:
        said = t("{items} not sent yet, and the server takes nothing from this register any more.", items=many)
    return h.section(".card.stack.tight", aria_labelledby="waiting-title")[
        h.h2("#waiting-title")[t("What waits")],
        note(said, tone="amber", name="cloud-upload", id_="waiting-text"),
        h.p(".quiet")[t("The back office imports the file under Registers. Nothing is booked twice.")],
        h.div(".row")[
            h.button("#give-out.button", click(WaitingExported), type="button", aria_describedby="waiting-text")[
                icon("download"), t("Save a file")
            ],
            None if counted.unexported else mark("given out", tone="green", name="circle-check"),
        ],
    ]


def _register(registered: Registered | None) -> Facts:
    return (
        ("Store", registered.store if registered else ""),
        ("Register", registered.register if registered else ""),
        ("Invoice series", registered.series.invoice if registered else ""),
    )


def _catalogue(catalogue: CatalogueInfo | None, connection: Connection, now: datetime | None, zone: str) -> Facts:
    return (
        ("Products", f"{catalogue.products:,}" if catalogue else ""),
        ("Image", catalogue.version if catalogue else ""),
        ("Made", f"{moment(catalogue.made_at, zone)} ({age(catalogue.made_at, now)})" if catalogue else ""),
        ("Changes up to", f"{connection.synced.cursor:,}"),
    )
