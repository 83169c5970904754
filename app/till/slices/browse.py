"""What is looked for and chosen on the screen where products are sold."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.product import Product


@dataclass(frozen=True, slots=True)
class Tile:
    """A product as the grid shows it, and how many of each variant may still be sold."""

    product: Product
    available: Mapping[str, Decimal]
    """By variant id: last-synced stock less local sales; a variant without a row is not limited."""


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
