"""Paper and the cash drawer: by the browser, or as bytes to the receipt printer; selling never waits for either."""

from app.domain.escpos import WIDTHS, Row, Rule, Words
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.policy import Action, may
from app.domain.shift import DrawerOpened
from app.sync.bodies import Drawer, Reprint
from app.sync.journal import Jumped
from app.till.effects import Effect, LookAtPrinter, PrintPage, Record, SendToPrinter
from app.till.events import (
    DrawerAsked,
    InvoicePrinted,
    OrderPrinted,
    PagePrinted,
    PrinterAnswered,
    PrinterPicked,
    PrinterRefused,
    PrinterSeen,
    PrinterTried,
    Recorded,
    ReportPrinted,
)
from app.till.flow.clock import business, doubted
from app.till.flow.keeping import while_open
from app.till.flow.refusals import no_printer
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.ports import PrinterFound, PrinterState
from app.till.returned import note_row
from app.till.selectors import reprint
from app.till.slices.printing import Waiting
from app.till.state import Screen, State
from app.till.strips import report_of, strip

DRAWER, TRY, REPORT = "drawer", "try", "report"
"""What is sent to the printer beside orders."""
UNPLUGGED = (
    "The receipt printer is not there. Saved sales are safe. "
    "Switch it on and check its cable, then print again, or print with the browser."
)
NO_DRAWER = (
    "The drawer is opened through the receipt printer, and none is connected. Nothing was opened. "
    "Connect one in Settings."
)
NO_REASON = "Type why the drawer is opened, such as “Change for a customer”. Nothing was opened."
NOT_YOU = "This person may not open the drawer here. Nothing was opened. Ask somebody else to sign in."


def failed(why: str) -> str:
    """What a person reads when the printer did not take something."""
    because = f" ({why})" if why else ""
    return (
        f"The receipt printer did not answer{because}. Saved sales are safe. "
        "Check paper, cover and cable, then print again, or print with the browser."
    )


# ---------------------------------------------------------------- paper


def invoice_printed(state: State, event: InvoicePrinted) -> Step:
    """The first paper is the invoice; each further one leaves a trace, and says so."""
    if state.preferences.drives_printer and event.by != "page":
        return _sent(state, event.order_id, event.fresh)
    traced = _traced(state, event.order_id, event.fresh)
    return Step(_noted(state, event.order_id), traced)


def order_printed(state: State, event: OrderPrinted) -> Step:
    """Print straight from the list; the browser can only print what is on the screen, so the order is opened for it."""
    if state.journal.order(event.order_id) is None or not may(state.sign_in.user, Action.REPRINT):
        return Step(state)
    if state.preferences.drives_printer:
        return _sent(state, event.order_id, event.fresh)
    opened = replace(state, screen=Screen.ORDER, opened_order=event.order_id, saved=None)
    return Step(opened, (PrintPage(event.order_id), *_traced(opened, event.order_id, event.fresh)))


def report_printed(state: State, event: ReportPrinted) -> Step:
    rows = report_of(state, event.shift_id) if state.sign_in.user else ()
    if not rows or state.printing.job or not state.preferences.drives_printer:
        return Step(state)
    return _busy(state, REPORT, _bytes(state, REPORT, rows))


def page_printed(state: State, event: PagePrinted) -> Step:
    return Step(_noted(state, event.order_id))


def after_sale(state: State, order: Order | None) -> Step:
    """What the register does by itself once a sale is safe: print it, and open the drawer for its cash."""
    wants = state.preferences
    if order is None:
        return Step(state)
    cash = any(payment.kind is TenderKind.CASH for payment in order.payments)
    opens = wants.opens_drawer and wants.drives_printer and cash and not order.training
    if wants.prints_itself and wants.drives_printer and state.printing.job:
        # As it is now: once this screen is left, a paper of the sale is a reprint.
        next_one = Waiting(order.id, strip(state, order.id), opens)
        return _printing(state, waiting=(*state.printing.waiting, next_one))
    if wants.prints_itself and wants.drives_printer:
        return _sent(state, order.id, "", opens_drawer=opens)
    if wants.prints_itself:
        return Step(state, (PrintPage(order.id),))
    return _busy(state, DRAWER, _bytes(state, DRAWER, opens_drawer=True)) if opens else Step(state)


def _noted(state: State, order_id: str) -> State:
    return replace(state, printed=state.printed | {order_id})


def _traced(state: State, order_id: str, entry_id: str) -> tuple[Effect, ...]:
    """The entry of a reprint; the first paper needs none."""
    note, user = note_row(state.journal, order_id), state.sign_in.user
    order = note.note if note else state.journal.order(order_id)
    if order is None or (isinstance(order, Order) and order.training) or not reprint(state, order_id):
        return ()
    name, staff_id = (user.name, user.id) if user else ("", "")
    return (Record(entry_id, Reprint(order_id=order.id, number=order.number, staff_id=staff_id, staff_name=name)),)


def _sent(state: State, order_id: str, entry_id: str, *, opens_drawer: bool = False) -> Step:
    """Send the strip of an order or a credit note; while one is on its way a second press sends none."""
    rows = strip(state, order_id)
    if not rows or state.printing.job:
        return Step(state)
    step = _busy(state, order_id, _bytes(state, order_id, rows, opens_drawer=opens_drawer))
    return Step(step.state, (*step.effects, *_traced(state, order_id, entry_id)))


# ---------------------------------------------------------------- the printer


def printer_picked(state: State, _: PrinterPicked) -> Step:
    return Step(replace(state, printing=replace(state.printing, problem="")), (LookAtPrinter(),))


def printer_refused(state: State, event: PrinterRefused) -> Step:
    as_before = "Printing goes on as before. Choose a printer to try again."
    return _printing(state, problem=f"{no_printer(event.why)} {as_before}")


def printer_seen(state: State, event: PrinterSeen) -> Step:
    return _printing(state, printer=event.found.state, problem=_problem(state, event.found))


def printer_tried(state: State, _: PrinterTried) -> Step:
    """A few lines, to see that paper, width and cable are right."""
    if not state.preferences.drives_printer or state.printing.job:
        return Step(state)
    seller = state.people.settings.seller.name if state.people.settings else ""
    rows = (Words(seller, bold=True, large=True, centre=True), Rule(), Words("Test print"), Words("₹ 1,234.50 – हिन्दी"))
    return _busy(state, TRY, _bytes(state, TRY, rows))


def printer_answered(state: State, event: PrinterAnswered) -> Step:
    """Only what came out counts as printed: after a failure the next paper is still the first, and none follows."""
    found = event.found
    answered = _printing(state, job="", printer=found.state, problem=_problem(state, found)).state
    if found.state is not PrinterState.READY:
        return _printing(answered, waiting=())
    return _next(answered if event.job in {DRAWER, TRY, REPORT} else _noted(answered, event.job))


def _next(state: State) -> Step:
    """Send what has waited longest; of a sale that was printed in another way only the drawer opens."""
    if not state.printing.waiting:
        return Step(state)
    first, *others = state.printing.waiting
    left = _printing(state, waiting=tuple(others)).state
    if first.order_id not in state.printed:
        sent = _bytes(left, first.order_id, first.rows, opens_drawer=first.opens_drawer)
        return _busy(left, first.order_id, sent)
    return _busy(left, DRAWER, _bytes(left, DRAWER, opens_drawer=True)) if first.opens_drawer else _next(left)


def _problem(state: State, found: PrinterFound) -> str:
    if found.state is PrinterState.FAILED:
        return failed(found.why)
    return UNPLUGGED if found.state is PrinterState.NONE and state.preferences.drives_printer else ""


def _bytes(state: State, job: str, rows: tuple[Row, ...] = (), *, opens_drawer: bool = False) -> SendToPrinter:
    wants = state.preferences
    width = wants.paper.width or max(WIDTHS)
    copies = wants.copies if job not in {TRY, REPORT} else 1
    return SendToPrinter(job, rows, width, copies, wants.speed, opens_drawer)


def _busy(state: State, job: str, effect: SendToPrinter) -> Step:
    return Step(_printing(state, job=job, problem="").state, (effect,))


def _printing(state: State, **fields: object) -> Step:
    return changed(state, printing=replace(state.printing, **fields))  # type: ignore[arg-type]


# ---------------------------------------------------------------- the drawer


def drawer_asked(state: State, event: DrawerAsked) -> Step:
    """Write down who opens it and why; it opens when that is safe."""
    user, reason = state.sign_in.user, event.reason.strip()
    if state.printing.opening or state.journal.head is None:
        return Step(state)
    if user is None or not may(user, Action.OPEN_DRAWER):
        return _printing(state, drawer_problem=NOT_YOU)
    if not state.preferences.drives_printer:
        return _printing(state, drawer_problem=NO_DRAWER)
    if not reason:
        return _printing(state, drawer_problem=NO_REASON)
    at = business(state)
    if isinstance(at, Jumped):
        return doubted(state, at)
    opened = DrawerOpened(at=at.at, reason=reason[:200], staff_id=user.id, staff_name=user.name)
    step = _printing(state, opening=event.fresh, drawer_problem="")
    return Step(step.state, (Record(event.fresh, Drawer(opened=opened)),))


def drawer_noted(state: State, event: Recorded) -> Step:
    """It is in the journal: now the drawer opens. What an earlier start wrote opens nothing."""
    if event.kept.header.id != state.printing.opening:
        return Step(state)
    noted = _printing(state, opening="").state
    return _busy(noted, DRAWER, _bytes(noted, DRAWER, opens_drawer=True))


def drawer_not_noted(state: State, why: str) -> Step:
    """Without its entry the drawer stays shut."""
    return _printing(state, opening="", drawer_problem=why)


HANDLERS: Handlers = {
    InvoicePrinted: invoice_printed,
    OrderPrinted: while_open(order_printed),
    ReportPrinted: while_open(report_printed),
    PagePrinted: page_printed,
    PrinterPicked: printer_picked,
    PrinterRefused: printer_refused,
    PrinterTried: printer_tried,
    PrinterAnswered: printer_answered,
    DrawerAsked: while_open(drawer_asked),
}
