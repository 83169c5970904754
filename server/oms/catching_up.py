"""Orders read a few at a time: for reports that need all of an order, and once for orders older than the reports."""

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.order import Order
from server.oms.chunks import chunks
from server.oms.database import Database
from server.oms.following import amendments_of, corrected_by
from server.oms.sales import of_order, write
from server.oms.tables import OrderRow
from server.oms.tables_reports import SaleDocument

AT_ONCE = 200
"""Orders that are in memory together."""


def orders_read(session: Session, ids: Collection[str]) -> Iterator[Order]:
    """Orders as they read with their corrections, a few at a time."""
    for some in chunks(ids, AT_ONCE):
        amended = amendments_of(session, some)
        for row in session.scalars(select(OrderRow).where(OrderRow.id.in_(some)).order_by(OrderRow.at)):
            yield corrected_by(session, row, amended.get(row.id, []))


def catch_up(database: Database) -> int:
    """Write the orders that were booked before there were reports in SQL; return how many there were."""
    missing = select(OrderRow.id).outerjoin(SaleDocument, SaleDocument.id == OrderRow.id)
    with database.read() as session:
        ids = session.scalars(missing.where(SaleDocument.id.is_(None))).all()
    for some in chunks(ids, AT_ONCE):
        with database.write() as session:
            write(session, [of_order(order) for order in orders_read(session, some)])
    return len(ids)
