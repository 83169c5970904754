"""Writes what was read into the catalogue, in one transaction; what is the same gets no new revision."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import Dataset
from server.importers.reading import Remark, Stocked, Why
from server.oms.catalogue import put_products, put_stock, variants_by_sku
from server.oms.chunks import CHUNK
from server.oms.movements import Cause
from server.oms.records import find, read_all
from server.oms.stock import thousandths
from server.oms.tables import Stock


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import did to the catalogue."""

    products: int
    """In the catalogue now, changed or not."""
    variants: int
    changed: int
    counted: int
    """Stock counts that were written."""
    left: int
    """Stock counts that differ from the books and were left as the books have them."""
    skipped: tuple[Remark, ...]
    without_rate: Mapping[str, int]
    """Tax classes for which the store has no rate, with the number of products."""


def store(session: Session, products: Sequence[Stocked], *, recount: bool, file: str = "") -> Stored:
    """Write products and their stock. The books know about sales, so a count that they have is left to them."""
    clashes = _clashes(session, products)
    free = [stocked for stocked in products if stocked.product.id not in clashes]
    counts = {key: quantity for stocked in free for key, quantity in stocked.stock}
    books = _books(session, counts)
    fresh = counts if recount else {key: count for key, count in counts.items() if key not in books}
    kept = _with_pictures(session, free)
    return Stored(
        products=len(kept),
        variants=sum(len(product.variants) for product in kept),
        changed=put_products(session, kept),
        counted=put_stock(session, fresh, Cause(why=file)),
        left=sum(key not in fresh and books[key] != thousandths(count) for key, count in counts.items()),
        skipped=tuple(
            Remark(stocked.line, Why.IN_STORE, clashes[stocked.product.id])
            for stocked in products
            if stocked.product.id in clashes
        ),
        without_rate=_without_rate(session, kept),
    )


def _clashes(session: Session, products: Sequence[Stocked]) -> dict[str, str]:
    """Find the products that would give a SKU of the store a second meaning, each with that SKU."""
    owners = {variant.sku: stocked.product.id for stocked in products for variant in stocked.product.variants}
    rows = variants_by_sku(session, owners)
    return {owners[sku]: sku for sku, row in rows.items() if row.product_id != owners[sku]}


def _books(session: Session, counts: Mapping[str, Decimal]) -> dict[str, int]:
    wanted = list(counts)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(Stock.variant_id, Stock.quantity).where(Stock.variant_id.in_(wanted[start : start + CHUNK]))
        found.update((row.variant_id, row.quantity) for row in session.execute(query))
    return found


def _with_pictures(session: Session, products: Sequence[Stocked]) -> list[Product]:
    """Keep the picture that a product has where its new one could not be had: the network may be away today."""
    lost = [stocked.product.id for stocked in products if stocked.picture and stocked.product.picture is None]
    rows = find(session, Dataset.PRODUCTS, lost)
    pictures = {key: Product.model_validate_json(row.value).picture for key, row in rows.items()}
    return [
        product.model_copy(update={"picture": pictures[product.id]}) if product.id in pictures else product
        for product in (stocked.product for stocked in products)
    ]


def _without_rate(session: Session, products: Sequence[Product]) -> dict[str, int]:
    known = {rate.tax_class for rate in read_all(session, Dataset.RATES, TaxRate)}
    return dict(Counter(product.tax_class for product in products if product.tax_class not in known))
