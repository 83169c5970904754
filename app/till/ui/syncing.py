"""The dialog "Sync to Server": the orders that wait or failed, and what is to be done with the checked ones."""

import htpy as h

from app.domain.money import format_money
from app.domain.policy import Action, may
from app.domain.session import Outcome
from app.domain.staff import StaffMember
from app.sync.cards import Standing
from app.sync.mode import Ability
from app.till.events.page import AllOrdersChecked, CheckedExported, CheckedSynced, DialogClosed, OrderChecked
from app.till.past import Row, to_sync
from app.till.slices.syncing import SyncList
from app.till.state import Connection, Journal
from app.till.ui.cards import process_cell
from app.till.ui.language import t
from app.till.ui.marks import order_marks
from app.till.ui.parts import change, click, dialog, empty, icon, note
from app.till.ui.starting import transfer
from app.till.ui.words import moment, plural

MOST = 100
"""Rows drawn at most, the newest; "Select all" means all."""
COLUMNS = ("Number", "Time", "Total", "Customer", "State")
Cells = dict[str, h.Node]
NUMBERS = frozenset({"Total"})
NOTHING_CHECKED = "Check the orders that are to be sent or exported."


def sync_list(
    *,
    journal: Journal,
    slice_: SyncList,
    ability: Ability,
    connection: Connection,
    user: StaffMember | None,
    zone: str,
    cards: tuple[Standing, ...] = (),
) -> h.Element:
    """What waits, what was chosen while the dialog is open, and the buttons for what is checked."""
    waiting, listed = to_sync(journal), to_sync(journal, slice_.asked | _with_cards(journal, cards))
    chosen = sum(row.kept.header.seq in slice_.checked for row in waiting)
    body = [
        _lead(ability, connection),
        _head(chosen, len(waiting)) if waiting else None,
        _table(listed[:MOST], slice_, zone, _cells(cards, ability)) if listed else _nothing(),
        h.p(".quiet.more")[
            t(
                "The newest {most} of {items} are shown. Select all means all.",
                most=MOST,
                items=plural(len(listed), "order"),
            )
        ]
        if len(listed) > MOST
        else None,
        _foot(chosen, ability, connection, user) if waiting else None,
    ]
    return dialog(id_="sync-list", title=t("Sync to Server"), body=body, sends_on_close=click(DialogClosed))


def _with_cards(journal: Journal, cards: tuple[Standing, ...]) -> frozenset[int]:
    """The places of the orders with these cards: they are listed although they are synced."""
    digests = {card.digest for card in cards}
    return frozenset(kept.header.seq for kept in journal.kept if kept.digest in digests) if digests else frozenset()


def _cells(cards: tuple[Standing, ...], ability: Ability) -> Cells:
    """What stands under "Process Card", by order."""
    return {card.order_id: process_cell(card, off=not ability.allowed) for card in cards}


def _lead(ability: Ability, connection: Connection) -> list[h.Element]:
    """Why nothing can be sent, or what goes by itself."""
    if not ability.allowed:
        why = f"{t(ability.reason)} {t('The orders are safe on this device.')}"
        return [note(why, tone="amber", name="wifi-off", id_="sync-list-why")]
    auto = t("Auto-Sync is on: what waits is sent by itself. An order that failed is sent again from here.")
    by_hand = t("Auto-Sync is off: what is checked here is sent now, all else waits.")
    lead = h.p(".quiet")[auto if connection.auto_sync else by_hand]
    return [lead, note(connection.link.why, tone="amber", name="triangle-alert")] if connection.link.why else [lead]


def _head(chosen: int, waiting: int) -> h.Element:
    return h.div(".row.apart")[
        h.label(".check")[
            h.input(
                "#sync-all",
                change(AllOrdersChecked),
                type="checkbox",
                name="all",
                value="all",
                checked=chosen == waiting,
                aria_labelledby="sync-all-label",
                data_focus=True,
            ),
            h.span("#sync-all-label")[t("Select all")],
        ],
        h.p("#sync-count.quiet.num", role="status")[
            t("{count} of {items} checked", count=f"{chosen:,}", items=plural(waiting, "order"))
        ],
    ]


def _nothing() -> h.Element:
    text = t("Orders stand here until the store’s system has them.")
    return empty(name="circle-check", title=t("Every sale is synced"), text=text)


def _table(listed: tuple[Row, ...], slice_: SyncList, zone: str, cells: Cells) -> h.Element:
    heads = [h.th(class_={"right": name in NUMBERS}, scope="col")[t(name)] for name in COLUMNS]
    process = h.th(scope="col")[t("Process Card")] if cells else None
    return h.div(".table.sync-table")[
        h.table(aria_label=t("Orders to sync"))[
            h.thead[h.tr[h.th(scope="col")[h.span(".unseen")[t("Checked")]], heads, process]],
            h.tbody[[_row(row, row.kept.header.seq in slice_.checked, zone, cells) for row in listed]],
        ]
    ]


def _row(row: Row, checked: bool, zone: str, cells: Cells) -> h.Element:
    order, seq = row.reading, row.kept.header.seq
    id_ = f"sync-{seq}"
    box = h.label(".check")[
        h.input(
            change(OrderChecked, seq=seq),
            id=id_,
            type="checkbox",
            name="order",
            value=str(seq),
            checked=checked,
            aria_label=t("Choose {number}", number=order.number),
        )
    ]
    return h.tr(id=f"{id_}-row")[
        h.td[box if row.unsent else None],
        h.th(".num", scope="row")[order.number],
        h.td(".num")[moment(order.at, zone)],
        h.td(".right.num")[format_money(order.totals.total)],
        h.td[order.customer.name if order.customer else None],
        h.td[order_marks(row), _why(row)],
        h.td[cells.get(order.id)] if cells else None,
    ]


def _why(row: Row) -> list[h.Element]:
    """Why the OMS did not take it, or what of it still waits."""
    told = [row.why, *(each.verdict.why for each in row.amendments if each.verdict)]
    if row.unsent and row.state.outcome is Outcome.BOOKED:
        told.append("A correction of it is still to be sent.")
    return [h.span(".why")[t(why)] for why in told if why]


def _why_not(chosen: int, ability: Ability) -> str | None:
    """The id of what says why the button is off."""
    if not ability.allowed:
        return "sync-list-why"
    return None if chosen else "sync-list-hint"


def _foot(chosen: int, ability: Ability, connection: Connection, user: StaffMember | None) -> h.Element:
    sending = connection.progress if connection.progress and connection.progress.what == "entries" else None
    return h.div(".sync-foot.stack.tight")[
        transfer(sending, "sync-progress") if sending else None,
        h.p("#sync-list-hint.quiet")[t(NOTHING_CHECKED)] if not chosen else None,
        h.div(".actions")[
            h.button(
                "#csv-export.button",
                click(CheckedExported),
                type="button",
                disabled=not (chosen and may(user, Action.EXPORT)),
                aria_describedby=None if chosen else "sync-list-hint",
            )[icon("download"), t("CSV Export")],
            h.button(
                "#sync-checked.button.primary",
                click(CheckedSynced),
                type="button",
                disabled=not (chosen and ability.allowed and may(user, Action.SYNC)),
                aria_describedby=_why_not(chosen, ability),
            )[icon("cloud-upload"), t("Sync to Back-Office")],
        ],
    ]
