"""Orders as the OMS holds them: the list with its filters, and one of them whole."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.money import Value
from app.domain.order import Order
from app.domain.returning import CreditNote, Voided
from app.sync.bodies import Amended
from app.sync.cards import CardState
from server.oms.card_jobs import describe, jobs_of, unpaid
from server.oms.delivery import Due, delivery_of
from server.oms.findings import open_orders
from server.oms.following import amendments_of, read_with
from server.oms.returns import returns_of, standings
from server.oms.tables import AmendmentRow, OrderRow
from server.oms.together import among

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
    computed: int | None = None
    """The total that the OMS computes, where the register charged another one."""
    corrected: bool = False
    standing: str = ""
    """ "Partly returned", "Returned" or "Void"; empty where nothing has come back."""


class OrderList(Value):
    """One page of orders, newest first, with the count and the sum of all that the filters let through."""

    orders: tuple[OrderSummary, ...]
    count: int
    total: int


class Amendment(Value):
    """A correction, as the register made it."""

    at: datetime
    correction: Amended
    applied: bool
    """False where it names another entry than the one that brought the order, or does not fit what was paid."""


class OrderDetail(Value):
    """An order whole as it was made, the entry that brought it, and how it reads with its corrections."""

    summary: OrderSummary
    digest: str
    seq: int
    order: Order
    amendments: tuple[Amendment, ...] = ()
    corrected: Order | None = None
    delivery: Due | None = None
    description: str = ""
    """What is to be known of it, such as why a card was refused."""
    unpaid: int = 0
    """What refused cards leave to be paid, minor units."""
    to_process: int = 0
    """What stored cards hold that the processor has not decided about."""
    notes: tuple[CreditNote, ...] = ()
    void: Voided | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which orders are wanted; what is None does not filter."""

    since: date | None = None
    until: date | None = None
    register: str | None = None
    state: str | None = None
    text: str | None = None
    attention: bool = False
    """Only those that a person still has to look at."""


def list_orders(
    session: Session, filters: Filters, limit: int, offset: int, *, attention_first: bool = False
) -> OrderList:
    """Return a page of orders."""
    wanted = _conditions(filters)
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(OrderRow.total), 0)).select_from(OrderRow).where(*wanted)
    ).one()
    newest = OrderRow.at.desc(), OrderRow.id
    order = (OrderRow.id.in_(open_orders()).desc(), *newest) if attention_first else newest
    query = select(OrderRow).where(*wanted).order_by(*order).limit(limit).offset(offset)
    rows = session.scalars(query).all()
    ids = [row.id for row in rows]
    amended, stands = amendments_of(session, ids), standings(session, ids)
    orders = tuple(_summary(row, row.id in amended, stands.get(row.id, "")) for row in rows)
    return OrderList(orders=orders, count=count, total=int(total))


def order_detail(session: Session, order_id: str) -> OrderDetail | None:
    """Return an order, or nothing."""
    row = session.get(OrderRow, order_id)
    if row is None:
        return None
    rows, cards = amendments_of(session, [order_id]).get(order_id, []), jobs_of(session, order_id)
    backs = returns_of(session, [order_id]).get(order_id, [])
    reads = read_with(session, row, rows)
    return OrderDetail(
        summary=_summary(row, bool(rows), standings(session, [order_id]).get(order_id, "")),
        digest=row.digest,
        seq=row.seq,
        order=Order.model_validate_json(row.value),
        amendments=tuple(_amendment(one, applied=one.digest not in reads.passed_over) for one in rows),
        corrected=reads.order if rows else None,
        delivery=delivery_of(session, order_id),
        description=describe(cards),
        unpaid=unpaid(cards),
        to_process=sum(job.amount for job in cards if job.state == CardState.WAITING.value),
        notes=tuple(each for each in backs if isinstance(each, CreditNote)),
        void=next((each for each in backs if isinstance(each, Voided)), None),
    )


def _amendment(one: AmendmentRow, *, applied: bool) -> Amendment:
    return Amendment(at=one.at, correction=Amended.model_validate_json(one.value), applied=applied)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.since:
        conditions.append(OrderRow.business_day >= filters.since)
    if filters.until:
        conditions.append(OrderRow.business_day <= filters.until)
    if filters.register:
        conditions.append(among(OrderRow.register, filters.register))
    if filters.state:
        conditions.append(OrderRow.state == filters.state)
    if filters.attention:
        conditions.append(OrderRow.id.in_(open_orders()))
    if filters.text:
        fields = OrderRow.number, OrderRow.order_number, OrderRow.customer, OrderRow.staff_name, OrderRow.id
        conditions.append(or_(*(field.icontains(filters.text, autoescape=True) for field in fields)))
    return conditions


def _summary(row: OrderRow, corrected: bool, stands: str) -> OrderSummary:
    own = OrderSummary.model_fields.keys() - {"corrected", "standing"}
    return OrderSummary(corrected=corrected, standing=stands, **{name: getattr(row, name) for name in own})
