"""Delivery: which areas are served, what it costs, at which times; and the deliveries that are due."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.delivery import Delivery, Quote, Slot
from app.domain.money import Value
from app.domain.order import Order
from app.domain.returning import Standing
from app.domain.states import state_text
from app.sync.online import QuoteAsked
from server.oms.tables_online import DeliveryRow, QuoteRow, SlotRule, Zone
from server.oms.tables_returns import ReturnRow

VALID = timedelta(minutes=30)
LEAD = timedelta(hours=2)
"""So long it takes from a sale to the first time at which goods can be brought."""
DAYS = 3
MOST_SLOTS = 6
TO_DELIVER = "to_deliver"
MOST_DUE = 500
OVERDUE = timedelta(days=2)
"""So long a delivery stays on the list behind its time: nobody tells the OMS when one was brought."""


@dataclass(frozen=True, slots=True)
class NotServed:
    """Why nothing can be brought there: a sentence."""

    why: str


class Due(Value):
    """A delivery that is to be made."""

    order_id: str
    status: str
    starts: datetime
    ends: datetime
    name: str
    phone: str
    address: str
    pincode: str
    fee: int


def quote(session: Session, register: str, asked: QuoteAsked, zone_name: str, at: datetime) -> Quote | NotServed:
    """Promise a fee and times; `zone_name` is the store's time zone."""
    zone = _zone_of(session, asked.pincode)
    if zone is None:
        return NotServed(f"PIN code {asked.pincode} is outside of our delivery area. The customer can pick it up.")
    if zone.refusal:
        return NotServed(zone.refusal)
    if zone.state_code != asked.state_code:
        lies = state_text(zone.state_code)
        return NotServed(f"PIN code {asked.pincode} lies in {lies}. Check the PIN code and the State.")
    slots = tuple(_slots(session, at, ZoneInfo(zone_name)))[:MOST_SLOTS]
    if not slots:
        return NotServed("All delivery times of the next days are taken. The customer can pick it up.")
    free = zone.free_from is not None and asked.total >= zone.free_from
    promised = Quote(
        id=secrets.token_hex(16),
        pincode=asked.pincode,
        zone=zone.name,
        fee=0 if free else zone.fee,
        tax_class=zone.tax_class,
        hsn=zone.hsn,
        slots=slots,
        total=asked.total,
        valid_until=at + VALID,
    )
    value = promised.model_dump_json()
    session.add(QuoteRow(id=promised.id, register=register, at=at, valid_until=promised.valid_until, value=value))
    return promised


def delivery_row(order: Order, delivery: Delivery) -> dict[str, Any]:
    """What is to be brought, as it is booked."""
    return {
        "order_id": order.id,
        "status": TO_DELIVER,
        "starts": delivery.slot.starts,
        "ends": delivery.slot.ends,
        "name": order.customer.name if order.customer else "",
        "phone": delivery.address.phone,
        "address": delivery.address.text,
        "pincode": delivery.address.pincode,
        "fee": delivery.fee,
        "quote_id": delivery.quote_id,
    }


def due(session: Session, status: str, at: datetime) -> tuple[Due, ...]:
    """List deliveries in a state, the next one first, without those whose sale was voided or has come back."""
    back = select(ReturnRow.order_id).where(ReturnRow.standing.in_((Standing.RETURNED, Standing.VOID)))
    wanted = (DeliveryRow.status == status, DeliveryRow.ends > at - OVERDUE, DeliveryRow.order_id.not_in(back))
    query = select(DeliveryRow).where(*wanted).order_by(DeliveryRow.starts, DeliveryRow.order_id)
    return tuple(_due(row) for row in session.scalars(query.limit(MOST_DUE)))


def delivery_of(session: Session, order_id: str) -> Due | None:
    """The delivery of an order, if it is to be brought."""
    row = session.get(DeliveryRow, order_id)
    return _due(row) if row else None


def _due(row: DeliveryRow) -> Due:
    return Due(**{name: getattr(row, name) for name in Due.model_fields})


def _zone_of(session: Session, pincode: str) -> Zone | None:
    prefixes = [pincode[:length] for length in range(1, len(pincode) + 1)]
    found = session.scalars(select(Zone).where(Zone.prefix.in_(prefixes))).all()
    return max(found, key=lambda zone: len(zone.prefix), default=None)


def _slots(session: Session, at: datetime, zone: ZoneInfo) -> Iterator[Slot]:
    """The times of the next days that are far enough away and not full yet."""
    taken = dict(
        session.execute(
            select(DeliveryRow.starts, func.count()).where(DeliveryRow.starts > at).group_by(DeliveryRow.starts)
        ).all()
    )
    rules = session.scalars(select(SlotRule).order_by(SlotRule.starts)).all()
    for day in (at.astimezone(zone).date() + timedelta(days=ahead) for ahead in range(DAYS)):
        for rule in rules:
            starts, ends = (datetime.combine(day, time.fromisoformat(each), zone) for each in (rule.starts, rule.ends))
            if starts >= at + LEAD and taken.get(starts.astimezone(at.tzinfo), 0) < rule.capacity:
                yield Slot(starts=starts.astimezone(at.tzinfo), ends=ends.astimezone(at.tzinfo))
