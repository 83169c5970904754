"""Correcting an order that was made: an entry of its own, with a manager's PIN; the original stays as it is."""

from app.domain.amendment import Correctable, Correction, value_of
from app.domain.order import Order
from app.domain.payment import Tender
from app.domain.policy import Action
from app.sync.bodies import Amended
from app.till.effects import Record
from app.till.events import (
    CorrectionAsked,
    CorrectionGiven,
    CorrectionTyped,
    CorrectorChosen,
    NotRecorded,
    PinChecked,
    Recorded,
)
from app.till.flow.orders import sent_again
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.past import charged_elsewhere, row, taken_at_the_counter
from app.till.selectors import moment
from app.till.slices.orders import Correcting
from app.till.state import Screen, State, Toast

SAVED = "Correction saved. The original stays in the journal."
NOTHING_CHANGED = "Nothing was changed yet. Correct a field first."
NO_REASON = "Say why it is corrected: whoever looks later has to know."
LONGEST = 500


def correction_asked(state: State, event: CorrectionAsked) -> Step:
    found = row(state.journal, event.order_id)
    if state.screen is not Screen.ORDER or found is None or found.order.training:
        return Step(state)
    return _with(state, Correcting(event.order_id))


def correction_typed(state: State, event: CorrectionTyped) -> Step:
    """Note what differs; what was typed back to what it was is no correction."""
    dialog, order = state.looking_back.correcting, _order(state)
    if dialog is None or dialog.checking or order is None:
        return Step(state)
    if any(paid.id == event.payment_id and charged_elsewhere(paid, state.people.tenders) for paid in order.payments):
        return Step(state)  # its voucher, house account, link or card was charged, and stays so
    changes = {event.field: event.value.strip()[:LONGEST]}
    if event.field is Correctable.TENDER:
        tender = next((each for each in taken_at_the_counter(state.people.tenders) if each.id == event.value), None)
        changes = _named(tender) if tender is not None else {}
    left = [one for one in dialog.edits if one.field not in changes or one.payment_id != event.payment_id]
    new = [_correction(order, field, event.payment_id, after) for field, after in changes.items()]
    edits = (*left, *(one for one in new if one.before != one.after))
    return _with(state, replace(dialog, edits=edits, problem=""))


def _named(tender: Tender) -> dict[Correctable, str]:
    """A tender's name and kind follow it: the invoice prints the one, the books go by the other."""
    return {
        Correctable.TENDER: tender.id,
        Correctable.TENDER_NAME: tender.name,
        Correctable.TENDER_KIND: tender.kind.value,
    }


def _correction(order: Order, field: Correctable, payment_id: str, after: str) -> Correction:
    return Correction(field=field, payment_id=payment_id, before=value_of(order, field, payment_id), after=after)


def corrector_chosen(state: State, event: CorrectorChosen) -> Step:
    dialog = state.looking_back.correcting
    return _with(state, replace(dialog, staff_id=event.value, problem="")) if dialog else Step(state)


def correction_given(state: State, event: CorrectionGiven) -> Step:
    dialog = state.looking_back.correcting
    if dialog is None or dialog.checking:
        return Step(state)
    reason = event.reason.strip()[:LONGEST]
    problem = "" if dialog.edits else NOTHING_CHANGED
    question = asked(state, permitted(state, event.staff_id, Action.CORRECT_ORDER), event.pin, "correction")
    problem = problem or ("" if reason else NO_REASON) or (question if isinstance(question, str) else "")
    if problem or isinstance(question, str):
        return _with(state, replace(dialog, problem=problem))
    checking = replace(dialog, checking=True, problem="", reason=reason, entry_id=event.fresh)
    return Step(_with(state, checking).state, (question,))


def correction_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left meanwhile."""
    dialog, member = state.looking_back.correcting, permitted(state, event.staff_id, Action.CORRECT_ORDER)
    found = row(state.journal, dialog.order_id) if dialog else None
    if dialog is None or not dialog.checking or found is None:
        return Step(state)
    if not event.right or member is None:
        return _with(state, replace(dialog, checking=False, problem=wrong_sentence(state, event.staff_id)))
    body = Amended(
        order_id=dialog.order_id,
        original=found.kept.digest,
        corrections=dialog.edits,
        reason=dialog.reason,
        staff_id=member.id,
        staff_name=member.name,
    )
    return Step(state, (Record(id=dialog.entry_id, body=body),))


def correction_saved(state: State, event: Recorded) -> Step:
    """Close the dialog; an order that the OMS had refused is offered again together with its correction."""
    told = replace(_with(state, None).state, toast=Toast(SAVED, moment(state)))
    found = row(told.journal, getattr(event.kept.body, "order_id", ""))
    if found is None or not found.turned_down:
        return Step(told)
    return sent_again(told, found, event.fresh)


def correction_not_saved(state: State, event: NotRecorded) -> Step | None:
    """Nothing was written: what was typed stands, and it can be tried again; None where it is about something else."""
    dialog = state.looking_back.correcting
    if dialog is None or dialog.entry_id != event.id:
        return None
    return _with(state, replace(dialog, checking=False, problem=event.why))


def _order(state: State) -> Order | None:
    """The order that is being corrected, as it reads now."""
    dialog = state.looking_back.correcting
    found = row(state.journal, dialog.order_id) if dialog else None
    return found.reading if found else None


def _with(state: State, dialog: Correcting | None) -> Step:
    return changed(state, looking_back=replace(state.looking_back, correcting=dialog))


HANDLERS: Handlers = {
    CorrectionAsked: correction_asked,
    CorrectionTyped: correction_typed,
    CorrectorChosen: corrector_chosen,
    CorrectionGiven: correction_given,
}
