"""Voiding: a whole sale is taken back on its day, by a manager; its number stays used."""

from app.domain.policy import Action
from app.domain.returning import LONGEST_REASON
from app.sync.bodies import Void
from app.sync.journal import Jumped
from app.sync.mode import Mode
from app.sync.returns import AskSale
from app.till.effects import Record
from app.till.events import NotRecorded, PinChecked, Recorded, VoidAsked, VoidGiven
from app.till.flow.asking import asked as questioned
from app.till.flow.asking import forgotten, waiting
from app.till.flow.clock import business, doubted
from app.till.flow.giving_back import voided
from app.till.flow.keeping import while_open
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.past import row
from app.till.selectors import mode_now, moment
from app.till.slices.returning import Voiding
from app.till.state import Screen, State, Toast
from app.till.taking_back import unvoidable

NO_REASON = "Say why the sale is voided: whoever looks later has to know."
SAVED = "Sale {number} was voided. Give back what is named here."


def void_asked(state: State, event: VoidAsked) -> Step:
    """Open the dialog; the OMS is asked what came back at other registers."""
    found = row(state.journal, event.order_id)
    if state.screen is not Screen.ORDER or found is None or found.order.training or state.backs.writing:
        return Step(state)
    opened = forgotten(_with(state, Voiding(event.order_id)).state, AskSale)
    if mode_now(state) is not Mode.ONLINE:
        return Step(opened)
    return questioned(opened, event.fresh, AskSale(number=found.order.number))


def void_given(state: State, event: VoidGiven) -> Step:
    dialog = state.backs.voiding
    found = row(state.journal, dialog.order_id) if dialog else None
    if dialog is None or found is None or dialog.checking or waiting(state, AskSale):
        return Step(state)
    reason = event.reason.strip()[:LONGEST_REASON]
    problem = unvoidable(state, found, dialog.elsewhere) or ("" if reason else NO_REASON)
    question = asked(state, permitted(state, event.staff_id, Action.VOID_SALE), event.pin, "void")
    if problem or isinstance(question, str):
        return _with(state, replace(dialog, problem=problem or str(question)))
    entry_id = dialog.entry_id or event.fresh
    return Step(
        _with(state, replace(dialog, checking=True, problem="", reason=reason, entry_id=entry_id)).state, (question,)
    )


def void_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left, or something come back, meanwhile."""
    dialog, member = state.backs.voiding, permitted(state, event.staff_id, Action.VOID_SALE)
    found = row(state.journal, dialog.order_id) if dialog else None
    if dialog is None or found is None or not dialog.checking or dialog.writing:
        return Step(state)
    problem = unvoidable(state, found, dialog.elsewhere)
    if not event.right or member is None or problem:
        why = problem if event.right and problem else wrong_sentence(state, event.staff_id)
        return _with(state, replace(dialog, checking=False, problem=why))
    at = business(state)
    if isinstance(at, Jumped):
        return doubted(_with(state, replace(dialog, checking=False)).state, at)
    void = voided(state, found.reading, dialog.entry_id, at.at, reason=dialog.reason, approved_by=member.name)
    return Step(_with(state, replace(dialog, writing=True)).state, (Record(id=void.id, body=Void(void=void)),))


def void_saved(state: State, event: Recorded) -> Step:
    number = event.kept.body.void.original.number if isinstance(event.kept.body, Void) else ""
    told = Toast(SAVED.format(number=number), moment(state))
    return Step(replace(_with(state, None).state, toast=told))


def void_not_saved(state: State, event: NotRecorded) -> Step | None:
    """Nothing was written: it can be tried again; None where it is about something else."""
    dialog = state.backs.voiding
    if dialog is None or dialog.entry_id != event.id:
        return None
    return _with(state, replace(dialog, checking=False, writing=False, problem=event.why))


def _with(state: State, dialog: Voiding | None) -> Step:
    return changed(state, backs=replace(state.backs, voiding=dialog))


HANDLERS: Handlers = {VoidAsked: while_open(void_asked), VoidGiven: while_open(void_given)}
