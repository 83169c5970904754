"""Orders as the OMS holds them: the list with its filters, and one of them whole."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.money import Value
from app.domain.order import Order
from server.oms.tables import OrderRow

MAX_PAGE = 500


class OrderSummary(Value):
    """A line of the list."""

    id: str
    order_number: str
    number: str
    register: str
    at: datetime
    business_day: date
    total: int
    offline: bool
    staff_name: str
    customer: str
    state: str
    why: str


class OrderList(Value):
    """One page of orders, newest first, with the count and the sum of all that the filters let through."""

    orders: tuple[OrderSummary, ...]
    count: int
    total: int


class OrderDetail(Value):
    """An order whole, and the entry that brought it."""

    summary: OrderSummary
    digest: str
    seq: int
    order: Order


@dataclass(frozen=True, slots=True)
class Filters:
    """Which orders are wanted; what is None does not filter."""

    since: date | None = None
    until: date | None = None
    register: str | None = None
    state: str | None = None
    text: str | None = None


def list_orders(session: Session, filters: Filters, limit: int, offset: int) -> OrderList:
    """Return a page of orders."""
    wanted = _conditions(filters)
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(OrderRow.total), 0)).select_from(OrderRow).where(*wanted)
    ).one()
    query = select(OrderRow).where(*wanted).order_by(OrderRow.at.desc(), OrderRow.id).limit(limit).offset(offset)
    return OrderList(orders=tuple(_summary(row) for row in session.scalars(query)), count=count, total=int(total))


def order_detail(session: Session, order_id: str) -> OrderDetail | None:
    """Return an order, or nothing."""
    row = session.get(OrderRow, order_id)
    if row is None:
        return None
    return OrderDetail(
        summary=_summary(row), digest=row.digest, seq=row.seq, order=Order.model_validate_json(row.value)
    )


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.since:
        conditions.append(OrderRow.business_day >= filters.since)
    if filters.until:
        conditions.append(OrderRow.business_day <= filters.until)
    if filters.register:
        conditions.append(OrderRow.register == filters.register)
    if filters.state:
        conditions.append(OrderRow.state == filters.state)
    if filters.text:
        fields = OrderRow.number, OrderRow.order_number, OrderRow.customer, OrderRow.staff_name, OrderRow.id
        conditions.append(or_(*(field.icontains(filters.text, autoescape=True) for field in fields)))
    return conditions


def _summary(row: OrderRow) -> OrderSummary:
    return OrderSummary(**{name: getattr(row, name) for name in OrderSummary.model_fields})
