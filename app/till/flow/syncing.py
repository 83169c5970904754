"""The dialog "Sync to Server": checking orders, sending those, and giving them out as a file (P3, P6)."""

from decimal import Decimal

from app.domain.money import format_plain
from app.domain.order import Order
from app.domain.policy import Action, may
from app.domain.pricing import OrderLine
from app.domain.table import Cell, Table
from app.sync.banner import SYNC_STARTED
from app.till.effects import DownloadEntries
from app.till.events import (
    AllOrdersChecked,
    CheckedExported,
    CheckedSynced,
    OrderChecked,
    SyncAsked,
    SyncListOpened,
)
from app.till.flow.connection import sync_asked
from app.till.flow.exporting import file_name, in_zone, zone_of
from app.till.flow.orders import asked_again, chosen
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.past import Row, to_sync
from app.till.selectors import can, moment
from app.till.state import State, Toast

CHECKED = "true"
HEADER = ("Number", "Time", "Register", "Customer", "Items", "Total", "Tenders", "State", "Reason")


def sync_list_opened(state: State, _: SyncListOpened) -> Step:
    """Open it with nothing checked; what was chosen before and is done is no longer listed."""
    if not may(state.sign_in.user, Action.SYNC):
        return Step(state)
    asked = state.sync_list.asked & {seq for row in to_sync(state.journal) for seq in row.unsent}
    return changed(state, sync_list=replace(state.sync_list, opened=True, checked=frozenset(), asked=asked))


def order_checked(state: State, event: OrderChecked) -> Step:
    before, one = state.sync_list.checked, {event.seq}
    checked = before | one if event.value == CHECKED else before - one
    return changed(state, sync_list=replace(state.sync_list, checked=checked))


def all_orders_checked(state: State, event: AllOrdersChecked) -> Step:
    places = (row.kept.header.seq for row in to_sync(state.journal))
    checked = frozenset(places) if event.value == CHECKED else frozenset()
    return changed(state, sync_list=replace(state.sync_list, checked=checked))


def checked_rows(state: State) -> tuple[Row, ...]:
    """The checked orders that still wait or failed, newest first."""
    checked = state.sync_list.checked
    return tuple(row for row in to_sync(state.journal) if row.kept.header.seq in checked)


def checked_synced(state: State, event: CheckedSynced) -> Step:
    """Let the courier send the checked orders with their corrections; where all are checked, all else goes along."""
    ability, rows = can(state).sync, checked_rows(state)
    if not ability.allowed:
        return troubled(state, ability.reason)
    if not rows or not may(state.sign_in.user, Action.SYNC):
        return Step(state)
    step = _chosen(state, rows, event.fresh)
    if len(rows) == len(to_sync(state.journal)):
        return step.then(lambda now: sync_asked(now, SyncAsked()))
    return Step(replace(step.state, toast=Toast(SYNC_STARTED, moment(state))), step.effects)


def _chosen(state: State, rows: tuple[Row, ...], asking: str) -> Step:
    step = chosen(replace(state, sync_list=replace(state.sync_list, checked=frozenset())), rows)
    failed = [digest for row in rows for digest in row.turned_down]
    return step.then(lambda now: asked_again(now, failed, asking)) if failed else step


def checked_exported(state: State, event: CheckedExported) -> Step:
    """Give out the checked orders, oldest first: what people read, and the exact bytes of each."""
    rows = tuple(reversed(checked_rows(state)))
    if not rows or not may(state.sign_in.user, Action.EXPORT):
        return Step(state)
    zone = zone_of(state)
    table = Table(file_name(state, "pending-orders", event.at), HEADER, [_cells(row, zone) for row in rows])
    return Step(state, (DownloadEntries(table, tuple(row.kept.digest for row in rows), event.at),))


def _cells(row: Row, zone: str) -> tuple[Cell, ...]:
    order = row.reading
    buyer = order.customer
    tenders = [f"{payment.name} {format_plain(payment.amount)}" for payment in order.payments]
    return (
        order.number,
        in_zone(order.at, zone),
        f"{row.kept.header.store}-{order.register}",
        " · ".join(part for part in (buyer.name, buyer.phone) if part) if buyer else "",
        _items(order),
        Decimal(format_plain(order.totals.total)),
        "; ".join(tenders),
        row.state.word,
        row.why,
    )


def _items(order: Order) -> str:
    return "; ".join(_item(line) for line in order.lines)


def _item(line: OrderLine) -> str:
    name = f"{line.name} ({line.label})" if line.label else line.name
    return f"{line.quantity:f} {line.unit} {name}"


HANDLERS: Handlers = {
    SyncListOpened: sync_list_opened,
    OrderChecked: order_checked,
    AllOrdersChecked: all_orders_checked,
    CheckedSynced: checked_synced,
    CheckedExported: checked_exported,
}
