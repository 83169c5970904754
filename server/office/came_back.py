"""What came back of an order, on its page in the back office: credit notes and the void, why, and where money went."""

import htpy as h

from app.domain.returning import CreditNote, GivenBack
from server.office import parts
from server.office.lists import Column, table
from server.oms.orders import OrderDetail

COLUMNS: tuple[Column[GivenBack], ...] = (
    Column("Document", lambda each: each.number if isinstance(each, CreditNote) else "Void", tight=True),
    Column("Time", lambda each: parts.when(each.at), tight=True),
    Column("Register", lambda each: each.register),
    Column("Associate", lambda each: " · ".join(name for name in (each.staff_name, each.approved_by) if name)),
    Column("Reason", lambda each: each.reason),
    Column("Items", lambda each: ", ".join(f"{parts.count(line.quantity)} × {line.name}" for line in each.lines)),
    Column("Given back by", lambda each: ", ".join(f"{one.name} {parts.money(one.amount)}" for one in each.refunds)),
    Column("Total", lambda each: parts.money(each.totals.total), number=True),
)


def section(detail: OrderDetail) -> h.Node:
    """Nothing where nothing came back."""
    backs: list[GivenBack] = [*detail.notes, *([detail.void] if detail.void else [])]
    return [h.h2["What came back"], table("What came back", COLUMNS, backs)] if backs else None
