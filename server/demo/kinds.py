"""What the demo store sells, as tables of words: each row becomes several products.

A row holds name, HSN, tax class, least price in rupees, picture, and words that tell one product from the next.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goods:
    """A row: one sort of thing, in several kinds, by several brands."""

    name: str
    category: str
    hsn: str
    tax_class: str
    price: int
    picture: str
    kinds: tuple[str, ...]
    sizes: tuple[str, ...] = ()
    unit: str = "PCS"
    weighed: bool = False


def rows(category: str, table: str, *, sizes: tuple[str, ...] = (), weighed: bool = False) -> tuple[Goods, ...]:
    """Read a table: name | HSN | tax class | rupees | picture | kinds | sizes, one sort of thing a line."""
    goods: list[Goods] = []
    for line in table.strip().splitlines():
        name, hsn, tax_class, price, picture, kinds, *own = (cell.strip() for cell in line.split("|"))
        packs = tuple(own[0].split(", ")) if own else sizes
        unit = "KGS" if weighed else "PCS"
        words = tuple(kinds.split(", "))
        goods.append(Goods(name, category, hsn, tax_class, int(price), picture, words, packs, unit, weighed))
    return tuple(goods)
