"""A promotion: what the store takes off a price, on which goods, on which days; and the mark it leaves on an order."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.domain.money import Minor, Value
from app.domain.product import Name
from app.domain.tax import BASIS

Code = Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,40}$")]


class PercentOff(Value):
    """So many basis points off: 10 % is 1,000."""

    kind: Literal["percent"] = "percent"
    rate: int = Field(ge=1, le=BASIS)


class AmountOff(Value):
    """So much off each piece or kilogram; of a whole order, so much once."""

    kind: Literal["amount"] = "amount"
    amount: Minor = Field(ge=1)


class BuyGet(Value):
    """Of each `buy + get` pieces the `get` cheapest cost less by `rate` basis points; free, unless it is given."""

    kind: Literal["buy_get"] = "buy_get"
    buy: int = Field(ge=1, le=1000)
    get: int = Field(default=1, ge=1, le=1000)
    rate: int = Field(default=BASIS, ge=1, le=BASIS)


Offer = Annotated[PercentOff | AmountOff | BuyGet, Field(discriminator="kind")]


class Promotion(Value):
    """Without products and categories it holds for every line; with a code it needs that coupon."""

    id: str
    name: Name
    offer: Offer
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    whole_order: bool = False
    """Taken off what the lines come to together, after what was taken off each of them."""
    minimum: Minor = 0
    """What the lines have to come to, before anything is taken off the whole order."""
    starts: date | None = None
    ends: date | None = None
    """The last day, in the store's zone."""
    active: bool = True
    code: Code | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Promotion":
        if self.whole_order and (self.products or self.categories or isinstance(self.offer, BuyGet)):
            raise ValueError("what is taken off a whole order is a percentage or an amount, and names no goods")
        return self

    def holds_on(self, day: date) -> bool:
        return self.active and (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


class AppliedPromotion(Value):
    """What a promotion took off an order, minor units: the invoice shows it (CGST Act s.15(3)(a))."""

    id: str
    name: Name
    code: str = ""
    amount: Minor


def in_force(promotions: Iterable[Promotion], day: date) -> tuple[Promotion, ...]:
    """The promotions of a day."""
    return tuple(promotion for promotion in promotions if promotion.holds_on(day))
