"""The report of the cash drawer beside sales: cash put in and taken out, and openings without a sale."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Subquery, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from server.office import parts
from server.office.lists import Asked, Column, Filter, Found, Listing
from server.office.sums import Period
from server.oms.tables_shift import CashMove, DrawerOpening
from server.oms.together import among

IN, OUT, OPENED = "in", "out", "opened"
KINDS = {IN: "Cash in", OUT: "Cash out", OPENED: "Opened without a sale"}
FILTERS = (Filter("kind", "What", tuple(KINDS.items())),)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something at a drawer; the amount is in minor units, out of it below zero, and 0 of an opening."""

    at: datetime
    kind: str
    register: str
    staff_name: str
    approved_by: str
    reason: str
    amount: int


LISTING: Listing[Happened] = Listing(
    "Reports",
    "reports",
    (
        Column("When", lambda each: parts.when(each.at), tight=True),
        Column("What", lambda each: KINDS[each.kind]),
        Column("Who", lambda each: each.staff_name),
        Column("Allowed by", lambda each: each.approved_by),
        Column("Why", lambda each: each.reason),
        Column("Register", lambda each: each.register),
        Column(
            "Amount",
            lambda each: parts.plain(each.amount) if each.amount else "",
            lambda each: parts.money(each.amount) if each.amount else "",
            number=True,
        ),
    ),
    search="Who or why",
    icon="banknote",
)


def at_drawers(session: Session, wanted: Asked, period: Period) -> tuple[Found[Happened], str]:
    """A page of what happened at drawers, newest first, and what all of it comes to by kind."""
    rows = _rows()
    fits = _conditions(rows, wanted, period)
    sums = select(rows.c.kind, func.count(), func.sum(rows.c.amount)).where(*fits).group_by(rows.c.kind)
    by_kind = {kind: (count, int(amount)) for kind, count, amount in session.execute(sums)}
    order = (rows.c.at.desc(), rows.c.digest)
    page = select(rows).where(*fits).order_by(*order).limit(wanted.limit).offset(wanted.offset)
    found = [Happened(*each[1:]) for each in session.execute(page)]
    return Found(found, sum(count for count, _ in by_kind.values())), _told(by_kind)


def _told(by_kind: dict[str, tuple[int, int]]) -> str:
    moved = [f"{KINDS[kind]}: {parts.money(by_kind[kind][1])}" for kind in (IN, OUT) if kind in by_kind]
    opened = [f"{KINDS[OPENED]}: {parts.many(by_kind[OPENED][0], 'time')}"] if OPENED in by_kind else []
    return "; ".join((*moved, *opened))


def _rows() -> Subquery:
    """Both tables with the same columns, in the order of `Happened`."""
    moves = select(
        CashMove.digest,
        CashMove.at,
        case((CashMove.amount > 0, IN), else_=OUT).label("kind"),
        CashMove.register,
        CashMove.staff_name,
        CashMove.approved_by,
        CashMove.reason,
        CashMove.amount,
    )
    openings = select(
        DrawerOpening.digest,
        DrawerOpening.at,
        literal(OPENED),
        DrawerOpening.register,
        DrawerOpening.staff_name,
        literal(""),
        DrawerOpening.reason,
        literal(0),
    )
    return union_all(moves, openings).subquery()


def _conditions(rows: Subquery, wanted: Asked, period: Period) -> list[ColumnElement[bool]]:
    fits = [rows.c.at >= parts.midnight(period.since), rows.c.at < parts.midnight(period.until + timedelta(days=1))]
    if period.register:
        fits.append(among(rows.c.register, period.register))
    if wanted["kind"] in KINDS:
        fits.append(rows.c.kind == wanted["kind"])
    if text := wanted["text"]:
        columns = (rows.c.staff_name, rows.c.approved_by, rows.c.reason)
        fits.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return fits
