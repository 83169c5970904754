"""What the receipt printer writes of an order, a credit note or a shift, with what none of them knows of itself."""

from app.domain.escpos import Cut, Row
from app.domain.invoice import invoice_of
from app.domain.note_paper import note_paper
from app.domain.order import Order
from app.domain.receipt import Beside, receipt
from app.domain.report_strip import report_strip
from app.domain.returning import CreditNote
from app.sync.e_invoice import PROVISIONAL, PROVISIONAL_TITLE, EInvoiceState, particulars, standing
from app.till.past import row
from app.till.returned import note_row
from app.till.selectors import reprint
from app.till.shifts import reported
from app.till.state import State

TRAINING = "Training – not an invoice"


def strip(state: State, paper_id: str) -> tuple[Row, ...]:
    """The rows of an order's or a credit note's paper by its id; none where it is not here."""
    noted = note_row(state.journal, paper_id)
    if noted is not None:
        return _note(state, noted.note, reprint(state, paper_id))
    found = row(state.journal, paper_id)
    if found is None:
        return ()
    order = found.reading
    beside = _beside(state, order, corrected=bool(found.amendments))
    return (*receipt(invoice_of(order), beside), *_behind(state, order))


def report_of(state: State, shift_id: str) -> tuple[Row, ...]:
    """The rows of a shift's X or Z report; none where not all of the shift is open here."""
    shift = reported(state, shift_id)
    settings, register = state.people.settings, state.registered.register if state.registered else ""
    return report_strip(shift, settings.seller.name if settings else "", register) if shift else ()


def _behind(state: State, order: Order) -> tuple[Row, ...]:
    """An exchange that was just made has two papers, as in the browser: the credit note lies behind the invoice."""
    just_made = state.saved is not None and state.saved.id == order.id
    noted = note_row(state.journal, order.credit.note_id) if order.credit and just_made else None
    return (Cut(), *_note(state, noted.note, reprint(state, order.id))) if noted else ()


def _note(state: State, note: CreditNote, again: int) -> tuple[Row, ...]:
    marks = {"Offline": note.offline, _again(again): again > 0}
    paper = note_paper(note)
    return receipt(paper, Beside(title=paper.title, marks=_holding(marks), footer=_footer(state)))


def _beside(state: State, order: Order, *, corrected: bool) -> Beside:
    """What the receipt says that the order does not know: marks on top, the e-invoice, the store's footer."""
    invoice = invoice_of(order)
    e_invoice, again = standing(order, state.e_invoices), reprint(state, order.id)
    follows = e_invoice is not None and e_invoice.state is not EInvoiceState.DONE
    marks = {
        TRAINING: order.training,
        "Offline": invoice.offline,
        _again(again): again > 0,
        "Corrected": corrected,
        PROVISIONAL: follows,
    }
    done = e_invoice if e_invoice is not None and not follows else None
    return Beside(
        title=PROVISIONAL_TITLE if follows else invoice.title,
        marks=_holding(marks),
        facts=particulars(done) if done else (),
        code=done.qr if done else "",
        footer=_footer(state),
    )


def _again(reprint: int) -> str:
    return f"Reprint {reprint}" if reprint > 1 else "Reprint"


def _holding(marks: dict[str, bool]) -> tuple[str, ...]:
    return tuple(mark for mark, holds in marks.items() if holds)


def _footer(state: State) -> str:
    return state.people.settings.receipt_footer if state.people.settings else ""
