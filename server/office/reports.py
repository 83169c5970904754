"""Reports: what was sold in a time, added up by day, hour, product, person, tender or tax; and the tables of GSTR-1."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import portion
from app.domain.numbers import INDIA, indian_day
from app.domain.order import Order
from app.domain.pricing import OrderLine
from server.office import parts
from server.office.concessions import CONCESSIONS, show_conceded
from server.office.doors import WithVisit, to
from server.office.gstr import DOCUMENTS, SUPPLIES, documents, supplies
from server.office.lists import Asked, Column, Filter, Listing, WithAsked, show, some
from server.oms.doors import WithOms
from server.oms.following import amendments_of, corrected_by
from server.oms.tables import OrderRow
from server.oms.times import now

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an order, and the row that it counts in."""

    row: str
    quantity: Decimal
    value: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A row: so many orders, pieces and so much money, minor units."""

    row: str
    orders: int
    quantity: Decimal
    value: int
    tax: int
    total: int
    most: int
    """The largest total of the report: what a full bar means."""


Split = Callable[[Order], Iterable[Piece]]


def whole(row: Callable[[Order], str]) -> Split:
    """Count orders whole."""

    def split(order: Order) -> Iterator[Piece]:
        quantity = sum((line.quantity for line in order.lines), Decimal(0))
        sums = order.totals  # what was rounded is neither value nor tax
        yield Piece(row(order), quantity, sums.value, sums.cgst + sums.sgst + sums.igst + sums.cess, sums.total)

    return split


def lines(row: Callable[[OrderLine], str]) -> Split:
    """Count lines."""
    return lambda order: (
        Piece(row(each), each.quantity, each.value, each.total - each.value, each.total) for each in order.lines
    )


def payments(order: Order) -> Iterator[Piece]:
    """Count payments; goods are not paid one by one."""
    return (Piece(each.name, Decimal(0), 0, 0, each.amount) for each in order.payments)


REPORTS: dict[str, tuple[str, Split]] = {
    "day": ("Day", whole(lambda order: order.business_day.isoformat())),
    "hour": ("Hour", whole(lambda order: f"{order.at.astimezone(INDIA):%H}:00")),
    "product": ("Product", lines(lambda line: " · ".join(part for part in (line.name, line.label) if part))),
    "category": ("Category", lines(lambda line: line.category or "none")),
    "associate": ("Associate", whole(lambda order: order.staff_name)),
    "register": ("Register", whole(lambda order: order.register)),
    "tender": ("Tender", payments),
    "tax": ("Tax rate", lines(lambda line: rate_text(line.rate))),
}
IN_TIME = {"day", "hour"}
"""Read from top to bottom; the others by how much they brought."""
FILTERS = (
    Filter("since", "From"),
    Filter("until", "To"),
    Filter(
        "by",
        "By",
        (
            *((key, name) for key, (name, _) in REPORTS.items()),
            *((key, name) for key, (name, _) in CONCESSIONS.items()),
            ("hsn", "GSTR-1 table 12"),
            ("series", "GSTR-1 table 13"),
        ),
    ),
)


def rate_text(rate: int) -> str:
    """A rate in basis points, as people write it."""
    return f"{parts.plain(rate).rstrip('0').rstrip('.')} %"


def add_up(orders: Iterable[Order], by: str) -> list[Sum]:
    """Fold orders into the rows of a report."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    for order in orders:
        for piece in REPORTS[by][1](order):
            ids[piece.row].add(order.id)
            pieces[piece.row].append(piece)
    most = max((sum(piece.total for piece in some) for some in pieces.values()), default=0)
    sums = [_sum(row, len(ids[row]), some, most) for row, some in pieces.items()]
    return sorted(sums, key=lambda each: each.row if by in IN_TIME else (-each.total, each.row))


def _sum(row: str, orders: int, pieces: Sequence[Piece], most: int) -> Sum:
    quantity = sum((piece.quantity for piece in pieces), Decimal(0))
    value, tax, total = (sum(getattr(piece, name) for piece in pieces) for name in ("value", "tax", "total"))
    return Sum(row, orders, quantity, value, tax, total, most)


def _bar(each: Sum) -> h.Node:
    """How a row compares with the largest."""
    wide = portion(max(each.total, 0), 100, max(each.most, 1))
    bar = h.svg(".bar", viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true")
    return h.span(".barred")[parts.money(each.total), bar[h.rect(width=str(wide), height="8")]]


def _listing(by: str) -> Listing[Sum]:
    name = REPORTS[by][0]
    columns: tuple[Column[Sum], ...] = (
        Column(name, lambda each: each.row),
        Column("Orders", lambda each: str(each.orders), number=True),
        Column("Quantity", lambda each: parts.count(each.quantity), number=True),
        Column("Value", lambda each: parts.plain(each.value), lambda each: parts.money(each.value), number=True),
        Column("Tax", lambda each: parts.plain(each.tax), lambda each: parts.money(each.tax), number=True),
        Column("Total", lambda each: parts.plain(each.total), _bar, number=True),
    )
    return Listing(
        "Reports", "reports", columns if by != "tender" else (*columns[:2], columns[-1]), icon="chart-column"
    )


@router.get("/reports")
def reports(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show a report of the month so far, or of the time that is asked for."""
    since, until = _period(wanted)
    with oms.database.read() as session:
        orders = _orders(session, since, until)
    said = h.p(".quiet")[f"{parts.many(len(orders), 'order')} from {since:%d %b %Y} to {until:%d %b %Y}."]
    if wanted["by"] == "hsn":
        return show(SUPPLIES, visit, wanted, some(supplies(orders), wanted), said, filters=FILTERS)
    if wanted["by"] == "series":
        return show(DOCUMENTS, visit, wanted, some(documents(orders), wanted), said, filters=FILTERS)
    if wanted["by"] in CONCESSIONS:
        return show_conceded(visit, wanted, orders, said, FILTERS)
    by = wanted["by"] if wanted["by"] in REPORTS else "day"
    more = parts.go(f"{to('reports')}?by=product", "Best sellers", "tag") if by == "day" else None
    found = some(add_up(orders, by), wanted)
    return show(_listing(by), visit, wanted, found, said, filters=FILTERS, actions=[more])


def _period(wanted: Asked) -> tuple[date, date]:
    today = indian_day(now())
    until = wanted.day("until") or max(today, wanted.day("since") or today)
    return wanted.day("since") or until.replace(day=1), until


def _orders(session: Session, since: date, until: date) -> list[Order]:
    days = OrderRow.business_day >= since, OrderRow.business_day <= until
    rows = session.scalars(select(OrderRow).where(*days).order_by(OrderRow.at)).all()
    amended = amendments_of(session, [row.id for row in rows])
    return [corrected_by(row, amended[row.id]) if row.id in amended else _order(row) for row in rows]


def _order(row: OrderRow) -> Order:
    return Order.model_validate_json(row.value)
