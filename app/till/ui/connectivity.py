"""Settings → Network Connectivity: Offline Mode, syncing, the folder, and the sessions so far."""

from collections.abc import Sequence
from datetime import datetime

import htpy as h

from app.sync.mode import WORDS, Ability, Known, abilities, mode, turn_off, turn_on
from app.sync.protocol import Dataset
from app.sync.status import FolderState
from app.till.events.page import AutoSyncSwitched, OfflineSwitched, SyncAsked
from app.till.slices.sessions import SessionFilter
from app.till.state import Connection, Journal
from app.till.ui.banner import folder_button
from app.till.ui.keep import kept
from app.till.ui.language import t
from app.till.ui.parts import Attributes, click, icon, mark, note
from app.till.ui.room import room_note
from app.till.ui.sessions import offline_sessions
from app.till.ui.starting import transfer
from app.till.ui.words import age, moment, plural, size

FOLDER_WORDS = {
    FolderState.NONE: ("not chosen yet", "", "folder-plus"),
    FolderState.OK: ("written", "green", "folder-check"),
    FolderState.PROMPT: ("needs your permission", "amber", "folder-lock"),
    FolderState.LOST: ("gone", "red", "folder-x"),
}


def connectivity(
    *,
    known: Known,
    connection: Connection,
    journal: Journal,
    sessions: SessionFilter,
    oldest: datetime | None,
    now: datetime | None,
    zone: str,
    rescue: h.Node,
) -> h.Element:
    """Everything about selling without the internet, on one page."""
    return h.section(".stack", aria_labelledby="connectivity-title")[
        h.h2("#connectivity-title")[t("Network Connectivity")],
        h.div(".columns")[
            h.div(".stack")[_switches(known, connection), _folder(connection), rescue],
            h.div(".stack")[_waiting(known, connection, _since(oldest, now, zone)), datasets(known, connection, now)],
        ],
        offline_sessions(journal=journal, filter_=sessions, zone=zone),
    ]


def _since(oldest: datetime | None, now: datetime | None, zone: str) -> str:
    """Since when something waits: a number alone does not say whether anybody has to worry."""
    if oldest is None:
        return ""
    return t("The oldest is of {moment} ({age}).", moment=moment(oldest, zone), age=age(oldest, now))


def _switches(known: Known, connection: Connection) -> h.Element:
    ability = turn_off(known) if known.manual else turn_on(known)
    progress = connection.progress if not known.ready else None
    return h.div(".card.stack")[
        switch(
            click(OfflineSwitched),
            id_="offline-mode",
            title=t("Offline Mode"),
            on=known.manual,
            ability=ability,
            text=t("Sell without the internet until you turn it off. An outage is noticed without this."),
        ),
        transfer(progress) if progress else None,
        switch(
            click(AutoSyncSwitched),
            id_="auto-sync",
            title=t("Auto-Sync"),
            on=connection.auto_sync,
            ability=Ability(),
            text=t("Send saved sales by themselves as soon as the internet is there."),
        ),
    ]


def switch(sends: Attributes, *, id_: str, title: str, on: bool, ability: Ability, text: str) -> h.Element:
    """A switch under its name; one that may not be moved says why."""
    return h.div(".switch-row")[
        h.div(".grow")[
            h.p(".strong", id=f"{id_}-title")[title],
            h.p(".quiet", id=f"{id_}-text")[t(ability.reason) or text],
        ],
        h.button(
            sends,
            id=id_,
            type="button",
            class_="switch",
            role="switch",
            aria_checked=str(on).lower(),
            aria_labelledby=f"{id_}-title",
            aria_describedby=f"{id_}-text",
            disabled=not ability.allowed,
        ),
    ]


def _folder(connection: Connection) -> h.Element:
    missing = connection.missing_in_folder
    room = "" if connection.free_bytes is None else t("{size} free in this browser", size=size(connection.free_bytes))
    lapsed = connection.folder is FolderState.PROMPT
    asks, title = ("grant-folder", t("Grant again")) if lapsed else ("pick-folder", t("Choose folder"))
    return h.div(".card.stack")[
        h.div(".row.apart")[h.h3[t("Folder for offline sales")], _folder_mark(connection.folder)],
        h.p[
            h.span(".strong")[connection.folder_name],
            h.span(".quiet")[f" · {room}" if room else ""],
        ]
        if connection.folder_name
        else h.p(".quiet")[
            t("Every sale is also written there as a file. Choose a folder once; allow reading and writing.")
        ],
        note(
            t("{items} not in the folder yet; safe in this browser.", items=plural(missing, "entry", "entries")),
            tone="amber",
            name="info",
        )
        if missing
        else None,
        h.ul(".stack", aria_label=t("Found in the folder"))[
            (h.li(".quiet")[t(said)] for said in connection.folder_said)
        ]
        if connection.folder_said
        else None,
        h.div(".row")[folder_button(id_="choose-folder", title=title, asks=asks, look="button"),],
    ]


def _folder_mark(folder: FolderState) -> h.Element:
    word, tone, name = FOLDER_WORDS[folder]
    return mark(word, tone=tone, name=name)


def _app_mark(known: Known) -> h.Element:
    kept_here = ("kept on this device", "green", "check")
    word, tone, name = kept_here if known.app_kept else ("being loaded", "amber", "clock")
    return mark(word, tone=tone, name=name)


def _waiting(known: Known, connection: Connection, since: str) -> h.Element:
    sync = abilities(mode(known)).sync
    sending = connection.progress if connection.progress and connection.progress.what == "entries" else None
    return h.div(".card.stack")[
        h.div(".row.apart.keep")[
            h.div[
                h.p(".strong")[_waits(known.pending)],
                h.p(".quiet", id="sync-now-text")[" ".join(filter(None, (since, t(sync.reason)))) or _order(known)],
            ],
            h.button(
                "#sync-now.button",
                click(SyncAsked),
                type="button",
                disabled=not (sync.allowed and (known.pending or known.beside)),
                aria_describedby="sync-now-text",
            )[icon("refresh-cw"), t("Sync now")],
        ],
        transfer(sending) if sending else None,
        note(
            t("{items} could not be synced. Open Orders to see why.", items=plural(known.failed, "sale")),
            tone="red",
            name="circle-alert",
        )
        if known.failed
        else None,
        note(connection.link.why, tone="amber", name="triangle-alert", id_="sync-why") if connection.link.why else None,
    ]


def _order(known: Known) -> str:
    """What waits although every sale is synced, or what goes first."""
    if known.beside and not known.pending:
        return t("Returns, cash or corrections still wait to be sent.")
    return t("Sales are sent in the order in which they were made.")


def _waits(count: int) -> str:
    if not count:
        return t("Every sale is synced")
    waits = "{sales} waits to be sent" if count == 1 else "{sales} wait to be sent"
    return t(waits, sales=plural(count, "sale"))


def datasets(known: Known, connection: Connection, now: datetime | None) -> h.Element:
    """Each data set with its rows and its age."""
    return h.div(".table")[
        h.table(aria_label=t("Data on this device"))[
            h.thead[
                h.tr[
                    h.th(scope="col")[t("Data")],
                    h.th(".right", scope="col")[t("Rows")],
                    h.th(".right", scope="col")[t("Synced")],
                ]
            ],
            h.tbody[
                [
                    h.tr[
                        h.th(scope="row")[t(word(dataset))],
                        h.td(".right.num")[_rows(connection, dataset)],
                        h.td(".right.num")[_age_or_missing(known, connection, dataset, now)],
                    ]
                    for dataset in Dataset
                ]
            ],
        ]
    ]


def _listed(missing: Sequence[str]) -> str:
    return ", ".join(t(WORDS.get(name, name)) for name in missing)


def word(dataset: Dataset) -> str:
    """A data set as the cashier calls it."""
    return WORDS[dataset].capitalize()


def _rows(connection: Connection, dataset: Dataset) -> str:
    info = connection.synced.datasets.get(dataset)
    return f"{info.rows:,}" if info else "–"


def _age_or_missing(known: Known, connection: Connection, dataset: Dataset, now: datetime | None) -> h.Node:
    if dataset in known.missing:
        return mark("missing", tone="amber", name="clock")
    return age(connection.synced.at, now)


def readiness(*, known: Known, connection: Connection, now: datetime | None) -> list[h.Node]:
    """What the popup of the blue cloud lists."""
    if known.lasts:
        lead = t("Everything is on this device. If the internet goes, selling goes on.")
    elif known.ready:
        lead = t(
            "If the internet goes, selling goes on, but only on this page: "
            "do not close or reload it before the app is kept."
        )
    else:
        lead = t("Still missing: {missing}.", missing=_listed(known.missing))
    return [
        h.p(".quiet")[lead],
        room_note(connection),
        transfer(connection.progress) if connection.progress and not known.ready else None,
        datasets(known, connection, now),
        h.p(".row.apart")[h.span[t("This app")], _app_mark(known)],
        h.p(".row.apart")[
            h.span[t("Folder"), f": {connection.folder_name}" if connection.folder_name else ""],
            _folder_mark(connection.folder),
        ],
        kept(connection),
    ]
