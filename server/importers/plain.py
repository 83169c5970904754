"""A plain CSV: columns by name, in whatever words people use for them; `COLUMNS` is the whole mapping."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from server.importers import cells
from server.importers.reading import Item, Notes, Why
from server.importers.sheet import Row, Rows, Sheet
from server.importers.taxes import tax_class

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "product", "product name", "title", "item", "item name"),
    "handle": ("handle", "style", "style code", "design no.", "design no", "parent"),
    "brand": ("brand", "brand name", "vendor", "manufacturer"),
    "category": ("category", "department", "type"),
    "sub category": ("sub category", "subcategory"),
    "price": ("sale price", "selling price", "price", "price inr", "unit price", "mrp", "market price", "list price"),
    "sku": ("sku", "sku code", "code", "item code", "product code"),
    "item number": ("item number", "item no", "item no.", "id", "index", "source id"),
    "barcode": ("barcode", "bar code", "ean", "ean13", "gtin", "upc"),
    "size": ("size",),
    "colour": ("colour", "color"),
    "stock": ("stock", "quantity", "qty", "stock on hand", "stockonhand", "on hand", "inventory"),
    "hsn": ("hsn", "hsn code", "hsn/sac"),
    "tax class": ("tax class", "tax category", "taxcategory"),
    "unit": ("unit", "uom", "uqc"),
    "weighed": ("weighed", "sold by weight", "by weight"),
    "picture": ("picture", "image", "image url", "photo", "images", "assets"),
}
"""What we read, and what its column may be called; of several the first that holds something counts."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A row, asked by what we call things."""

    row: Row
    names: Mapping[str, tuple[str, ...]]

    def get(self, what: str) -> str:
        return self.row.get(*self.names[what])

    def text(self, what: str) -> str:
        return cells.text(self.get(what))


@dataclass(frozen=True, slots=True)
class _Prices:
    """The prices met so far of things that share a name and have no SKU.

    The same thing at another price is another pack, or stock bought at another MRP: it gets a number of its own.
    """

    met: dict[tuple[str, str], dict[int | None, int]] = field(default_factory=dict)

    def number(self, group: str, key: str, price: int | None) -> int:
        met = self.met.setdefault((group, key), {})
        return met.setdefault(price, len(met))


def recognises(sheet: Sheet) -> bool:
    """A name, and something to sell it by."""
    return _has(sheet, "name") and any(_has(sheet, what) for what in ("price", "sku", "barcode"))


def items(rows: Rows, notes: Notes) -> Iterator[Item]:
    prices = _Prices()
    present = {what: tuple(name for name in names if name in rows[0].columns) for what, names in COLUMNS.items()}
    for row in rows:
        record = _Record(row, present)
        if row.broken(*present["name"], *present["sku"]):
            notes.skip(row.line, Why.BROKEN)
        elif not record.text("name"):
            notes.skip(row.line, Why.NO_NAME)
        else:
            yield _item(record, prices, notes)


def _has(sheet: Sheet, what: str) -> bool:
    return any(sheet.has(name) for name in COLUMNS[what])


def _item(record: _Record, prices: _Prices, notes: Notes) -> Item:
    line = record.row.line
    name = notes.take(line, cells.name(record.get("name")))
    brand, sku, category = record.text("brand"), record.text("sku"), record.text("category")
    size, colour, unit = record.text("size"), record.text("colour"), cells.unit(record.get("unit"))
    price = notes.take(line, cells.price(record.get("price")))
    barcode, item_number = cells.codes(line, record.get("barcode"), record.get("item number"), notes)
    code = (sku or barcode or "").casefold()
    group = _group(record, name, brand, "" if size or colour else code)
    key = f"{size}\n{colour}\n{code}".casefold()
    return Item(
        line=line,
        group=group,
        key=key if code else f"{key}{prices.number(group, key, price)}",
        name=name,
        price=price,
        brand=brand,
        category=category,
        hsn=notes.take(line, cells.hsn(record.get("hsn"))),
        tax_class=record.get("tax class").casefold() or tax_class(record.text("sub category"), category),
        unit=unit,
        weighed=cells.truth(record.get("weighed")) or (unit == "KGS" and not record.get("weighed")),
        picture=record.get("picture"),
        sku=sku,
        item_number=item_number,
        barcode=barcode,
        size=size or None,
        colour=colour or None,
        stock=notes.take(line, cells.stock(record.get("stock"))),
    )


def _group(record: _Record, name: str, brand: str, code: str) -> str:
    """Return what makes rows one product: their handle, else their code, else name and brand."""
    handle = record.get("handle")
    if handle:
        return f"handle\n{handle}"
    if code:
        return f"code\n{code}"
    return f"name\n{name}\n{brand}".casefold()
