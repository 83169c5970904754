"""What was given by hand: discounts and changed prices of a time, by reason or by who gave them."""

from collections.abc import Iterable

import htpy as h
from fastapi import Response

from app.domain.concessions import By, Conceded, by_person, by_reason, conceded
from app.domain.order import Order
from server.office import parts
from server.office.lists import Asked, Column, Filter, Listing, show, some
from server.office.visits import Visit

CONCESSIONS: dict[str, tuple[str, By]] = {
    "given_reason": ("Given by hand, by reason", by_reason),
    "given_associate": ("Given by hand, by associate", by_person),
}


def show_conceded(
    visit: Visit, wanted: Asked, orders: Iterable[Order], said: h.Element, filters: tuple[Filter, ...]
) -> Response:
    """A report of concessions, as a page or as a file."""
    by = CONCESSIONS[wanted["by"]][1]
    first = "Reason" if by is by_reason else "Associate"
    columns: tuple[Column[Conceded], ...] = (
        Column(first, lambda each: each.name),
        Column("Times", lambda each: str(each.count), number=True),
        Column("Allowed by a manager", lambda each: str(each.approved), number=True),
        Column("Taken off", lambda each: parts.plain(each.amount), lambda each: parts.money(each.amount), number=True),
    )
    listing = Listing("Reports", "reports", columns, icon="tag")
    return show(listing, visit, wanted, some(conceded(orders, by), wanted), said, filters=filters)
