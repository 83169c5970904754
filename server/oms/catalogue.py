"""Products, their variants and their stock: how importers, the demo store and the back office write them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import Dataset
from server.oms.chunks import chunks
from server.oms.movements import Cause, note_sets
from server.oms.records import put, remove
from server.oms.revisions import take
from server.oms.stock import thousandths
from server.oms.tables import Stock, VariantRow
from server.oms.times import now

IMPORTED = Cause()


def put_products(session: Session, products: Sequence[Product]) -> int:
    """Write products; return how many were new or different. Ids decide what is the same product."""
    changed = set(put(session, Dataset.PRODUCTS, {product.id: product for product in products}))
    _put_variants(session, [product for product in products if product.id in changed])
    return len(changed)


def remove_products(session: Session, ids: Iterable[str]) -> int:
    """Take products out of the catalogue; their history stays."""
    gone = remove(session, Dataset.PRODUCTS, ids)
    for some in chunks(gone):
        session.execute(delete(VariantRow).where(VariantRow.product_id.in_(some)))
    return len(gone)


def put_rates(session: Session, rates: Sequence[TaxRate]) -> int:
    """Write tax rates; class and first day name one."""
    return len(put(session, Dataset.RATES, {rate.key: rate for rate in rates}))


def put_stock(session: Session, counts: Mapping[str, Decimal], cause: Cause = IMPORTED) -> int:
    """Set how many there are of each variant, and note why; return how many counts were new or different."""
    present = _stock_of(session, counts)
    wanted = {key: thousandths(count) for key, count in counts.items()}
    changed = [key for key, count in wanted.items() if key not in present or present[key].quantity != count]
    first, at = take(session, "revision", len(changed)), now()
    before = {key: row.quantity for key, row in present.items()}
    note_sets(session, {key: wanted[key] - before.get(key, 0) for key in changed}, cause, at)
    new: list[dict[str, object]] = []
    for revision, key in enumerate(changed, start=first):
        if key in present:
            row = present[key]
            row.quantity, row.revision, row.at = wanted[key], revision, at
        else:
            new.append({"variant_id": key, "quantity": wanted[key], "included": "{}", "revision": revision, "at": at})
    session.flush()
    if new:
        session.execute(insert(Stock), new)
    return len(changed)


def variants_by_sku(session: Session, skus: Iterable[str]) -> dict[str, VariantRow]:
    """Find variants by SKU, for importers that have nothing else to know a product by."""
    found: dict[str, VariantRow] = {}
    for some in chunks(skus):
        query = select(VariantRow).where(VariantRow.sku.in_(some))
        found.update((row.sku, row) for row in session.scalars(query))
    return found


def _put_variants(session: Session, products: Sequence[Product]) -> None:
    sold: dict[str, int] = {}
    for some in chunks(product.id for product in products):
        theirs = VariantRow.product_id.in_(some)
        rows = session.execute(select(VariantRow.id, VariantRow.sold).where(theirs))
        sold.update(dict(rows.all()))
        session.execute(delete(VariantRow).where(theirs))
    new = [
        {
            "id": variant.id,
            "product_id": product.id,
            "sku": variant.sku,
            "barcode": variant.barcode,
            "sold": sold.get(variant.id, 0),
        }
        for product in products
        for variant in product.variants
    ]
    if new:
        session.execute(insert(VariantRow), new)


def _stock_of(session: Session, ids: Iterable[str]) -> dict[str, Stock]:
    found: dict[str, Stock] = {}
    for some in chunks(ids):
        query = select(Stock).where(Stock.variant_id.in_(some))
        found.update((row.variant_id, row) for row in session.scalars(query))
    return found
