"""The audit: every change of the back office and of products at the tills, with what was there before."""

import json
from datetime import timedelta

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from server.office import audit, parts
from server.office.doors import WithVisit
from server.office.lists import Asked, Column, Filter, Found, Listing, WithAsked, show
from server.oms.doors import WithOms
from server.oms.tables_online import Audit

router = APIRouter()
LONGEST = 120
"""Characters of one value in the list; the file has all of them."""


def _place(each: Audit) -> str:
    return "Back office" if each.register == audit.OFFICE else each.register


def _text(value: object) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _changes(each: Audit) -> list[tuple[str, str, str]]:
    before, after = audit.read(each.before), audit.read(each.after)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name) or name in audit.SECRET]
    return [(name, _text(before.get(name)), _text(after.get(name))) for name in names]


def _lines(each: Audit) -> str:
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in _changes(each))


def _shown(each: Audit) -> h.Node:
    return h.ul(".changes")[
        (
            h.li[h.span(".quiet")[f"{name} "], h.s[old[:LONGEST]], " → ", new[:LONGEST]]
            for name, old, new in _changes(each)
        )
    ]


LISTING: Listing[Audit] = Listing(
    "Audit",
    "audit",
    (
        Column("When", lambda each: parts.when(each.at), tight=True),
        Column("Who", lambda each: each.staff_id),
        Column("Where", _place),
        Column("What", lambda each: each.action.replace("_", " ")),
        Column("On", lambda each: each.subject),
        Column("Before → after", _lines, _shown),
        Column("Reason", lambda each: each.reason),
    ),
    search="Who or on what",
    icon="history",
)


@router.get("/audit")
def trail(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List what was changed, newest first."""
    with oms.database.read() as session:
        actions = session.scalars(select(Audit.action).distinct().order_by(Audit.action)).all()
        found = earlier(session, wanted, wanted["action"])
    known = tuple((each, each.replace("_", " ")) for each in actions) or (("-", "None"),)
    filters = (Filter("action", "What", known), Filter("since", "From"), Filter("until", "To"))
    return show(LISTING, visit, wanted, found, filters=filters)


def earlier(session: Session, wanted: Asked, action: str = "") -> Found[Audit]:
    """A page of what was changed, newest first; of one kind where it is named."""
    where: list[ColumnElement[bool]] = [Audit.action == action] if action else []
    if text := wanted["text"]:
        where.append(or_(*(column.icontains(text, autoescape=True) for column in (Audit.staff_id, Audit.subject))))
    if since := wanted.day("since"):
        where.append(Audit.at >= parts.midnight(since))
    if until := wanted.day("until"):
        where.append(Audit.at < parts.midnight(until + timedelta(days=1)))
    count = session.scalar(select(func.count()).select_from(Audit).where(*where)) or 0
    query = select(Audit).where(*where).order_by(Audit.id.desc()).limit(wanted.limit).offset(wanted.offset)
    return Found(session.scalars(query).all(), count)
