"""What a register prefers: how it prints, what it offers first; kept on this device, and nobody else's business."""

from enum import StrEnum

from pydantic import Field, ValidationError

from app.domain.money import Value
from app.domain.order import Fulfilment

MOST_QUICK = 24
"""Quick buttons at most: more would push the products off the screen."""
SPEEDS = (9600, 19200, 38400, 115200)
"""What receipt printers on a serial line are set to, in bits a second."""


class Paper(StrEnum):
    """What an invoice is printed on."""

    AUTO = "auto"
    """As the printer says."""
    MM58 = "58"
    MM80 = "80"
    A5 = "a5"
    A4 = "a4"

    @property
    def width(self) -> int | None:
        """Of a strip, in millimetres; a sheet has none here."""
        return int(self) if self in {Paper.MM58, Paper.MM80} else None


class Layout(StrEnum):
    """How products stand on the selling screen."""

    TILES = "tiles"
    LIST = "list"


class Size(StrEnum):
    """How large they are."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Preferences(Value):
    """The POS settings of one register."""

    paper: Paper = Paper.AUTO
    printer: str = ""
    """The receipt printer that was granted, by its name; empty prints with the browser."""
    speed: int = Field(default=SPEEDS[0], ge=1, le=10**6)
    """Of a printer on a serial line."""
    copies: int = Field(default=1, ge=1, le=3)
    """Receipts that the receipt printer gives for each sale."""
    prints_itself: bool = False
    """Print as soon as a sale is saved."""
    opens_drawer: bool = False
    """Open the cash drawer when a sale was paid in cash."""
    layout: Layout = Layout.TILES
    size: Size = Size.MEDIUM
    quick: tuple[str, ...] = Field(default=(), max_length=MOST_QUICK)
    """Products that stand as buttons above the others, by id."""
    tenders: tuple[str, ...] = ()
    """Payment methods in the order of this register, by id; those that are not named follow in the store's."""
    hidden: frozenset[str] = frozenset()
    """Payment methods that are not offered here, by id."""
    delivers: bool = True
    """Whether Delivery is offered here."""
    fulfilment: Fulfilment = Fulfilment.SELF_PICKUP
    """What a checkout begins with."""

    @property
    def drives_printer(self) -> bool:
        """Whether receipts go to a receipt printer, and not through the browser's print."""
        return bool(self.printer)


def read_preferences(text: str) -> Preferences:
    """Read what the device kept; what is damaged, or of a version that knew more, counts as not chosen."""
    try:
        return Preferences.model_validate_json(text)
    except ValidationError:
        return Preferences()


def with_choice(preferences: Preferences, name: str, value: str) -> Preferences | None:
    """One of the simple settings as a page says it; None where it is none, or cannot have that value."""
    if name not in CHOICES:
        return None
    try:
        return Preferences.model_validate(preferences.model_dump() | {name: value}, strict=False)
    except ValidationError:
        return None


CHOICES = frozenset(
    {"paper", "speed", "copies", "prints_itself", "opens_drawer", "delivers", "fulfilment", "layout", "size"}
)
"""Settings that are one value each."""


def moved(ids: tuple[str, ...], one: str, by: int) -> tuple[str, ...]:
    """Move one of a row by some places; at the end of the row it stays there."""
    if one not in ids:
        return ids
    others = [each for each in ids if each != one]
    others.insert(min(max(ids.index(one) + by, 0), len(others)), one)
    return tuple(others)
