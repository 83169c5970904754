"""The report of shifts: a row for each, with what its drawer should have held, what was counted, and the difference."""

from datetime import timedelta

import htpy as h
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from server.office import parts
from server.office.lists import Asked, Column, Found, Listing
from server.office.sums import Period
from server.oms.tables_shift import ShiftRow
from server.oms.together import among

RUNNING, LATE = "Still running", "Not here yet"
DIFFERENCE = ShiftRow.counted - ShiftRow.expected


def at_registers(session: Session, wanted: Asked, period: Period) -> tuple[Found[ShiftRow], str]:
    """A page of the shifts that began in a time, newest first, and what all their differences come to."""
    fits = _conditions(wanted, period)
    different = func.count().filter(DIFFERENCE != 0)
    count, ended, wrong, missing = session.execute(
        select(func.count(), func.count(ShiftRow.closed_at), different, func.sum(DIFFERENCE)).where(*fits)
    ).one()
    order = (_began().desc(), ShiftRow.id)
    rows = session.scalars(select(ShiftRow).where(*fits).order_by(*order).limit(wanted.limit).offset(wanted.offset))
    running = f", {count - ended} still running" if count > ended else ""
    sums = f"; {wrong} with a difference, {parts.money(int(missing or 0))} in all" if wrong else ""
    return Found(rows.all(), count), f"{parts.many(count, 'shift')}{running}{sums}"


def _began() -> ColumnElement[object]:
    """When a shift began; its end, while the entry of its beginning has not arrived."""
    return func.coalesce(ShiftRow.opened_at, ShiftRow.closed_at)


def _conditions(wanted: Asked, period: Period) -> list[ColumnElement[bool]]:
    since, until = parts.midnight(period.since), parts.midnight(period.until + timedelta(days=1))
    fits = [_began() >= since, _began() < until]
    if period.register:
        fits.append(among(ShiftRow.register, period.register))
    if text := wanted["text"]:
        names = (ShiftRow.opened_by, ShiftRow.closed_by)
        fits.append(or_(*(name.icontains(text, autoescape=True) for name in names)))
    return fits


def _opened(each: ShiftRow) -> str:
    return parts.when(each.opened_at) or LATE


def _closed(each: ShiftRow) -> str:
    return parts.when(each.closed_at) or RUNNING


def _shown_closed(each: ShiftRow) -> h.Node:
    return parts.when(each.closed_at) if each.closed_at else parts.mark(RUNNING, "blue", "clock")


def _who(each: ShiftRow) -> str:
    """Who opened it, and who closed it where that was somebody else."""
    return ", ".join(dict.fromkeys(name for name in (each.opened_by, each.closed_by) if name))


def _difference(each: ShiftRow) -> int | None:
    return None if each.counted is None or each.expected is None else each.counted - each.expected


def _shown_difference(each: ShiftRow) -> h.Node:
    difference = _difference(each)
    return parts.mark(parts.money(difference), "red", "triangle-alert") if difference else parts.money(difference)


LISTING: Listing[ShiftRow] = Listing(
    "Reports",
    "reports",
    (
        Column("Opened", _opened, tight=True),
        Column("Closed", _closed, _shown_closed, tight=True),
        Column("Register", lambda each: each.register),
        Column("Who", _who),
        Column("Z report", lambda each: "" if each.number is None else str(each.number), number=True),
        Column(
            "Float",
            lambda each: parts.plain(each.opening_float),
            lambda each: parts.money(each.opening_float),
            number=True,
        ),
        Column(
            "Expected", lambda each: parts.plain(each.expected), lambda each: parts.money(each.expected), number=True
        ),
        Column("Counted", lambda each: parts.plain(each.counted), lambda each: parts.money(each.counted), number=True),
        Column("Difference", lambda each: parts.plain(_difference(each)), _shown_difference, number=True),
    ),
    search="Who",
    icon="banknote",
)
