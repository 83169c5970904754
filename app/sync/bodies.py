"""What is sealed inside an entry, by kind; these shapes are a disk format and only grow."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from app.domain import returning, shift
from app.domain.amendment import Correction
from app.domain.customer import Edit
from app.domain.money import Value
from app.domain.order import Order
from app.domain.session import Closed, Happening, Opened, Outcome, Sold
from app.domain.session import Why as Why
from app.sync.entry import Kind


class Sale(Value):
    kind: Literal["sale"] = "sale"
    order: Order


class Training(Value):
    """A sale made in training: it has its place in the journal, and is booked nowhere."""

    kind: Literal["training"] = "training"
    order: Order


class SessionOpened(Value):
    kind: Literal["session_opened"] = "session_opened"
    session_id: str
    at: AwareDatetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


class SessionClosed(Value):
    kind: Literal["session_closed"] = "session_closed"
    session_id: str
    at: AwareDatetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


class Reprint(Value):
    kind: Literal["reprint"] = "reprint"
    order_id: str
    number: str
    staff_id: str = ""
    staff_name: str = ""


class PaymentIntent(Value):
    """Money was taken, or asked for, in a sale that is still open: a split payment leaves a trace at once."""

    kind: Literal["payment_intent"] = "payment_intent"
    order_id: str
    tender_id: str
    amount: int
    reference: str = ""


class Clock(Value):
    """The device's clock jumped; a manager looked and let the sale go on."""

    kind: Literal["clock"] = "clock"
    before: AwareDatetime
    after: AwareDatetime
    staff_id: str = ""
    staff_name: str = ""


class Amended(Value):
    """A correction of an order: the original stays as it is, and both sides read it with this beside it."""

    kind: Literal["amended"] = "amended"
    order_id: str
    original: str
    """Digest of the entry that brought the order."""
    corrections: tuple[Correction, ...] = Field(min_length=1)
    reason: str
    staff_id: str
    staff_name: str


class CustomerChanged(Value):
    """A customer was written down or corrected here, field by field, on what was known of them."""

    kind: Literal["customer_changed"] = "customer_changed"
    customer_id: str
    base_revision: int
    """The revision that the edits were made on; 0 for a new customer."""
    edits: tuple[Edit, ...]
    staff_id: str = ""
    staff_name: str = ""


class Shift(Value):
    """The beginning or the end of a shift."""

    kind: Literal["shift"] = "shift"
    happened: Annotated[shift.Opened | shift.Closed, Field(discriminator="what")]


class Cash(Value):
    """Cash that was put into the drawer, or taken out, beside a sale."""

    kind: Literal["cash"] = "cash"
    moved: shift.Moved


class Drawer(Value):
    """The cash drawer was opened without a sale."""

    kind: Literal["drawer"] = "drawer"
    opened: shift.DrawerOpened


class CreditNote(Value):
    """Goods of a sale came back, and money went back for them, or counted towards another sale."""

    kind: Literal["credit_note"] = "credit_note"
    note: returning.CreditNote


class Void(Value):
    """A whole sale was taken back on its day; its number stays used."""

    kind: Literal["void"] = "void"
    void: returning.Voided


Body = (
    Sale
    | Training
    | SessionOpened
    | SessionClosed
    | Reprint
    | PaymentIntent
    | Clock
    | Amended
    | CustomerChanged
    | Shift
    | Cash
    | Drawer
    | CreditNote
    | Void
)

BODIES: dict[Kind, TypeAdapter[Body]] = {
    Kind.SALE: TypeAdapter(Sale),
    Kind.TRAINING: TypeAdapter(Training),
    Kind.SESSION_OPENED: TypeAdapter(SessionOpened),
    Kind.SESSION_CLOSED: TypeAdapter(SessionClosed),
    Kind.REPRINT: TypeAdapter(Reprint),
    Kind.PAYMENT_INTENT: TypeAdapter(PaymentIntent),
    Kind.CLOCK: TypeAdapter(Clock),
    Kind.AMENDED: TypeAdapter(Amended),
    Kind.CUSTOMER_CHANGED: TypeAdapter(CustomerChanged),
    Kind.SHIFT: TypeAdapter(Shift),
    Kind.CASH: TypeAdapter(Cash),
    Kind.DRAWER: TypeAdapter(Drawer),
    Kind.CREDIT_NOTE: TypeAdapter(CreditNote),
    Kind.VOID: TypeAdapter(Void),
}
"""The kinds that have a body today; an entry of another kind is kept and passed on unopened."""


def happening(body: Body | None, outcome: Outcome) -> Happening | None:
    """What an entry means for offline sessions; most entries mean nothing."""
    match body:
        case SessionOpened():
            return Opened(body.session_id, body.at, body.why, body.staff_id, body.staff_name)
        case SessionClosed():
            return Closed(body.session_id, body.at, body.why, body.staff_id, body.staff_name)
        case Sale(order=order) if order.offline:
            taken = tuple((payment.name, payment.amount) for payment in order.payments)
            return Sold(order.id, order.totals.total, outcome, taken)
        case _:
            return None


def in_shift(body: Body | None) -> shift.Happening | None:
    """What an entry means for shifts."""
    match body:
        case Shift(happened=happened):
            return happened
        case Cash(moved=moved):
            return moved
        case Drawer(opened=opened):
            return opened
        case Sale(order=order):
            return order
        case Amended():
            return shift.Corrections(body.order_id, body.corrections)
        case CreditNote() | Void():
            return given_back(body)
        case _:
            return None


def given_back(body: Body | None) -> returning.CreditNote | returning.Voided | None:
    """The return that an entry holds, if it holds one."""
    match body:
        case CreditNote(note=note):
            return note
        case Void(void=void):
            return void
        case _:
            return None
