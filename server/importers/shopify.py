"""Shopify's product export: rows of one handle are the variants of a product; rows without price are pictures."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from server.importers import cells
from server.importers.options import size_and_colour
from server.importers.reading import Item, Notes, Why
from server.importers.sheet import Row, Rows, Sheet
from server.importers.taxes import EXEMPT, tax_class

# each column under the name of the old export, then of the new one
HANDLE = ("handle", "url handle")
PRICE = ("variant price", "price")
SKU = ("variant sku", "sku")
STOCK = ("variant inventory qty", "inventory quantity")
TRACKER = ("variant inventory tracker", "inventory tracker")
BARCODE = ("variant barcode", "barcode")
TAXABLE = ("variant taxable", "charge tax")
PICTURE = ("image src", "product image url")
OPTIONS = (1, 2, 3)


def recognises(sheet: Sheet) -> bool:
    return sheet.has("title", "option1 name", "option1 value") and any(sheet.has(name) for name in HANDLE)


def items(rows: Rows, notes: Notes) -> Iterator[Item]:
    """Yield a variant for each row that is one; a product that is left out is noted row by row."""
    ordered = sorted(rows, key=_handle)  # stable: the rows of a handle may lie apart
    for handle, group in groupby(ordered, key=_handle):
        own = tuple(group)
        why = _left_out(handle, own[0])
        if why is None:
            yield from _variants(handle, own, notes)
        else:
            for row in own:
                notes.skip(row.line, why)


def _handle(row: Row) -> str:
    return row.get(*HANDLE)


def _left_out(handle: str, first: Row) -> Why | None:
    if first.broken(*HANDLE, "title"):
        return Why.BROKEN
    if not handle:
        return Why.NO_HANDLE
    if not cells.text(first.get("title")):
        return Why.NO_NAME
    if first.get("status").casefold() in ("draft", "archived"):
        return Why.DRAFT
    return Why.GIFT_CARD if cells.truth(first.get("gift card")) else None


def _variants(handle: str, rows: Rows, notes: Notes) -> Iterator[Item]:
    head = _head(handle, rows, notes)
    names = tuple(rows[0].get(f"option{number} name") for number in OPTIONS)
    for row in rows:
        if row.broken(*SKU):
            notes.skip(row.line, Why.BROKEN)
        elif row is rows[0] or row.get(*PRICE, *SKU, "option1 value"):
            yield _variant(head, names, row, notes)


def _head(handle: str, rows: Rows, notes: Notes) -> Item:
    """Read what the first row says about all of them."""
    first = rows[0]
    pictures = sorted((_position(row), row.line, row.get(*PICTURE)) for row in rows if row.get(*PICTURE))
    category = cells.text(first.get("type", "product type") or first.get("product category").rpartition(">")[2])
    return Item(
        line=first.line,
        group=handle,
        key="",
        name=notes.take(first.line, cells.name(first.get("title"))),
        price=None,
        brand=cells.text(first.get("vendor")),
        category=category,
        tax_class=EXEMPT if first.get(*TAXABLE).casefold() == "false" else tax_class(category),
        picture=pictures[0][2] if pictures else "",
    )


def _variant(head: Item, names: tuple[str, ...], row: Row, notes: Notes) -> Item:
    values = tuple(cells.text(row.get(f"option{number} value")) for number in OPTIONS)
    size, colour = size_and_colour(zip(names, values, strict=True))
    barcode, item_number = cells.codes(row.line, row.get(*BARCODE), "", notes)
    counted = notes.take(row.line, cells.stock(row.get(*STOCK))) if row.get(*TRACKER) else None
    return replace(
        head,
        line=row.line,
        key=" / ".join(values),
        price=notes.take(row.line, cells.price(row.get(*PRICE))),
        sku=cells.text(row.get(*SKU)),
        item_number=item_number,
        barcode=barcode,
        size=size,
        colour=colour,
        stock=counted,
    )


def _position(row: Row) -> int:
    text = row.get("image position")
    return int(text) if text.isascii() and text.isdigit() else len(row.cells)
