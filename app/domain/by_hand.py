"""What a person takes off by hand, or another price that they set: with a reason, under their name, within a limit."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from app.domain.money import Minor, Value, portion
from app.domain.promotion import AmountOff, PercentOff
from app.domain.tax import BASIS

LONGEST_REASON = 200


class ByHand(Value):
    """Who did something to a price, why, and the manager who let it pass where it was more than they may."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    staff_id: str
    staff_name: str
    approver_id: str = ""
    approved_by: str = ""
    """The approver's name."""

    @property
    def answerable(self) -> str:
        """Staff id of whose limit it has to keep."""
        return self.approver_id or self.staff_id


class ManualDiscount(ByHand):
    """Taken off one line, or off the whole order, after every promotion."""

    offer: Annotated[PercentOff | AmountOff, Field(discriminator="kind")]
    """An amount is taken off once, however many pieces there are."""
    most: int = Field(ge=1, le=BASIS)
    """The limit it was given under, basis points: an amount that was little on ten pieces is no present on one."""

    def on(self, left: int) -> int:
        """Return what it takes off so much that is left, minor units: never below nothing, never beyond its limit."""
        if left <= 0:
            return 0
        match self.offer:
            case PercentOff(rate=rate):
                wanted = portion(left, rate, BASIS)
            case AmountOff(amount=wanted):
                pass
        return min(wanted, portion(left, self.most, BASIS))


class ChangedPrice(ByHand):
    """A line costs another price than the catalogue says."""

    catalogue: Minor = Field(ge=0)
    """What the catalogue said, for a piece or a kilogram."""


class GivenDiscount(Value):
    """What a discount by hand took off an order, minor units, and where."""

    given: ManualDiscount
    line: int | None = Field(default=None, ge=0)
    """The place of the line in the order; none for the whole order."""
    amount: Minor = Field(ge=1)


def off_by_reason(given: Iterable[GivenDiscount]) -> tuple[tuple[str, int], ...]:
    """What was taken off under each reason, in the order they came."""
    sums: dict[str, int] = {}
    for each in given:
        sums[each.given.reason] = sums.get(each.given.reason, 0) + each.amount
    return tuple(sums.items())
