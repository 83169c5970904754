"""Leeway: how far the people of a role may take a price down or up by hand; beyond their own they ask a manager."""

from typing import Annotated

from pydantic import Field

from app.domain.money import Value, portion
from app.domain.staff import Role
from app.domain.tax import BASIS

Share = Annotated[int, Field(ge=0, le=BASIS)]
"""Basis points; nothing means not at all."""


class Leeway(Value):
    """The limits of one role."""

    line: Share = 0
    """Off a line, of what its promotions have left."""
    order: Share = 0
    """Off the whole order, of what everything before has left."""
    below: Share = 0
    """A line's price under the catalogue's."""
    above: Share = 0
    """A line's price over the catalogue's. What is packed may not be sold above its MRP (Legal Metrology Rules 18)."""

    def allows_price(self, price: int, catalogue: int) -> bool:
        """Whether a price (minor units) may stand in place of the catalogue's."""
        least, most = self.prices(catalogue)
        return least <= price <= most

    def prices(self, catalogue: int) -> tuple[int, int]:
        """The lowest and the highest price that may stand in place of the catalogue's, minor units."""
        return catalogue - portion(catalogue, self.below, BASIS), catalogue + portion(catalogue, self.above, BASIS)


class Leeways(Value):
    """Every role's; prices are changed at the till only where the back office has said so."""

    associate: Leeway = Leeway(line=1_000, order=1_000)
    manager: Leeway = Leeway(line=5_000, order=5_000)

    def of(self, role: Role) -> Leeway:
        return self.manager if role is Role.MANAGER else self.associate

    @property
    def widest(self) -> Leeway:
        """What somebody or other may do."""
        fields = Leeway.model_fields
        return Leeway(**{name: max(getattr(self.associate, name), getattr(self.manager, name)) for name in fields})
