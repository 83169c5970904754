"""Parked sales as they are listed, and a draft made the open sale again; flows and screens ask here."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.draft import Draft
from app.till.selectors import total
from app.till.slices.cards import CardAttempt, Stage
from app.till.slices.coupon import CouponEntry
from app.till.state import Checkout, Screen, State

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked sale as the list shows it; the total is what it would cost at the prices it was parked with."""

    id: str
    name: str
    at: datetime
    staff: str
    items: int
    total: int


def rows(state: State) -> tuple[ParkedRow, ...]:
    """The parked sales, the newest first."""
    names = {member.id: member.name for member in state.people.staff}
    return tuple(
        ParkedRow(
            id=draft.id,
            name=draft.parked_as or "",
            at=draft.at,
            staff=names.get(draft.staff_id, ""),
            items=draft.cart.count,
            total=total(reopened(state, draft)),
        )
        for draft in reversed(state.parking.parked)
    )


def usual_name(state: State) -> str:
    """What the open sale is called when nobody names it: after the customer, or after what is first in it."""
    customer = state.checkout.customer if state.checkout else None
    first = state.cart.lines[0].full_name if state.cart.lines else ""
    return (customer.name if customer else first)[:LONGEST_NAME]


def reopened(state: State, draft: Draft) -> State:
    """The draft as the open sale, with everything that was written on it; with money taken that is checkout."""
    screen = Screen.CHECKOUT if draft.payments or draft.card else Screen.SELL
    sale = replace(state, cart=draft.cart, draft_id=draft.id, checkout=_checkout(draft), exchange=draft.exchange)
    return replace(sale, screen=screen, saved=None)


def _checkout(draft: Draft) -> Checkout | None:
    if draft.order_id is None:
        return None
    return Checkout(
        order_id=draft.order_id,
        opened_at=draft.at,
        payments=draft.payments,
        customer=draft.customer,
        fulfilment=draft.fulfilment,
        delivery=draft.delivery,
        link=draft.link,
        card=CardAttempt(draft.card, Stage.UNKNOWN, completes=False) if draft.card else None,
        tender_id=draft.link.tender_id if draft.link else draft.card.tender_id if draft.card else "",
        sales_employee=draft.sales_employee,
        notes=draft.notes,
        coupon=CouponEntry(held=draft.coupon),
        agreed=draft.agreed or () if draft.payments else None,
    )
