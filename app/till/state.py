"""The whole state of the register: one frozen value, one slice for each part of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from app.domain.cart import Cart
from app.domain.customer import Customer
from app.domain.delivery import Arrangement
from app.domain.draft import Draft
from app.domain.extension import Extension
from app.domain.order import Fulfilment, Order
from app.domain.payment import Payment, PaymentLink, Tender
from app.domain.product import Product
from app.domain.promotion import Promotion
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.tax import TaxRate
from app.sync.bodies import Body
from app.sync.e_invoice import EInvoice
from app.sync.entry import Header
from app.sync.journal import Head
from app.sync.protocol import Verdict
from app.sync.status import EnrolNeed, FolderState, LinkStatus, Progress, Registered, Synced
from app.till.slices.asking import Asked
from app.till.slices.clock import ClockDoubt as ClockDoubt
from app.till.slices.coupon import CouponEntry
from app.till.slices.customers import Customers
from app.till.slices.editing import Editing
from app.till.slices.links import Links
from app.till.slices.live import Live
from app.till.slices.news import PriceNews
from app.till.slices.orders import LookingBack
from app.till.slices.parking import Parking
from app.till.slices.sessions import SessionFilter
from app.till.slices.shift import ShiftDesk


class Screen(StrEnum):
    STARTING = "starting"
    ENROL = "enrol"
    SIGN_IN = "sign_in"
    SELL = "sell"
    CHECKOUT = "checkout"
    SAVED = "saved"
    CUSTOMERS = "customers"
    CUSTOMER = "customer"
    ORDERS = "orders"
    ORDER = "order"
    SHIFT = "shift"
    SETTINGS = "settings"
    STATUS = "status"
    STOPPED = "stopped"
    """Another tab took over, or the journal is damaged: nothing can be written here."""


@dataclass(frozen=True, slots=True)
class People:
    """What the changes brought about people and settings."""

    staff: tuple[StaffMember, ...] = ()
    tenders: tuple[Tender, ...] = ()
    customers: tuple[Customer, ...] = ()
    settings: Settings | None = None
    promotions: tuple[Promotion, ...] = ()
    extensions: tuple[Extension, ...] = ()
    customers_revision: int = 0
    """The newest change of a customer that is here."""


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """What the open image holds; the products themselves stay in SQLite."""

    products: int
    categories: tuple[tuple[str, int], ...]
    rates: tuple[TaxRate, ...]
    made_at: datetime
    generation: int
    """Grows with each image or change applied, so that open results are asked for again."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A product as the grid shows it, and how many of each variant may still be sold."""

    product: Product
    available: Mapping[str, Decimal]
    """By variant id: last-synced stock less local sales; a variant without a row is not limited."""


@dataclass(frozen=True, slots=True)
class SignIn:
    user: StaffMember | None = None
    chosen: str = ""
    checking: bool = False
    wrong: Mapping[str, int] = field(default_factory=dict)
    """Wrong PINs in a row, by staff id; kept in `local`, so that a reload does not forget."""
    wait_until: Mapping[str, datetime] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The dialog that asks for size and colour, or for a weight."""

    tile: Tile
    variant_id: str = ""
    weight: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """More is wanted than the stock says: a manager's PIN lets it pass."""

    variant_id: str
    name: str
    wanted: Decimal
    available: Decimal
    line_index: int | None = None
    """The cart line whose quantity changes, or none for a new line of `tile`."""
    tile: Tile | None = None
    checking: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Browse:
    text: str = ""
    category: str = ""
    tiles: tuple[Tile, ...] = ()
    asked: int = 0
    """Number of the newest question: an older answer is dropped."""
    choice: Choice | None = None
    override: Override | None = None
    notice: str = ""
    looking_up: bool = False
    """The next product that is touched or scanned is looked at, not sold."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Paying for the cart; `payments` were taken and are in the draft on disk."""

    order_id: str
    opened_at: datetime
    payments: tuple[Payment, ...] = ()
    tender_id: str = ""
    amount: str = ""
    reference: str = ""
    customer: Customer | None = None
    customer_open: bool = False
    customer_sought: str = ""
    """What the dialog is searched for."""
    customer_typed: Customer | None = None
    """What was typed into the dialog and is not right yet."""
    fulfilment: Fulfilment = Fulfilment.SELF_PICKUP
    delivery: Arrangement = field(default_factory=Arrangement)
    link: PaymentLink | None = None
    """What the customer may be paying now, on their own phone."""
    sales_employee: str = ""
    notes: str = ""
    coupon: CouponEntry = field(default_factory=CouponEntry)
    agreed: tuple[Promotion, ...] | None = None
    """The promotions as they were when the first money was taken: the price that the customer agreed to."""
    problem: str = ""
    awaiting: tuple[Payment, ...] | None = None
    """What will have been taken once the draft is on disk; until then a new payment does not count."""
    saving: bool = False
    """The sale is being written to the journal: nothing may be changed."""

    @property
    def keeping(self) -> bool:
        """A payment is being written to the draft."""
        return self.awaiting is not None


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is in the journal, opened; `body` is None where this version does not know the kind."""

    header: Header
    digest: str
    body: Body | None
    in_folder: bool = False


@dataclass(frozen=True, slots=True)
class Journal:
    head: Head | None = None
    kept: tuple[Kept, ...] = ()
    """The entries this screen needs, oldest first."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """By digest."""
    sending: frozenset[str] = frozenset()
    """Digests that the courier is sending now."""

    def order(self, order_id: str) -> Order | None:
        """Return the order of a sale in the journal."""
        for kept in reversed(self.kept):
            order = getattr(kept.body, "order", None)
            if order is not None and order.id == order_id:
                return order  # type: ignore[no-any-return]
        return None


@dataclass(frozen=True, slots=True)
class Connection:
    link: LinkStatus = field(default_factory=LinkStatus)
    manual: bool = False
    auto_sync: bool = True
    folder: FolderState = FolderState.NONE
    folder_name: str = ""
    missing_in_folder: int = 0
    synced: Synced = field(default_factory=Synced)
    progress: Progress | None = None
    session_id: str | None = None
    """The offline session that is open, as the journal has it."""
    recording_session: bool = False
    """Its beginning or end is being written."""
    catching_up: bool = False
    """Back after an outage, with entries still to send."""
    synced_at: datetime | None = None
    """When the last waiting entry got its verdict: "All synced" is shown shortly after it."""
    popup: bool = False
    """The readiness popup of the blue cloud is open."""
    persisted: bool = False
    free_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class State:
    screen: Screen = Screen.STARTING
    now: datetime | None = None
    """Time of the newest event, UTC."""
    registered: Registered | None = None
    enrol: EnrolNeed = EnrolNeed.NOTHING
    people: People = field(default_factory=People)
    catalogue: CatalogueInfo | None = None
    sign_in: SignIn = field(default_factory=SignIn)
    browse: Browse = field(default_factory=Browse)
    cart: Cart = field(default_factory=Cart)
    news: PriceNews = field(default_factory=PriceNews)
    extras_of: str = ""
    """The key of the line whose extras are being chosen."""
    draft_id: str = ""
    checkout: Checkout | None = None
    found_draft: Draft | None = None
    """A sale that a crash left open: offered again after sign-in."""
    more_drafts: tuple[Draft, ...] = ()
    """Further ones, offered after it."""
    parking: Parking = field(default_factory=Parking)
    clock: ClockDoubt | None = None
    """The dialog that asks a manager about the date: heading, both times, PIN; event ClockConfirmed."""
    clock_trusted: bool = False
    """A manager confirmed the date since the start: the OMS's other opinion does not stop sales again."""
    saved: Order | None = None
    """The sale just made; its invoice is on the screen."""
    printed: frozenset[str] = frozenset()
    """Orders whose paper went out since the start: once more is a reprint."""
    opened_order: str = ""
    customers: Customers = field(default_factory=Customers)
    looking_back: LookingBack = field(default_factory=LookingBack)
    session_filter: SessionFilter = field(default_factory=SessionFilter)
    journal: Journal = field(default_factory=Journal)
    connection: Connection = field(default_factory=Connection)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    """Questions to the OMS without an answer, by id."""
    shift: ShiftDesk = field(default_factory=ShiftDesk)
    toast: Toast | None = None
    trouble: str = ""
    """A sentence about something that went wrong and is not a refusal: what happened, what is safe, what to do."""
    stopped: str = ""
    links: Links = field(default_factory=Links)
    live: Live | None = None
    editing: Editing | None = None
    language: str = ""
    """What was chosen at this register, by its tag; empty follows the store."""
    e_invoices: Mapping[str, EInvoice] = field(default_factory=dict)
    """What the OMS said about orders that need an IRN, by order; asked again when one is opened."""
    e_invoice_asked_at: datetime | None = None
    locked: bool = False
    """Nothing but a PIN is listened to; everything stands as it was."""
    touched_at: datetime | None = None
    """When a person did something last."""
    cart_open: bool = False
    """On a phone the cart is a bar that opens."""
