"""What was written to the journal, and what could not be: only then a sale is called saved."""

from collections.abc import Callable

from app.domain.cart import Cart
from app.domain.order import Order
from app.domain.payment import Payment
from app.sync.bodies import (
    Amended,
    Body,
    Cash,
    Clock,
    CreditNote,
    CustomerChanged,
    Drawer,
    Sale,
    SessionClosed,
    SessionOpened,
    Shift,
    Training,
    Void,
)
from app.sync.status import FolderState
from app.till.effects import KeepSpare
from app.till.events import NotRecorded, Recorded, SaleLeft
from app.till.flow import customers
from app.till.flow.correcting import correction_not_saved, correction_saved
from app.till.flow.keeping import kept
from app.till.flow.linking import loosened
from app.till.flow.printing import after_sale, drawer_not_noted, drawer_noted
from app.till.flow.returning import note_not_saved, note_saved
from app.till.flow.selling import looked, next_begun
from app.till.flow.shift import cash_noted, not_written, shift_noted
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.flow.voiding import void_not_saved, void_saved
from app.till.state import Browse, Screen, State

SINCE = {
    True: "Money was taken since then and stays noted here. Give it back, or go on with what else is sold.",
    False: "What was changed since then is in no sale. Take out here what was sold already, then complete the rest.",
}
"""What is told of an open sale whose order was written as it stood before, by whether money is noted here."""


def recorded(state: State, event: Recorded) -> Step:
    """Note the entry, then do what its kind means."""
    connection = replace(state.connection, folder=event.folder)
    if event.folder is not FolderState.NONE and not event.kept.in_folder:
        connection = replace(connection, missing_in_folder=connection.missing_in_folder + 1)
    # What was written unnoticed is told late, when younger entries are there: the journal stays in its order.
    journal = replace(state.journal, head=event.head, kept=state.journal.with_(event.kept))
    noted = replace(state, journal=journal, connection=connection)
    after = AFTER.get(type(event.kept.body))
    went = state.connection.folder is FolderState.OK and event.folder is not FolderState.OK
    step = after(noted, event) if after else Step(noted)
    return Step(step.state, (*step.effects, KeepSpare())) if went else step


def sale_saved(state: State, event: Recorded) -> Step:
    """The cart has become an order: show it, and begin an empty sale under a new draft."""
    order = getattr(event.kept.body, "order", None)
    beside = taken_beside(state, order)
    if order is not None and (beside or changed_since(state, order)):
        return opened_again(state, order, beside, event.fresh)
    done = replace(
        state,
        screen=Screen.SAVED,
        saved=order,
        cart=Cart(),
        checkout=None,
        exchange=None,
        draft_id=event.fresh,
        browse=Browse(asked=state.browse.asked),
        cart_open=False,
    )
    checkout = state.checkout
    paid = {payment.id for payment in checkout.payments} if checkout else set()
    link = checkout.link if checkout and checkout.link and checkout.link.id not in paid else None
    return looked(done).then(lambda now: loosened(now, link)).then(lambda now: after_sale(now, order))


def taken_beside(state: State, order: Order | None) -> tuple[Payment, ...]:
    """Money of the open sale that is not in its order: the storage wrote that unnoticed, and the sale went on."""
    if state.checkout is None or order is None or state.checkout.order_id != order.id:
        return ()
    booked = {payment.id for payment in order.payments}
    return tuple(payment for payment in state.checkout.payments if payment.id not in booked)


def changed_since(state: State, order: Order) -> bool:
    """Whether the storage wrote another sale than the one it was asked for last, under the same id."""
    asked = state.checkout.recording if state.checkout else None
    return asked is not None and asked.id == order.id and _sold(asked) != _sold(order)


def _sold(order: Order) -> tuple[object, ...]:
    """What was sold and how it was paid; a second press makes its payments anew, under other ids."""
    paid = ((each.tender_id, each.amount, each.received, each.reference, each.account) for each in order.payments)
    return (order.lines, *paid)


def opened_again(state: State, order: Order, beside: tuple[Payment, ...], fresh: str) -> Step:
    """The order stands as it was written; what came since then is a sale of its own, for a person to settle."""
    if state.checkout is None:
        return Step(state)
    words = f"Sale {order.number} had been saved after all, as it stood then; it is in Orders. {SINCE[bool(beside)]}"
    link, agreed = state.checkout.link, state.checkout.agreed if beside else None
    open_link = None if link and any(link.id == payment.id for payment in order.payments) else link
    checkout = replace(state.checkout, order_id=fresh, payments=beside, link=open_link, agreed=agreed)
    checkout = replace(checkout, saving=False, recording=None, problem=words)
    return kept(replace(state, checkout=checkout, exchange=None if order.credit else state.exchange))


def session_opened(state: State, event: Recorded) -> Step:
    session_id = getattr(event.kept.body, "session_id", None)
    return changed(state, connection=replace(state.connection, session_id=session_id, recording_session=""))


def session_closed(state: State, _: Recorded) -> Step:
    return changed(state, connection=replace(state.connection, session_id=None, recording_session=""))


def clock_settled(state: State, _: Recorded) -> Step:
    return changed(state, clock=None, clock_trusted=True)


AFTER: dict[type[Body] | type[None], Callable[[State, Recorded], Step]] = {
    Sale: sale_saved,
    Training: sale_saved,
    SessionOpened: session_opened,
    SessionClosed: session_closed,
    Clock: clock_settled,
    Amended: correction_saved,
    Shift: shift_noted,
    Cash: cash_noted,
    Drawer: drawer_noted,
    CustomerChanged: customers.change_recorded,
    CreditNote: note_saved,
    Void: void_saved,
}


def not_recorded(state: State, event: NotRecorded) -> Step:
    """Nothing was written: cart and payments stand as they were, and it can be tried again."""
    if state.checkout is not None and state.checkout.saving and state.checkout.order_id == event.id:
        return changed(state, checkout=replace(state.checkout, saving=False, problem=event.why))
    if state.clock is not None and state.clock.entry_id == event.id:
        return changed(state, clock=replace(state.clock, checking=False, problem=event.why))
    for unsaved in (correction_not_saved, note_not_saved, void_not_saved):
        if (step := unsaved(state, event)) is not None:
            return step
    if state.shift.writing == event.id:
        return not_written(state, event.why)
    if state.printing.opening == event.id:
        return drawer_not_noted(state, event.why)
    if event.id == state.customers.saving:
        return customers.change_not_recorded(state, event)
    if state.connection.recording_session == event.id:
        # It is tried again with the next tick; the sales themselves say whether they are offline ones.
        state = replace(state, connection=replace(state.connection, recording_session=""))
    return troubled(state, event.why)


def sale_left(state: State, _: SaleLeft) -> Step:
    return next_begun(state)


HANDLERS: Handlers = {
    Recorded: recorded,
    NotRecorded: not_recorded,
    SaleLeft: sale_left,
}
