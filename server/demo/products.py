"""Makes the demo store's products out of its word tables; the same ones each time."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.money import portion, round_to
from app.domain.product import Product, Variant
from server.demo import apparel, grocery, home
from server.demo.kinds import Goods

BRANDS_EACH = {"apparel": 3, "grocery": 3, "home": 4}
COLOURS_EACH = 3
TINTS = len(apparel.COLOURS)
"""Pictures have as many tints as clothes have colours, in the same order."""
NATURAL = {"fruit": (2, 4, 7), "banana": (4,), "carrot": (4,), "nuts": (1,), "loaf": (1,)}
"""Shapes that look odd in any other tint."""
FIRST_ITEM = 10_001
"""Item numbers have five digits: a label of the scale has room for no more."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What becomes a product: a sort of goods in one kind by one brand."""

    goods: Goods
    kind: str
    brand: str
    colours: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.kind} {self.goods.name}"


def picture_key(thing: Thing) -> tuple[str, int]:
    """Name the picture of a thing: a shape in one of a few tints."""
    shape = thing.goods.picture
    if thing.colours:
        return shape, apparel.COLOURS.index(thing.colours[0])
    tints = NATURAL.get(shape, range(TINTS))
    return shape, tints[mark(thing.goods.name, thing.kind) % len(tints)]


def mark(*words: str) -> int:
    """Turn words into a number that is the same on every machine: a choice that looks like chance."""
    return zlib.crc32("/".join(words).encode())


def things() -> tuple[Thing, ...]:
    """Everything the store sells, well mixed, so that any page of it shows a bit of all."""
    everything = [
        *_things("apparel", apparel.GOODS, apparel.BRANDS),
        *_things("grocery", grocery.GOODS, grocery.BRANDS),
    ]
    everything += _things("home", home.GOODS, home.BRANDS)
    return tuple(sorted(everything, key=lambda thing: mark(thing.brand, thing.name)))


def make_products(pictures: Mapping[tuple[str, int], str]) -> tuple[Product, ...]:
    """Make the products; ids run in the order of `things`."""
    codes = _barcodes()
    items = iter(range(FIRST_ITEM, FIRST_ITEM + 90_000))
    return tuple(
        _product(f"p{turn:04d}", thing, pictures.get(picture_key(thing)), codes, items)
        for turn, thing in enumerate(things(), start=1)
    )


def opening_stock(products: tuple[Product, ...]) -> dict[str, Decimal]:
    """Give every variant a count: mostly enough, now and then few, once in a while none."""
    counts: dict[str, Decimal] = {}
    for product in products:
        for variant in product.variants:
            chance = mark("stock", variant.sku)
            pieces = 0 if chance % 40 == 0 else 1 + chance % 5 if chance % 9 == 0 else 12 + chance % 140
            counts[variant.id] = Decimal(pieces) + (Decimal(chance % 1000) / 1000 if product.weighed and pieces else 0)
    return counts


def ean13(digits: str) -> str:
    """Add the check digit to twelve digits."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _things(department: str, goods: tuple[Goods, ...], brands: tuple[str, ...]) -> Iterator[Thing]:
    for row in goods:
        for kind in row.kinds:
            first = mark(row.name, kind)
            for turn in range(1 if row.weighed else BRANDS_EACH[department]):
                brand = "" if row.weighed else brands[(first + turn) % len(brands)]
                yield Thing(row, kind, brand, _colours(first + turn) if department == "apparel" else ())


def _colours(start: int) -> tuple[str, ...]:
    count = len(apparel.COLOURS)
    return tuple(apparel.COLOURS[(start + step * 3) % count] for step in range(COLOURS_EACH))


def _product(product_id: str, thing: Thing, picture: str | None, codes: Iterator[str], items: Iterator[int]) -> Product:
    goods = thing.goods
    return Product(
        id=product_id,
        name=thing.name,
        brand=thing.brand,
        category=goods.category,
        hsn=goods.hsn,
        tax_class=goods.tax_class,
        unit=goods.unit,
        weighed=goods.weighed,
        picture=picture,
        variants=tuple(_variants(product_id, thing, codes, items)),
    )


def _variants(product_id: str, thing: Thing, codes: Iterator[str], items: Iterator[int]) -> Iterator[Variant]:
    goods = thing.goods
    turn = 0
    for place, size in enumerate(goods.sizes or ("",)):
        for colour in thing.colours or ("",):
            turn += 1
            yield Variant(
                id=f"{product_id}-{turn}",
                sku=f"{goods.picture[:3].upper()}-{product_id[1:]}-{turn:02d}",
                item_number=str(next(items)),
                barcode=None if goods.weighed else next(codes),
                size=size or None,
                colour=colour or None,
                price=_price(thing, place),
            )


def _price(thing: Thing, place: int) -> int:
    """Rupees in paise; a brand is a little dearer than the next, a larger pack costs more (letters do not)."""
    goods = thing.goods
    dearer = 100 + mark(thing.brand, thing.name) % 30
    packs = bool(goods.sizes) and goods.sizes[0][0].isdigit() and not thing.colours
    larger = 100 + 80 * place if packs else 100
    return round_to(portion(goods.price * 100, dearer * larger, 100 * 100), 100)


def _barcodes() -> Iterator[str]:
    """EAN-13 in the range that GS1 leaves to stores; 28 and 29 stay free for labels of the scale."""
    for number in range(1, 10**9):
        yield ean13(f"20{number:010d}")
