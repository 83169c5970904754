"""The report of goods that came and went, each movement with its cause."""

from collections.abc import Mapping
from dataclasses import dataclass

import htpy as h
from sqlalchemy import SelectBase, select
from sqlalchemy.orm import Session

from app.domain.product import Product
from app.sync.protocol import Dataset
from server.office import parts
from server.office.doors import to
from server.office.lists import Asked, Column, Filter, Found, Listing
from server.office.records import holds
from server.office.sums import Period
from server.oms.chunks import chunks
from server.oms.movements import CORRECTION, IMPORT, RETURN, SALE, Movement, Wanted, movements, sums, with_sku
from server.oms.records import find
from server.oms.tables import Record, VariantRow

CAUSES = {SALE: "Sold", RETURN: "Returned", CORRECTION: "Corrected", IMPORT: "Imported"}
"""What people read; a cause that is not here is shown as it is kept."""
FILTERS = (Filter("cause", "Cause", tuple(CAUSES.items())),)


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement with what its goods are called."""

    movement: Movement
    name: str
    sku: str


def _cause(each: Moved) -> str:
    return CAUSES.get(each.movement.cause, each.movement.cause)


def _about(each: Moved) -> h.Node:
    moved = each.movement
    return parts.link(to("orders", moved.order_id), moved.about) if moved.order_id else moved.about


def _signed(each: Moved) -> h.Node:
    return f"{'+' if each.movement.quantity > 0 else ''}{parts.count(each.movement.quantity)}"


LISTING: Listing[Moved] = Listing(
    "Reports",
    "reports",
    (
        Column("When", lambda each: parts.when(each.movement.at), tight=True),
        Column("Product", lambda each: each.name),
        Column("SKU", lambda each: each.sku),
        Column("Cause", _cause),
        Column("Document or person", lambda each: each.movement.about, _about),
        Column("Why", lambda each: each.movement.why),
        Column("Register", lambda each: each.movement.register),
        Column("Quantity", lambda each: parts.count(each.movement.quantity), _signed, number=True),
    ),
    search="Name, SKU or barcode",
    icon="package-open",
)


def moved(session: Session, wanted: Asked, period: Period) -> tuple[Found[Moved], h.Element]:
    """A page of movements, and what they come to by cause."""
    text, cause = wanted["text"], wanted["cause"] if wanted["cause"] in CAUSES else ""
    asked = Wanted(period.since, period.until, period.register, cause, _meant(text) if text else None)
    by_cause = sums(session, asked)
    rows = movements(session, asked, wanted.limit, wanted.offset)
    names = _names(session, {row.variant_id for row in rows})
    found = [Moved(row, *names.get(row.variant_id, (row.variant_id, ""))) for row in rows]
    told = [
        f"{CAUSES.get(each, each)}: {'+' if total > 0 else ''}{parts.count(total)} in {parts.many(count, 'movement')}"
        for each, (count, total) in by_cause.items()
    ]
    return Found(found, sum(count for count, _ in by_cause.values())), h.p(".quiet")["; ".join(told)]


def _meant(text: str) -> SelectBase:
    named = select(VariantRow.id).join(Record, Record.id == VariantRow.product_id)
    return with_sku(text).union(named.where(Record.dataset == Dataset.PRODUCTS.value, holds(text, "name")))


def _names(session: Session, variants: set[str]) -> Mapping[str, tuple[str, str]]:
    """Name and SKU of each variant; what has left the catalogue has neither."""
    found: dict[str, tuple[str, str]] = {}
    for some in chunks(variants):
        owners = dict(
            session.execute(select(VariantRow.id, VariantRow.product_id).where(VariantRow.id.in_(some))).all()
        )
        rows = find(session, Dataset.PRODUCTS, set(owners.values()))
        products = {key: Product.model_validate_json(row.value) for key, row in rows.items() if not row.gone}
        for variant_id, product_id in owners.items():
            if product := products.get(product_id):
                variant = product.variant(variant_id)
                name = " · ".join(part for part in (product.name, variant.label) if part)
                found[variant_id] = name, variant.sku
    return found
