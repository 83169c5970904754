"""The formats that are understood, and the one door to reading a product file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from server.importers import magento, plain, shopify, vendure, woocommerce
from server.importers.assembling import assemble
from server.importers.reading import Item, Notes, Reading, Remark, Unreadable
from server.importers.sheet import Rows, Sheet, open_sheet, read_rows


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    recognises: Callable[[Sheet], bool]
    items: Callable[[Rows, Notes], Iterator[Item]]


FORMATS = (
    Format("Shopify", shopify.recognises, shopify.items),
    Format("WooCommerce", woocommerce.recognises, woocommerce.items),
    Format("Magento", magento.recognises, magento.items),
    Format("Vendure", vendure.recognises, vendure.items),
    Format("plain CSV", plain.recognises, plain.items),
)
"""The first that recognises the heading reads the file; plain is last, it asks for least."""


def read_products(path: Path) -> Reading | Unreadable:
    """Read a product file: every good row becomes a variant, every other row a remark."""
    notes = Notes()
    sheet = open_sheet(path, notes)
    if isinstance(sheet, Unreadable):
        return sheet
    form = next((form for form in FORMATS if form.recognises(sheet)), None)
    if form is None:
        return _unknown(path, sheet)
    rows = read_rows(sheet, notes)
    if isinstance(rows, Unreadable):
        return rows
    products = assemble(form.items(rows, notes), form.name, notes)
    return Reading(form.name, products, _in_order(notes.skipped), _in_order(notes.warnings))


def _unknown(path: Path, sheet: Sheet) -> Unreadable:
    return Unreadable(
        f"{path.name} is not a product file that we know. Nothing was changed. It needs the columns of a Shopify, "
        "WooCommerce, Magento or Vendure export, or at least a name and one of price, SKU and barcode; "
        f"it has: {', '.join(list(sheet.columns)[:12]) or 'none'}."
    )


def _in_order(remarks: list[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.line))
