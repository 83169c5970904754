"""Looking back: the list of orders, one of them, and what the list is narrowed to."""

from app.till.events import OrderOpened, OrdersFiltered
from app.till.flow.keeping import while_open
from app.till.flow.step import Handlers, Step, changed
from app.till.state import Screen, State


def order_opened(state: State, event: OrderOpened) -> Step:
    if state.sign_in.user is None or state.journal.order(event.order_id) is None:
        return Step(state)
    return changed(state, screen=Screen.ORDER, opened_order=event.order_id)


def orders_filtered(state: State, event: OrdersFiltered) -> Step:
    return changed(state, order_filter=event.value)


HANDLERS: Handlers = {
    OrderOpened: while_open(order_opened),
    OrdersFiltered: orders_filtered,
}
