"""From items to products: repeats dropped, SKUs and labels told apart, placeholders found, ids made of names.

An id is made of the format and of what the file calls the thing, so the same file gives the same ids for ever.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import count
from statistics import median_low

from app.domain.barcode import canonical
from app.domain.money import format_money, format_plain
from app.domain.product import Product, Variant
from server.importers.reading import Item, Notes, Stocked, Why
from server.importers.taxes import by_price

TIMES_THE_MEDIAN = 100
PLACEHOLDER = re.compile(r"10{5,}\.00|9{5,}\.(00|99)")
"""What people type where there is no price; so far above the middle of its file it is believed to be that."""


def assemble(items: Iterable[Item], source: str, notes: Notes) -> tuple[Stocked, ...]:
    """Make products of items, in the order in which the file first names them."""
    kept = _own_skus(_real_prices(_without_repeats(items, notes), notes), source, notes)
    _doubt_barcodes(kept, notes)
    groups: dict[str, list[Item]] = {}
    for item in kept:
        groups.setdefault(item.group, []).append(item)
    made = [_product(group, _told_apart(members), source) for group, members in groups.items()]
    return tuple(sorted(made, key=lambda product: product.line))


def _without_repeats(items: Iterable[Item], notes: Notes) -> list[Item]:
    first: dict[tuple[str, str], Item] = {}
    for item in items:
        earlier = first.setdefault((item.group, item.key), item)
        if earlier is not item:
            same = (earlier.name.casefold(), earlier.price) == (item.name.casefold(), item.price)
            notes.skip(item.line, Why.REPEAT if same else Why.TAKEN, f"line {earlier.line}")
    return list(first.values())


def _real_prices(items: Sequence[Item], notes: Notes) -> list[Item]:
    prices = [item.price for item in items if item.price is not None]
    limit = median_low(prices) * TIMES_THE_MEDIAN if prices else 0
    return [_real_price(item, limit, notes) for item in items]


def _real_price(item: Item, limit: int, notes: Notes) -> Item:
    if item.price is None or item.price < limit or not PLACEHOLDER.fullmatch(format_plain(item.price)):
        return item
    notes.warn(item.line, Why.PLACEHOLDER, format_money(item.price))
    return replace(item, price=None)


def _own_skus(items: Sequence[Item], source: str, notes: Notes) -> list[Item]:
    """Give each item a SKU of its own: the file's, the file's with a number behind it, or one made of its id."""
    everyone = {item.sku.casefold() for item in items}
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}
    result: list[Item] = []
    for item in items:
        sku = item.sku or f"SO-{_id(source, item.group, item.key)[:10].upper()}"
        if sku.casefold() in taken:
            notes.warn(item.line, Why.SHARED_SKU, sku)
            later = numbers.setdefault(sku.casefold(), count(2))  # goes on where the last one stopped
            own = (f"{sku}-{number}" for number in later)
            sku = next(each for each in own if each.casefold() not in taken and each.casefold() not in everyone)
        taken.add(sku.casefold())
        result.append(item if sku == item.sku else replace(item, sku=sku))
    return result


def _doubt_barcodes(items: Sequence[Item], notes: Notes) -> None:
    """Name what shares a barcode; it stays on all of them, for only who holds the thing can tell which it is."""
    taken: set[str] = set()
    for item in items:
        if item.barcode is not None:
            code = canonical(item.barcode)
            if code in taken:
                notes.warn(item.line, Why.SHARED_BARCODE, item.barcode)
            taken.add(code)


def _told_apart(members: Sequence[Item]) -> list[Item]:
    """Add the price, or else the SKU, to the size of variants that nobody could choose between."""
    alike: dict[tuple[str | None, str | None], list[Item]] = {}
    for item in members:
        alike.setdefault((item.size, item.colour), []).append(item)
    return [_named(item, alike[item.size, item.colour]) for item in members]


def _named(item: Item, alike: Sequence[Item]) -> Item:
    if len(alike) == 1:
        return item
    prices = {twin.price for twin in alike}
    by_price = len(prices) == len(alike) and item.price is not None
    mark = format_money(item.price) if by_price and item.price is not None else item.sku
    return replace(item, size=f"{item.size} / {mark}" if item.size else mark)


def _product(group: str, members: Sequence[Item], source: str) -> Stocked:
    head = members[0]
    product = Product(
        id=_id(source, group),
        name=head.name,
        brand=head.brand,
        category=head.category,
        hsn=head.hsn,
        tax_class=by_price(head.tax_class, max(item.price or 0 for item in members)),
        unit=head.unit,
        weighed=head.weighed,
        variants=tuple(_variant(item, source) for item in members),
    )
    pairs = zip(product.variants, members, strict=True)
    counted = tuple((variant.id, item.stock) for variant, item in pairs if item.stock is not None)
    return Stocked(product=product, stock=counted, picture=head.picture, line=head.line)


def _variant(item: Item, source: str) -> Variant:
    return Variant(
        id=_id(source, item.group, item.key),
        sku=item.sku,
        item_number=item.item_number,
        barcode=item.barcode,
        size=item.size,
        colour=item.colour,
        price=item.price,
    )


def _id(*parts: str) -> str:
    # no text of a file holds the separator: NUL bytes are removed before it is read
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
