"""Vendure's product file: a row with a name opens a product, the nameless rows after it are its variants."""

from collections.abc import Iterator
from dataclasses import replace

from server.importers import cells
from server.importers.options import size_and_colour
from server.importers.reading import Item, Notes, Why
from server.importers.sheet import Row, Rows, Sheet
from server.importers.taxes import tax_class


def recognises(sheet: Sheet) -> bool:
    return sheet.has("name", "slug", "optiongroups", "optionvalues", "sku", "price")


def items(rows: Rows, notes: Notes) -> Iterator[Item]:
    head: Item | None = None
    groups: list[str] = []
    for row in rows:
        if row.get("name"):
            head, groups = _head(row, notes), row.get("optiongroups").split("|")
        if row.broken("name", "sku"):
            notes.skip(row.line, Why.BROKEN)
        elif head is None or not head.name:
            notes.skip(row.line, Why.NO_NAME)
        else:
            yield _variant(head, groups, row, notes)


def _head(row: Row, notes: Notes) -> Item:
    facets = [facet.partition(":") for facet in row.get("facets").split("|")]
    categories = [value for kind, _, value in facets if kind == "category"]
    brands = [value for kind, _, value in facets if kind == "brand"]
    category = cells.text(categories[0] if categories else "")
    return Item(
        line=row.line,
        group=row.get("slug", "name"),
        key="",
        name=notes.take(row.line, cells.name(row.get("name"))),
        price=None,
        brand=cells.text(brands[0] if brands else ""),
        category=category,
        tax_class=row.get("taxcategory").casefold() or tax_class(category),
        picture=row.get("assets").partition("|")[0],
    )


def _variant(head: Item, groups: list[str], row: Row, notes: Notes) -> Item:
    values = [cells.text(value) for value in row.get("optionvalues").split("|")]
    size, colour = size_and_colour(zip(groups, values, strict=False))
    return replace(
        head,
        line=row.line,
        key=" / ".join(values),
        price=notes.take(row.line, cells.price(row.get("price"))),
        sku=cells.text(row.get("sku")),
        size=size,
        colour=colour,
        stock=notes.take(row.line, cells.stock(row.get("stockonhand"))),
    )
