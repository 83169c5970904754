"""What can be sold: a product, and its variants by size and colour."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.domain.money import Minor, Value

Name = Annotated[str, Field(min_length=1, max_length=500)]
Quantity = Annotated[Decimal, Field(max_digits=12, decimal_places=3)]
"""Pieces, or a weight in kilograms to the gram."""


class Variant(Value):
    """One thing with its own SKU, barcode, price and stock."""

    id: str
    sku: str
    item_number: str = ""
    barcode: str | None = None
    size: str | None = None
    colour: str | None = None
    price: Minor | None = None
    """Price of one unit as the store quotes it (with or without tax: settings); None cannot be sold."""

    @property
    def label(self) -> str:
        """What tells this variant from its sisters: "M / Blue"."""
        return " / ".join(part for part in (self.size, self.colour) if part)


class Product(Value):
    """What a customer would call one thing; every product has at least one variant."""

    id: str
    name: Name
    brand: str = ""
    category: str = ""
    hsn: str = ""
    tax_class: str = "standard"
    unit: str = "PCS"
    """Unit quantity code of the GST portal: PCS, KGS, LTR, NOS ..."""
    weighed: bool = False
    picture: str | None = None
    """SHA-256 of the picture the host serves, or none."""
    variants: tuple[Variant, ...] = Field(min_length=1)

    def variant(self, variant_id: str) -> Variant:
        """Return one of the variants; KeyError when it is not one of this product's."""
        for variant in self.variants:
            if variant.id == variant_id:
                return variant
        raise KeyError(variant_id)
