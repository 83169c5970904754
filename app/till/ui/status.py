"""Status: what somebody who is asked for help wants to know about this register."""

from datetime import datetime

import htpy as h

from app import VERSION
from app.sync.journal import Head
from app.sync.mode import Known, Mode, mode
from app.sync.status import Link, Registered
from app.till.state import CatalogueInfo, Connection
from app.till.ui.language import t
from app.till.ui.words import age, moment, size

LINKS = {
    Link.UNKNOWN: "being checked",
    Link.UP: "reachable",
    Link.NO_SERVER: "the store’s server does not answer",
    Link.NO_NETWORK: "no network",
    Link.REVOKED: "this register was taken out of service",
}
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
}


def status(
    *,
    known: Known,
    connection: Connection,
    registered: Registered | None,
    catalogue: CatalogueInfo | None,
    head: Head | None,
    now: datetime | None,
    zone: str,
) -> h.Element:
    """Facts, in groups; nothing here can be changed."""
    return h.div(".page")[
        h.h1[t("Status")],
        h.div(".columns")[
            h.div(".stack")[
                _facts(t("Connection"), _connection(known, connection, now, zone)),
                _facts(t("Storage"), _storage(known, connection, head)),
            ],
            h.div(".stack")[
                _facts(t("Register"), _register(registered)),
                _facts(t("Catalogue"), _catalogue(catalogue, connection, now, zone)),
            ],
        ],
    ]


def _facts(title: str, rows: tuple[tuple[str, str], ...]) -> h.Element:
    return h.section(".card.stack.tight", aria_label=title)[
        h.h2[title], h.dl(".facts")[[h.div[h.dt[t(word)], h.dd(".num")[value or "–"]] for word, value in rows]]
    ]


def _connection(known: Known, connection: Connection, now: datetime | None, zone: str) -> tuple[tuple[str, str], ...]:
    since = connection.link.since
    return (
        ("Selling", t(MODES[mode(known)])),
        ("OMS", t(LINKS[connection.link.link])),
        ("Since", f"{moment(since, zone)} ({age(since, now)})" if since else ""),
        ("Clock differs by", t("{seconds} s", seconds=connection.link.offset_seconds)),
        ("Last sync", age(connection.synced.at, now)),
        ("Waiting", str(known.pending)),
    )


def _storage(known: Known, connection: Connection, head: Head | None) -> tuple[tuple[str, str], ...]:
    return (
        ("Kept by the browser", t("until it is removed") if connection.persisted else t("while there is room")),
        ("Free space", size(connection.free_bytes) if connection.free_bytes is not None else ""),
        ("Folder", connection.folder_name or t("not chosen")),
        ("Not in the folder yet", str(connection.missing_in_folder)),
        ("Journal entries", f"{head.seq:,}" if head else ""),
        ("Refused sales", str(known.failed)),
    )


def _register(registered: Registered | None) -> tuple[tuple[str, str], ...]:
    return (
        ("Store", registered.store if registered else ""),
        ("Register", registered.register if registered else ""),
        ("Invoice series", registered.series.invoice if registered else ""),
        ("Store OS", VERSION),
    )


def _catalogue(
    catalogue: CatalogueInfo | None, connection: Connection, now: datetime | None, zone: str
) -> tuple[tuple[str, str], ...]:
    return (
        ("Products", f"{catalogue.products:,}" if catalogue else ""),
        ("Made", f"{moment(catalogue.made_at, zone)} ({age(catalogue.made_at, now)})" if catalogue else ""),
        ("Changes up to", str(connection.synced.cursor)),
    )
