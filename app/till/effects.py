"""What the world is asked to do, as data, in the imperative; the runner does it and answers with events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.card import ProcessorKey
from app.domain.draft import Draft
from app.domain.escpos import Row
from app.domain.table import Table
from app.sync.bodies import Body
from app.sync.pruning import Old
from app.sync.questions import Question
from app.till.folder_effects import AboutFolder as AboutFolder
from app.till.folder_effects import KeepSpare as KeepSpare
from app.till.folder_effects import LookForFolder as LookForFolder
from app.till.folder_effects import MendFolder as MendFolder
from app.till.recovery_effects import AboutLost as AboutLost
from app.till.recovery_effects import ForgetFormers as ForgetFormers
from app.till.recovery_effects import LookAtLost as LookAtLost
from app.till.recovery_effects import LookAtSpare as LookAtSpare
from app.till.recovery_effects import ReadLost as ReadLost


@dataclass(frozen=True, slots=True)
class Search:
    """Ask the catalogue; answered by Found with the same number."""

    text: str
    category: str
    asked: int


@dataclass(frozen=True, slots=True)
class FindCode:
    """Look a scanned code up; answered by CodeFound or CodeUnknown."""

    code: str


@dataclass(frozen=True, slots=True)
class ShowProduct:
    """Fetch a product with its stock; answered by ProductShown."""

    product_id: str


@dataclass(frozen=True, slots=True)
class CheckStock:
    """Ask how many of a variant may still be sold; answered by StockChecked."""

    variant_id: str
    wanted: Decimal
    line_index: int


@dataclass(frozen=True, slots=True)
class CheckPrices:
    """Ask what variants cost now; answered by PricesChecked."""

    variant_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Check a PIN against a member of staff; answered by PinChecked."""

    staff_id: str
    pin: str
    purpose: str
    """"sign_in", "override", "clock", "cash", "card", "reset" or "recovery"."""


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Write the open sale down; answered by DraftKept, or by NotKept."""

    draft: Draft
    payment_id: str = ""
    """The payment that counts as taken once this is durable."""


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget a sale that nobody paid for."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class Companion:
    """An entry that stands before another one and is written with it, in one transaction: both or neither."""

    id: str
    body: Body
    prefix: str


@dataclass(frozen=True, slots=True)
class Record:
    """Append an entry to the journal: number, seal, IndexedDB (strict), folder; answered by Recorded or NotRecorded.

    Where `prefix` is given the entry takes the series' next number on `day`, and the body's empty number is
    filled with it. With a companion, each of the two is answered by Recorded, the companion first.
    """

    id: str
    body: Body
    prefix: str | None = None
    day: date | None = None
    draft_id: str | None = None
    companion: Companion | None = None


@dataclass(frozen=True, slots=True)
class KeepLocal:
    """Write a small setting of this device; the courier is told to look."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TellCourier:
    """Wake the courier: a word of the channel, such as "sync"."""

    word: str


@dataclass(frozen=True, slots=True)
class ReadOlder:
    """Open what the start has left for later, answered by OlderRead; or all of one shift, answered by ShiftRead."""

    shift_id: str = ""
    places: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class CheckJournal:
    """Check what the start has not read of the journal, beside the work; answered by JournalBroken at damage."""


@dataclass(frozen=True, slots=True)
class PruneJournal:
    """Remove the oldest entries that may go, unless the OMS was restored; answered by JournalPruned if any did."""

    old: Old
    epoch: str


@dataclass(frozen=True, slots=True)
class LookAtStorage:
    """Ask how much room there is; answered by StorageSeen."""


@dataclass(frozen=True, slots=True)
class LookAtDevice:
    """Look up what runs here and what the last bugs were; answered by DeviceSeen."""


@dataclass(frozen=True, slots=True)
class ExportWaiting:
    """Give out the lines of the journal that have no verdict, one a line; answered by WaitingGiven."""

    name: str


@dataclass(frozen=True, slots=True)
class BeginAnew:
    """Make a place for a new register, with settings by name as they are kept or given; answered by AnewBegun."""

    names: frozenset[str]
    texts: Mapping[str, str]
    enrolment: str


@dataclass(frozen=True, slots=True)
class ResetLocal:
    """Forget these drafts and write the wish for a reset down, at once; answered by ResetWritten."""

    id: str
    drafts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """Give a file to the person."""

    name: str
    kind: str
    """Its media type."""
    data: bytes


@dataclass(frozen=True, slots=True)
class DownloadEntries:
    """Give a table to the person as CSV, with a last column that holds the exact bytes of an entry for each row."""

    table: Table
    digests: tuple[str, ...]
    """Of the entries, in the order of the rows."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the OMS through the courier; answered by Answered. Each question has an id of its own."""

    id: str
    question: Question


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Let the terminal read and seal a card; answered by CardRead or CardNotRead."""

    payment_id: str
    amount: int
    hours: int
    """So long the processor takes it."""
    card: str
    key: ProcessorKey


@dataclass(frozen=True, slots=True)
class SendToPrinter:
    """Send to the receipt printer; answered by PrinterAnswered with the same job."""

    job: str
    rows: tuple[Row, ...] = ()
    """What is printed; nothing where only the drawer is opened."""
    width: int = 80
    """Of its paper, millimetres."""
    copies: int = 1
    speed: int = 9600
    opens_drawer: bool = False


@dataclass(frozen=True, slots=True)
class LookAtPrinter:
    """Ask whether the receipt printer is there; answered by PrinterSeen."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """Print an order's invoice, which is drawn, with the browser; answered by PagePrinted."""

    order_id: str


@dataclass(frozen=True, slots=True)
class ShowQuick:
    """Fetch the products of the quick buttons; answered by QuickShown."""

    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeekQuick:
    """Ask the catalogue for a product that is to have a quick button; answered by QuickFound."""

    text: str


@dataclass(frozen=True, slots=True)
class FindGoods:
    """Ask which variants bear a code, to find what was sold; answered by GoodsFound."""

    code: str


ProductQuestion = Search | FindCode | ShowProduct | CheckStock | CheckPrices | ShowQuick | SeekQuick | FindGoods
"""What the catalogue answers at once."""
Effect = (
    ProductQuestion
    | CheckPin
    | KeepDraft
    | DropDraft
    | Record
    | KeepLocal
    | TellCourier
    | AboutFolder
    | ReadOlder
    | CheckJournal
    | PruneJournal
    | LookAtStorage
    | LookAtDevice
    | ExportWaiting
    | ResetLocal
    | BeginAnew
    | AboutLost
    | Ask
    | Download
    | DownloadEntries
    | ReadCard
    | SendToPrinter
    | LookAtPrinter
    | PrintPage
)
