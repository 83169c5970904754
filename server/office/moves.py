"""What moved a balance, newest first, as the pages of vouchers and house accounts show it."""

import htpy as h
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.payment import TenderKind
from server.office import parts
from server.office.doors import to
from server.office.lists import Column, table
from server.oms.tables_balances import BalanceMove

MOST = 200


def _about(each: BalanceMove) -> h.Node:
    return parts.link(to("orders", each.order_id), each.why) if each.order_id else each.why


COLUMNS: tuple[Column[BalanceMove], ...] = (
    Column("When", lambda each: parts.when(each.at), tight=True),
    Column("What", lambda each: each.why, _about),
    Column("Amount", lambda each: parts.plain(each.amount), lambda each: parts.money(each.amount), number=True),
    Column("Register", lambda each: each.register),
    Column("By", lambda each: each.who),
)


def moves(session: Session, kind: TenderKind, key: str) -> list[BalanceMove]:
    """The newest moves of a balance."""
    query = select(BalanceMove).where(BalanceMove.kind == kind.value, BalanceMove.key == key)
    return list(session.scalars(query.order_by(BalanceMove.at.desc(), BalanceMove.id).limit(MOST)))


def moved(rows: list[BalanceMove]) -> h.Element:
    """The moves as a table."""
    return h.section(".stack")[h.h2["Movements"], table("Movements", COLUMNS, rows)]
