"""The whole state of the register: one frozen value, one slice for each part of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.account import Account
from app.domain.cart import Cart
from app.domain.customer import Customer
from app.domain.draft import Draft
from app.domain.extension import Extension
from app.domain.order import Order
from app.domain.payment import Tender
from app.domain.preferences import Preferences
from app.domain.promotion import Promotion
from app.domain.returning import Exchange
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.tax import TaxRate
from app.domain.voucher import Voucher
from app.sync.e_invoice import EInvoice
from app.sync.status import EnrolNeed, Registered
from app.till.slices.asking import Asked
from app.till.slices.bargain import Bargain
from app.till.slices.browse import Browse as Browse
from app.till.slices.browse import Choice as Choice
from app.till.slices.browse import Override as Override
from app.till.slices.browse import Tile as Tile
from app.till.slices.cards import CardAttempt as CardAttempt
from app.till.slices.cards import Cards
from app.till.slices.checkout import Checkout as Checkout
from app.till.slices.clock import ClockDoubt as ClockDoubt
from app.till.slices.connection import Connection as Connection
from app.till.slices.customers import Customers
from app.till.slices.editing import Editing
from app.till.slices.formers import Formers
from app.till.slices.journal import Journal as Journal
from app.till.slices.journal import Kept as Kept
from app.till.slices.links import Links
from app.till.slices.live import Live
from app.till.slices.news import PriceNews
from app.till.slices.orders import LookingBack
from app.till.slices.parking import Parking
from app.till.slices.printing import Printing, Quick
from app.till.slices.recovering import Recovering
from app.till.slices.returning import Desk as ReturnDesk
from app.till.slices.sessions import SessionFilter
from app.till.slices.shift import ShiftDesk
from app.till.slices.syncing import SyncList
from app.till.slices.upkeep import Upkeep


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
    RETURN = "return"
    CREDIT_NOTE = "credit_note"
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
    vouchers: Mapping[str, Voucher] = field(default_factory=dict)
    """By code, as the OMS has them."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """House accounts by the id of their customer, as the OMS has them."""


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """What the open image holds; the products themselves stay in SQLite."""

    products: int
    categories: tuple[tuple[str, int], ...]
    rates: tuple[TaxRate, ...]
    made_at: datetime
    generation: int
    """Grows with each image or change applied, so that open results are asked for again."""
    version: str = ""
    """The first letters of the image's hash."""


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
    bargain: Bargain | None = None
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
    sync_list: SyncList = field(default_factory=SyncList)
    journal: Journal = field(default_factory=Journal)
    connection: Connection = field(default_factory=Connection)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    """Questions to the OMS without an answer, by id."""
    backs: ReturnDesk = field(default_factory=ReturnDesk)
    exchange: Exchange | None = None
    """What comes back in the same payment as the open sale."""
    shift: ShiftDesk = field(default_factory=ShiftDesk)
    preferences: Preferences = field(default_factory=Preferences)
    printing: Printing = field(default_factory=Printing)
    quick: Quick = field(default_factory=Quick)
    toast: Toast | None = None
    trouble: str = ""
    """A sentence about something that went wrong and is not a refusal: what happened, what is safe, what to do."""
    stopped: str = ""
    upkeep: Upkeep = field(default_factory=Upkeep)
    recovering: Recovering = field(default_factory=Recovering)
    formers: Formers = field(default_factory=Formers)
    refreshed_at: datetime | None = None
    """When the courier was asked last to look whether anything is new."""
    links: Links = field(default_factory=Links)
    cards: Cards = field(default_factory=Cards)
    live: Live | None = None
    editing: Editing | None = None
    training: bool = False
    """Sales made now are practice."""
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
