"""An extension: something sold together with a product, such as a warranty or its gift wrap."""

from decimal import Decimal

from pydantic import Field

from app.domain.cart import Line
from app.domain.money import Minor, Value
from app.domain.product import Name


class Extension(Value):
    """Without products and categories it goes with everything."""

    id: str
    name: Name
    price: Minor = Field(ge=0)
    hsn: str = ""
    tax_class: str = "standard"
    unit: str = "NOS"
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    active: bool = True

    def goes_with(self, line: Line) -> bool:
        """Whether it may be sold with a line of goods; nothing goes with an extension itself."""
        meant = line.product_id in self.products or line.category in self.categories
        return self.active and line.stocked and not line.parent and (meant or not (self.products or self.categories))


def extension_line(extension: Extension, parent: Line) -> Line:
    """An extension as a line of its own, so that its tax is right; nothing of it is counted in stock."""
    return Line(
        variant_id=f"extension:{extension.id}",
        product_id=extension.id,
        sku=extension.id,
        name=extension.name,
        hsn=extension.hsn,
        unit=extension.unit,
        tax_class=extension.tax_class,
        unit_price=extension.price,
        quantity=Decimal(1),
        stocked=False,
        parent=parent.key,
    )
