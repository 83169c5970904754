"""WooCommerce's product export: simple products, and variations that name their parent in rows of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from server.importers import cells
from server.importers.options import size_and_colour
from server.importers.reading import Item, Notes, Why
from server.importers.sheet import Row, Rows, Sheet
from server.importers.taxes import EXEMPT, tax_class

BARCODE = ("gtin, upc, ean, or isbn", "meta: barcode", "meta: ean", "meta: gtin")
HSN = ("meta: hsn", "meta: hsn code", "hsn")
ATTRIBUTES = (1, 2, 3)


def recognises(sheet: Sheet) -> bool:
    return sheet.has("type", "sku", "name", "regular price")


def items(rows: Rows, notes: Notes) -> Iterator[Item]:
    """Yield simple products and variations; of a variable product only its variations are sold."""
    parents = {name: row for row in rows if "variable" in _kinds(row) for name in _names(row)}
    used = {id(parents.get(row.get("parent"))) for row in rows if "variation" in _kinds(row)}
    for row in rows:
        why = _left_out(row, parents, used)
        if why is not None:
            notes.skip(row.line, why)
        elif "variation" in _kinds(row):
            yield _item(row, parents[row.get("parent")], notes)
        elif "variable" not in _kinds(row):
            yield _item(row, row, notes)


def _kinds(row: Row) -> tuple[str, ...]:
    """Split a type such as "simple, downloadable, virtual"."""
    return tuple(kind.strip() for kind in row.get("type").casefold().split(","))


def _names(row: Row) -> tuple[str, ...]:
    """What a variation may call this row by: its SKU, or its number."""
    return tuple(name for name in (row.get("sku"), f"id:{row.get('id')}") if name)


def _left_out(row: Row, parents: Mapping[str, Row], used: set[int]) -> Why | None:
    kinds = _kinds(row)
    if row.broken("name", "sku", "parent"):
        return Why.BROKEN
    if row.get("published") == "-1":
        return Why.DRAFT
    if "grouped" in kinds:
        return Why.GROUPED
    if "external" in kinds:
        return Why.EXTERNAL
    if "variation" in kinds:
        return _orphan(row, parents)
    if not cells.text(row.get("name")):
        return Why.NO_NAME
    return Why.NO_VARIATIONS if "variable" in kinds and id(row) not in used else None


def _orphan(row: Row, parents: Mapping[str, Row]) -> Why | None:
    parent = parents.get(row.get("parent"))
    if parent is None:
        return Why.NO_PARENT
    return _left_out(parent, parents, {id(parent)})


def _item(row: Row, parent: Row, notes: Notes) -> Item:
    head = _head(row, parent, notes)
    pairs = [(row.get(f"attribute {n} name"), row.get(f"attribute {n} value(s)")) for n in ATTRIBUTES]
    options = [(name, cells.text(value)) for name, value in pairs]
    # what a simple product lists as attributes describes it; only a variation chooses
    size, colour = (None, None) if row is parent else size_and_colour(options)
    barcode, item_number = cells.codes(row.line, row.get(*BARCODE), "", notes)
    return replace(
        head,
        price=_price(row, notes),
        sku=cells.text(row.get("sku")),
        item_number=item_number,
        barcode=barcode,
        size=size,
        colour=colour,
        stock=notes.take(row.line, cells.stock(_counted(row))),
    )


def _head(row: Row, parent: Row, notes: Notes) -> Item:
    category = cells.text(parent.get("categories").partition(",")[0].rpartition(">")[2])
    untaxed = (row.get("tax status") or parent.get("tax status")).casefold() == "none"
    name = cells.name(parent.get("name"))
    return Item(
        line=row.line,
        group=parent.get("id", "sku", "name"),
        key="" if row is parent else row.get("id", "sku", "name"),
        name=notes.take(row.line, name),
        price=None,
        brand=cells.text(parent.get("brands", "brand")),
        category=category,
        hsn=notes.take(row.line, cells.hsn(row.get(*HSN) or parent.get(*HSN))),
        tax_class=EXEMPT if untaxed else tax_class(category),
        picture=parent.get("images").partition(",")[0].strip(),
    )


def _price(row: Row, notes: Notes) -> int | None:
    sale = row.get("sale price")
    if sale and row.get("date sale price starts", "date sale price ends"):
        notes.warn(row.line, Why.DATED_PRICE)
        sale = ""
    return notes.take(row.line, cells.price(sale or row.get("regular price")))


def _counted(row: Row) -> str:
    """A row without a count says at least whether there is any."""
    return row.get("stock") or ("0" if row.get("in stock?") == "0" else "")
