"""Live stock: what this store and the others count of a variant at this moment."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.sync.online import LiveStock, StockElsewhere
from server.oms.stock import quantity, thousandths
from server.oms.tables import Stock, VariantRow
from server.oms.tables_online import OtherStock, OtherStore


def live_stock(session: Session, sku: str, at: datetime) -> LiveStock | None:
    """Count a variant everywhere; nothing for a SKU that is not in the catalogue."""
    variant = session.scalars(select(VariantRow).where(VariantRow.sku == sku)).first()
    if variant is None:
        return None
    here = session.get(Stock, variant.id)
    query = (
        select(OtherStore.code, OtherStore.name, OtherStock.quantity)
        .join(OtherStock, OtherStock.store == OtherStore.code)
        .where(OtherStock.variant_id == variant.id)
        .order_by(OtherStore.position, OtherStore.code)
    )
    elsewhere = session.execute(query).all()
    return LiveStock(
        sku=sku,
        variant_id=variant.id,
        here=quantity(here.quantity) if here else None,
        elsewhere=tuple(
            StockElsewhere(store=code, name=name, quantity=quantity(count)) for code, name, count in elsewhere
        ),
        at=at,
    )


def put_other_store(session: Session, code: str, name: str, position: int, counts: Mapping[str, Decimal]) -> None:
    """Write another store and what it counts: how importers and the demo fill it in."""
    session.merge(OtherStore(code=code, name=name, position=position))
    session.execute(delete(OtherStock).where(OtherStock.store == code))
    rows = [{"variant_id": key, "store": code, "quantity": thousandths(count)} for key, count in counts.items()]
    if rows:
        session.execute(insert(OtherStock), rows)
