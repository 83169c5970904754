"""Magento's product export: configurable products name the simple ones that are their variants."""

from collections.abc import Iterator
from dataclasses import replace

from server.importers import cells
from server.importers.options import size_and_colour
from server.importers.reading import Item, Notes, Why
from server.importers.sheet import Row, Rows, Sheet
from server.importers.taxes import tax_class

KINDS_WITHOUT_PRICE = ("grouped", "bundle")


def recognises(sheet: Sheet) -> bool:
    return sheet.has("sku", "product type", "name", "price", "configurable variations")


def items(rows: Rows, notes: Notes) -> Iterator[Item]:
    parents = {sku: row for row in rows for sku in _variations(row)}
    present = {row.get("sku") for row in rows}
    for row in rows:
        kind = row.get("product type")
        if row.broken("name", "sku"):
            notes.skip(row.line, Why.BROKEN)
        elif kind in KINDS_WITHOUT_PRICE:
            notes.skip(row.line, Why.GROUPED)
        elif kind == "configurable":
            if present.isdisjoint(_variations(row)):
                notes.skip(row.line, Why.NO_VARIATIONS)
        elif not cells.text(parents.get(row.get("sku"), row).get("name")):
            notes.skip(row.line, Why.NO_NAME)
        else:
            yield _item(row, parents.get(row.get("sku"), row), notes)


def _variations(row: Row) -> dict[str, list[tuple[str, str]]]:
    """Read "sku=A,size=S,color=Red|sku=B,…" into options by SKU."""
    found: dict[str, list[tuple[str, str]]] = {}
    for variation in row.get("configurable variations").split("|"):
        (_, _, sku), *options = [pair.partition("=") for pair in variation.split(",")]
        if sku:
            found[sku] = [(name, cells.text(value)) for name, _, value in options]
    return found


def _item(row: Row, parent: Row, notes: Notes) -> Item:
    head = _head(row, parent, notes)
    sku = row.get("sku")
    size, colour = size_and_colour(_variations(parent).get(sku, []))
    return replace(
        head,
        key="" if row is parent else sku,
        price=_price(row, notes),
        sku=cells.text(sku),
        size=size,
        colour=colour,
        stock=notes.take(row.line, cells.stock(row.get("qty"))),
    )


def _head(row: Row, parent: Row, notes: Notes) -> Item:
    category = cells.text(parent.get("categories").partition(",")[0].rpartition("/")[2])
    return Item(
        line=row.line,
        group=parent.get("sku"),
        key="",
        name=notes.take(row.line, cells.name(parent.get("name"))),
        price=None,
        category=category,
        tax_class=tax_class(category),
        picture=parent.get("base image"),
    )


def _price(row: Row, notes: Notes) -> int | None:
    special = row.get("special price")
    if special and row.get("special price from date", "special price to date"):
        notes.warn(row.line, Why.DATED_PRICE)
        special = ""
    return notes.take(row.line, cells.price(special or row.get("price")))
