"""How products stand on the screen of this register."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    TILES = "tiles"
    LIST = "list"


class Size(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Display:
    layout: Layout = Layout.TILES
    size: Size = Size.MEDIUM
