"""What comes out of a product file: products with their stock, and a remark for everything that was not plain."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.product import Product

T = TypeVar("T")


class Why(StrEnum):
    """What is said about a line; the words stand after "line 7: "."""

    # left out
    NO_NAME = "it has no name"
    BROKEN = "its name, SKU or handle is a spreadsheet error such as #REF!"
    REPEAT = "it repeats an earlier line"
    TAKEN = "its SKU is taken by an earlier line with another name or price"
    WIDE = "it has more cells than the heading, so its columns may be shifted"
    CUT = "the file ends in the middle of it"
    UNCLOSED = "a quotation mark is opened in it and never closed; nothing after it was read"
    NO_HANDLE = "it belongs to no product: its handle is empty"
    DRAFT = "it is a draft or archived there"
    GIFT_CARD = "it is a gift card, which is a tender here and not a product"
    GROUPED = "it is a group of other products, without a price of its own"
    EXTERNAL = "it is sold by another shop"
    NO_PARENT = "it is a variation of a product that is not in the file"
    NO_VARIATIONS = "it is a variable product without variations"
    IN_STORE = "its SKU belongs to another product of the store"
    # imported, with a doubt
    ENCODING = "the file is not UTF-8 and was read as Windows-1252; look at the accents"
    NULS = "NUL bytes were removed from the file"
    NO_PRICE = "it has no price and cannot be sold until it has one"
    ZERO_PRICE = "its price is 0; it cannot be sold until it has one"
    NEGATIVE_PRICE = "its price is negative; it cannot be sold until it has one"
    NOT_A_PRICE = "its price is not an amount; it cannot be sold until it has one"
    PLACEHOLDER = "its price looks like a placeholder; it cannot be sold until it has one"
    DATED_PRICE = "its sale price holds only between dates; the regular price was taken"
    NEGATIVE_STOCK = "its stock is negative and was taken as 0"
    NOT_STOCK = "its stock is not a number and is not counted"
    BAD_BARCODE = "its barcode is not a valid GTIN; it is kept as the item number unless it has one"
    SHARED_BARCODE = "its barcode stands on an earlier line too; a scan will ask which of them it is"
    SHARED_SKU = "its SKU stands on an earlier line too; it got a number behind it"
    LONG_NAME = "its name was cut to 500 characters"
    BAD_HSN = "its HSN code is not 2, 4, 6 or 8 digits and was dropped"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one line of the file; line 0 is the file as a whole."""

    line: int
    why: Why
    detail: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.why}{f' ({self.detail})' if self.detail else ''}"


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What a cell was read as, and the doubt about it."""

    value: T
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with a SKU, as the file tells it; items of one group are variants of one product.

    `group` and `key` are the same on every import of the same thing: its ids are made of them.
    """

    line: int
    group: str
    key: str
    name: str
    price: int | None
    brand: str = ""
    category: str = ""
    hsn: str = ""
    tax_class: str = "standard"
    unit: str = "PCS"
    weighed: bool = False
    picture: str = ""
    sku: str = ""
    item_number: str = ""
    barcode: str | None = None
    size: str | None = None
    colour: str | None = None
    stock: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Stocked:
    """A product, how many of each variant the file counts, and where its picture is."""

    product: Product
    stock: tuple[tuple[str, Decimal], ...]
    """Variant id and quantity; a variant that the file does not count is not in it."""
    picture: str
    """An address or a file's name; empty where there is none."""
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was understood."""

    format: str
    products: tuple[Stocked, ...]
    skipped: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was not, and the sentence for the person who named it."""

    why: str


@dataclass(slots=True)
class Notes:
    """Collects the remarks while a file is read."""

    skipped: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def skip(self, line: int, why: Why, detail: str = "") -> None:
        self.skipped.append(Remark(line, why, detail))

    def warn(self, line: int, why: Why, detail: str = "") -> None:
        self.warnings.append(Remark(line, why, detail))

    def take(self, line: int, cell: Cell[T]) -> T:
        """Return a cell's value, and remember the doubt about it."""
        if cell.why is not None:
            self.warn(line, cell.why)
        return cell.value
