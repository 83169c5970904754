"""Taking goods back: which sale, what of it, why, how the money goes back; then a credit note, or an exchange.

A sale is known here from the journal; while the OMS is there it is asked, too: another register may have taken
something back, or made the sale. Offline a sale of another register is refused with the reason.
"""

from app.domain.numbers import parse_number
from app.domain.policy import Action, may
from app.domain.returning import LONGEST_REASON, CreditNote, Exchange, Pick
from app.sync.bodies import CreditNote as NoteBody
from app.sync.journal import Jumped
from app.sync.mode import Mode
from app.sync.questions import Denied, Question
from app.sync.returns import AskSale, KnownSale
from app.till.effects import Record
from app.till.events import (
    DamageTicked,
    ExchangeDropped,
    NoteLeft,
    NoteOpened,
    NotRecorded,
    PinChecked,
    Recorded,
    RefundChosen,
    RefundReferenced,
    ReturnAsked,
    ReturnCounted,
    ReturnGiven,
    ReturnLeft,
    ReturnReasoned,
    ReturnTurned,
    SaleNumbered,
    SaleSought,
)
from app.till.flow.asking import Answering, forgotten, waiting
from app.till.flow.asking import asked as questioned
from app.till.flow.clock import business, doubted
from app.till.flow.giving_back import credit_note
from app.till.flow.keeping import kept, while_open
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.past import row, rows
from app.till.returned import needs_manager, note_row, worked_out
from app.till.selectors import mode_now
from app.till.slices.returning import Desk, Returning, Seeking
from app.till.state import Screen, State
from app.till.taking_back import missing_words, picked, unreturnable

NOT_KNOWN = (
    "This sale is not known on this device, and the store’s system cannot be asked now. Nothing was given back. "
    "Take the goods back when the internet is there, or at the register that made the sale."
)
OLDER = (
    "This sale is older than what is open here, and the store’s system cannot be asked now. Nothing was given back. "
    "Take the goods back when the internet is there."
)
COMING = "The older sales of this register are just being opened. Nothing was given back. Try again in a moment."
NOT_FOUND = "No such sale has reached the store’s system. Nothing was given back. Check the number on the receipt."
NO_NUMBER = "Type the number of the invoice, as it stands on the receipt."
LONGEST = 100


def sale_sought(state: State, _: SaleSought) -> Step:
    return _desk(state, seeking=Seeking()) if state.screen is Screen.ORDERS else Step(state)


def sale_numbered(state: State, event: SaleNumbered) -> Step:
    """Find a sale by its number: in the journal, else at the OMS."""
    if state.backs.seeking is None or waiting(state, AskSale) or state.backs.writing:
        return Step(state)
    number = event.number.strip().upper()[:40]
    found = next((each for each in rows(state.journal) if each.order.number.upper() == number), None)
    if found is not None:
        return changed(state, backs=Desk(), screen=Screen.ORDER, opened_order=found.order.id)
    if not number:
        return _desk(state, seeking=Seeking(number, NO_NUMBER))
    if mode_now(state) is not Mode.ONLINE:
        return _desk(state, seeking=Seeking(number, _why_not_here(state, number)))
    return questioned(_desk(state, seeking=Seeking(number)).state, event.fresh, AskSale(number=number))


def _why_not_here(state: State, number: str) -> str:
    """Why a sale is not known: one of this register's own is, but it is not open."""
    head, found = state.journal.head, parse_number(number)
    ours = state.registered is not None and found is not None and found.prefix == state.registered.series.invoice
    if head is None or found is None or not ours or found.counter > head.counters.get(found.series, 0):
        return NOT_KNOWN
    return OLDER if state.journal.whole else COMING


def return_asked(state: State, event: ReturnAsked) -> Step:
    """Open the page for a sale of this register; the OMS is asked what came back elsewhere."""
    found = row(state.journal, event.order_id)
    if found is None or found.order.training or state.backs.writing or not may(state.sign_in.user, Action.TAKE_BACK):
        return Step(state)
    desk = Returning(found.reading, exchange=event.exchange)
    opened = forgotten(replace(state, screen=Screen.RETURN, backs=Desk(returning=desk)), AskSale)
    if mode_now(state) is not Mode.ONLINE:
        return Step(opened)
    return questioned(opened, event.fresh, AskSale(number=found.order.number))


def sale_known(state: State, question: AskSale, answer: object) -> Step:
    """What the OMS says of a sale; the page or the dialog that asked may be gone."""
    desk, seeking = state.backs.returning, state.backs.seeking
    if desk is not None and desk.order.number == question.number:
        if isinstance(answer, KnownSale) and answer.order.id == desk.order.id:
            return _page(state, elsewhere=answer.backs, confirmed=True)
        return _page(state, confirmed=isinstance(answer, Denied))
    voiding = state.backs.voiding
    if voiding is not None and isinstance(answer, KnownSale) and answer.order.id == voiding.order_id:
        return _desk(state, voiding=replace(voiding, elsewhere=answer.backs))
    if seeking is None or seeking.number != question.number:
        return Step(state)
    if isinstance(answer, KnownSale):
        page = Returning(answer.order, elsewhere=answer.backs, confirmed=True)
        return changed(state, screen=Screen.RETURN, backs=Desk(returning=page))
    why = NOT_FOUND if isinstance(answer, Denied) else _why_not_here(state, seeking.number)
    return _desk(state, seeking=Seeking(seeking.number, why))


def return_counted(state: State, event: ReturnCounted) -> Step:
    desk = state.backs.returning
    return _page(state, typed={**desk.typed, event.position: event.value}, problem="") if desk else Step(state)


def damage_ticked(state: State, event: DamageTicked) -> Step:
    desk = state.backs.returning
    return _page(state, damaged=desk.damaged ^ {event.position}) if desk else Step(state)


def return_reasoned(state: State, event: ReturnReasoned) -> Step:
    return _page(state, reason=event.value[:LONGEST_REASON], problem="")


def refund_chosen(state: State, event: RefundChosen) -> Step:
    return _page(state, tender_id=event.value, problem="")


def refund_referenced(state: State, event: RefundReferenced) -> Step:
    return _page(state, reference=event.value[:LONGEST], problem="")


def return_turned(state: State, event: ReturnTurned) -> Step:
    """Give the money back, or exchange for other goods."""
    return _page(state, exchange=event.value == "exchange", problem="")


def return_given(state: State, event: ReturnGiven) -> Step:
    """Do it, or ask for a manager's PIN first."""
    desk = state.backs.returning
    if desk is None or desk.writing or desk.checking or waiting(state, AskSale) or state.screen is not Screen.RETURN:
        return Step(state)
    picks = picked(state, desk)
    problem = unreturnable(state, desk) or (picks if isinstance(picks, str) else "") or missing_words(state, desk)
    if problem or isinstance(picks, str):
        return _page(state, problem=problem)
    named = _page(state, entry_id=desk.entry_id or event.fresh, problem="").state
    if not needs_manager(state, worked_out(state, desk, picks)):
        return given(named, "")
    question = asked(state, permitted(state, event.staff_id, Action.APPROVE_RETURN), event.pin, "return")
    if isinstance(question, str):
        return _page(named, problem=question)
    return Step(_page(named, checking=True).state, (question,))


def return_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the page may have been left meanwhile."""
    desk, member = state.backs.returning, permitted(state, event.staff_id, Action.APPROVE_RETURN)
    if desk is None or not desk.checking:
        return Step(state)
    done = _page(state, checking=False).state
    if not event.right or member is None:
        return _page(done, problem=wrong_sentence(state, event.staff_id))
    return given(done, member.name)


def given(state: State, approved_by: str) -> Step:
    """Write the credit note down; an exchange waits for its sale instead."""
    desk = state.backs.returning
    picks = picked(state, desk) if desk else ""
    if desk is None or isinstance(picks, str) or state.registered is None:
        return Step(state)
    if desk.exchange:
        return exchange_begun(state, desk, picks, approved_by)
    at = business(state)
    if isinstance(at, Jumped):
        return doubted(state, at)
    words = {"reason": desk.reason.strip(), "reference": desk.reference.strip(), "approved_by": approved_by}
    note = credit_note(state, desk.order, worked_out(state, desk, picks), desk.entry_id, at.at, **words)
    prefix = state.registered.series.credit_note
    record = Record(note.id, NoteBody(note=note), prefix=prefix, day=note.business_day)
    return Step(_page(state, writing=True).state, (record,))


def exchange_begun(state: State, desk: Returning, picks: tuple[Pick, ...], approved_by: str) -> Step:
    """Go on with the goods that the customer takes instead: one payment settles both."""
    notes = tuple(each for each in desk.elsewhere if isinstance(each, CreditNote))
    exchange = Exchange(
        order=desk.order,
        elsewhere=notes,
        picks=picks,
        reason=desk.reason.strip(),
        tender_id=desk.tender_id,
        reference=desk.reference.strip(),
        approved_by=approved_by,
    )
    return kept(replace(state, exchange=exchange, backs=Desk(), screen=Screen.SELL))


def exchange_dropped(state: State, _: ExchangeDropped) -> Step:
    if state.checkout is not None and (state.checkout.payments or state.checkout.keeping):
        return troubled(state, "Money was taken for this sale. Give it back first, then drop the exchange.")
    return kept(replace(state, exchange=None))


def note_saved(state: State, event: Recorded) -> Step:
    """The credit note is durable: show it. That of an exchange is shown with its sale."""
    note = getattr(event.kept.body, "note", None)
    if not isinstance(note, CreditNote) or note.exchanged_for or state.sign_in.user is None:
        return Step(state)
    return changed(state, screen=Screen.CREDIT_NOTE, backs=Desk(opened=note.id, made=True))


def note_not_saved(state: State, event: NotRecorded) -> Step | None:
    """Nothing was written: what was picked stands; None where it is about something else."""
    desk = state.backs.returning
    if desk is None or not desk.writing or desk.entry_id != event.id:
        return None
    return _page(state, writing=False, problem=event.why)


def return_left(state: State, _: ReturnLeft) -> Step:
    desk = state.backs.returning
    if desk is None or desk.writing:
        return Step(state)
    known = row(state.journal, desk.order.id) is not None
    left_ = forgotten(replace(state, backs=Desk()), AskSale)
    return changed(left_, screen=Screen.ORDER if known else Screen.ORDERS, opened_order=desk.order.id if known else "")


def note_opened(state: State, event: NoteOpened) -> Step:
    if state.sign_in.user is None or note_row(state.journal, event.note_id) is None:
        return Step(state)
    return changed(state, screen=Screen.CREDIT_NOTE, backs=Desk(opened=event.note_id))


def note_left(state: State, _: NoteLeft) -> Step:
    """After one that was just made the next sale; else back to the list."""
    if state.screen is not Screen.CREDIT_NOTE:
        return Step(state)
    return changed(state, screen=Screen.SELL if state.backs.made else Screen.ORDERS, backs=Desk())


def _page(state: State, **fields: object) -> Step:
    desk = state.backs.returning
    return _desk(state, returning=replace(desk, **fields)) if desk else Step(state)  # type: ignore[arg-type]


def _desk(state: State, **fields: object) -> Step:
    return changed(state, backs=replace(state.backs, **fields))  # type: ignore[arg-type]


ANSWERS: dict[type[Question], Answering] = {AskSale: sale_known}
HANDLERS: Handlers = {
    SaleSought: sale_sought,
    SaleNumbered: sale_numbered,
    ReturnAsked: while_open(return_asked),
    ReturnCounted: return_counted,
    DamageTicked: damage_ticked,
    ReturnReasoned: return_reasoned,
    RefundChosen: refund_chosen,
    RefundReferenced: refund_referenced,
    ReturnTurned: return_turned,
    ReturnGiven: while_open(return_given),
    ReturnLeft: return_left,
    ExchangeDropped: while_open(exchange_dropped),
    NoteOpened: while_open(note_opened),
    NoteLeft: note_left,
}
