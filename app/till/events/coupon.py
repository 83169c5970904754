"""What people do with a coupon at checkout."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class CouponTyped(Event):
    """Each keystroke in the field of the code."""

    value: str


@dataclass(frozen=True, slots=True)
class CouponApplied(Event):
    """ "Apply": `fresh` becomes the id of the question to the OMS."""

    at: datetime
    fresh: str
    value: str


@dataclass(frozen=True, slots=True)
class CouponRemoved(Event):
    """ "Remove coupon"."""
