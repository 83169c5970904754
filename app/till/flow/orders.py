"""Looking back: the list of orders, what it is narrowed to, one of them, and sending one again."""

from collections.abc import Collection, Iterable
from dataclasses import fields

from app.domain.policy import Action, may
from app.sync.again import written
from app.sync.chosen import chosen_text
from app.till.effects import FindGoods, KeepLocal
from app.till.events import FiltersCleared, FiltersToggled, GoodsFound, OrderOpened, OrderSentAgain, OrdersFiltered
from app.till.flow.keeping import while_open
from app.till.flow.local import AGAIN, CHOSEN
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.past import Row, row, rows
from app.till.selectors import can
from app.till.slices.orders import OrderFilter
from app.till.state import Screen, State

FILTERS = frozenset(field.name for field in fields(OrderFilter)) - {"goods"}


def order_opened(state: State, event: OrderOpened) -> Step:
    if state.sign_in.user is None or state.journal.order(event.order_id) is None:
        return Step(state)
    return changed(state, screen=Screen.ORDER, opened_order=event.order_id)


def orders_filtered(state: State, event: OrdersFiltered) -> Step:
    if event.by not in FILTERS:
        return Step(state)
    if event.by == "text":
        return sought(state, event.value)
    return _narrowed(state, **{event.by: event.value})


def sought(state: State, text: str) -> Step:
    """Look for a text; where it is the code of something, what was sold of that is found, too (T11)."""
    return Step(
        _narrowed(state, text=text, goods=frozenset()).state, (FindGoods(text.strip()),) if text.strip() else ()
    )


def goods_found(state: State, event: GoodsFound) -> Step:
    """Take an answer, unless something else was typed meanwhile."""
    if event.code != state.looking_back.filter.text.strip():
        return Step(state)
    return _narrowed(state, goods=event.variant_ids)


def _narrowed(state: State, **fields: object) -> Step:
    back = state.looking_back
    narrower = replace(back.filter, **fields)  # type: ignore[arg-type]
    return changed(state, looking_back=replace(back, filter=narrower))


def filters_toggled(state: State, _: FiltersToggled) -> Step:
    back = state.looking_back
    return changed(state, looking_back=replace(back, filters_open=not back.filters_open))


def filters_cleared(state: State, _: FiltersCleared) -> Step:
    return changed(state, looking_back=replace(state.looking_back, filter=OrderFilter()))


def order_sent_again(state: State, event: OrderSentAgain) -> Step:
    """Offer a refused order once more, as it is: its reason may have been mended at the OMS."""
    found = row(state.journal, event.order_id)
    if found is None or not found.turned_down or not may(state.sign_in.user, Action.SYNC):
        return Step(state)
    return sent_again(state, found, event.fresh)


def sent_again(state: State, found: Row, asking: str) -> Step:
    """Ask for a refused order, and begin at once where that is possible: with it and its corrections, nothing else."""
    step = asked_again(state, found.turned_down, asking)
    return step.then(lambda now: chosen(now, (found,))) if can(state).sync.allowed else step


def chosen(state: State, orders: Iterable[Row]) -> Step:
    """Let the courier send what it lacks of these orders, Auto-Sync or not."""
    asked = state.sync_list.asked | {seq for each in orders for seq in each.unsent}
    sync_list = replace(state.sync_list, asked=asked)
    return Step(replace(state, sync_list=sync_list), (KeepLocal(CHOSEN, chosen_text(asked)),))


def asked_again(state: State, digests: Collection[str], asking: str) -> Step:
    """Ask the courier to put verdicts aside; what was taken in since is no longer asked for."""
    failed = {digest for row in rows(state.journal) for digest in row.turned_down}
    before = {digest: each for digest, each in state.looking_back.again.items() if digest in failed}
    again = before | dict.fromkeys(digests, asking)
    looking_back = replace(state.looking_back, again=again)
    return Step(replace(state, looking_back=looking_back), (KeepLocal(AGAIN, written(again)),))


HANDLERS: Handlers = {
    OrderOpened: while_open(order_opened),
    OrdersFiltered: orders_filtered,
    GoodsFound: goods_found,
    FiltersToggled: filters_toggled,
    FiltersCleared: filters_cleared,
    OrderSentAgain: order_sent_again,
}
