"""A coupon: a promotion that needs a code, how often it may be used, and what a register holds of it in a sale."""

from datetime import datetime

from pydantic import AwareDatetime, Field

from app.domain.money import Value
from app.domain.promotion import Promotion


class Coupon(Value):
    """As the OMS keeps it; its promotion carries the code."""

    promotion: Promotion
    limit: int | None = Field(default=None, ge=1)
    """In how many sales it may be used; 1 is a coupon for once, None has no limit."""


class Granted(Value):
    """The OMS keeps a coupon for a sale until then: what it gives holds so long, also without the network."""

    promotion: Promotion
    until: AwareDatetime

    @property
    def code(self) -> str:
        return self.promotion.code or ""

    def holds(self, at: datetime) -> bool:
        return at < self.until


def normal(code: str) -> str:
    """Write a code as it is kept: people type it in small letters and with spaces."""
    return "".join(code.split()).upper()
