"""The dialog in which a manager changes a product: what it is, and what was typed."""

from dataclasses import dataclass

from app.domain.product import Product, Variant
from app.sync.online import ProductEdit


@dataclass(frozen=True, slots=True)
class Editing:
    product: Product
    """As the catalogue has it: it changes under the dialog when somebody else changes it."""
    variant_id: str
    name: str
    price: str
    stock: str = ""
    reason: str = ""
    problem: str = ""
    tried: tuple[str, ProductEdit] | None = None
    """The last wish and the id it was first asked under: asked again under that key, it is not done twice."""

    @property
    def variant(self) -> Variant:
        return self.product.variant(self.variant_id)
