"""The coupon of the open sale: what was typed, what the OMS keeps for it, and what is to be said about it."""

from dataclasses import dataclass

from app.domain.coupon import Granted


@dataclass(frozen=True, slots=True)
class CouponEntry:
    typed: str = ""
    held: Granted | None = None
    told: str = ""
    """Why it gives nothing, or no longer."""
