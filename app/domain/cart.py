"""The cart: what the customer wants, before anyone has paid; each change is a new value."""

from decimal import Decimal

from app.domain.by_hand import ChangedPrice, ManualDiscount
from app.domain.money import Minor, Value
from app.domain.product import Product, Quantity


class Line(Value):
    """One row of the cart; it keeps the price that the customer saw."""

    variant_id: str
    product_id: str
    sku: str
    name: str
    label: str = ""
    hsn: str = ""
    unit: str = "PCS"
    weighed: bool = False
    category: str = ""
    tax_class: str
    unit_price: Minor
    quantity: Quantity
    override_by: str | None = None
    """Staff id of the manager who let more be sold than the stock says."""
    stocked: bool = True
    """False for a charge, such as delivery: nothing is taken from stock."""

    parent: str = ""
    """The key of the line that an extension belongs to; it follows that line in everything."""
    manual: ManualDiscount | None = None
    changed_price: ChangedPrice | None = None

    @property
    def key(self) -> str:
        """What tells a line from the others: what it is, at which price, and what it belongs to."""
        return f"{self.variant_id}@{self.unit_price}" + (f"/{self.parent}" if self.parent else "")

    @property
    def catalogue_price(self) -> int:
        """What the catalogue said when the line was put in, minor units; a changed price stands in its place."""
        return self.changed_price.catalogue if self.changed_price else self.unit_price

    @property
    def full_name(self) -> str:
        return called(self.name, self.label)


def called(name: str, label: str) -> str:
    """What people read of a thing: its name, with what tells it from its like."""
    return f"{name} ({label})" if label else name


class Cart(Value):
    lines: tuple[Line, ...] = ()
    manual: ManualDiscount | None = None
    """Taken off the whole order; with the last line it is gone."""

    @property
    def count(self) -> int:
        """How many pieces a person would count: a weighed line is one, and an extension is part of its piece."""
        return sum(1 if line.weighed else int(line.quantity) for line in self.lines if not line.parent)

    def quantity_of(self, variant_id: str) -> Decimal:
        return sum((line.quantity for line in self.lines if line.variant_id == variant_id), Decimal(0))

    def extensions_of(self, parent: Line) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.parent == parent.key)

    def add(self, line: Line) -> "Cart":
        """Put a line in; the same variant at the same price joins its line."""
        for i, present in enumerate(self.lines):
            if present.key == line.key and not line.parent:
                return self._with(i, present.quantity + line.quantity, line.override_by or present.override_by)
        return self._settled((*self.lines, line))

    def change(self, index: int, quantity: Decimal, override_by: str | None = None) -> "Cart":
        """Set the quantity of a line; zero takes it out."""
        if quantity == 0:
            return self.remove(index)
        return self._with(index, quantity, override_by or self.lines[index].override_by)

    def remove(self, index: int) -> "Cart":
        """Take a line out, and whatever belongs to it."""
        return self._settled(self.lines[:index] + self.lines[index + 1 :])

    def discount(self, index: int | None, manual: ManualDiscount | None) -> "Cart":
        """Take something off a line by hand, or off the whole order, in place of what was taken off before."""
        if index is None:
            return self.model_copy(update={"manual": manual})
        other = self.lines[index].model_copy(update={"manual": manual})
        return self.model_copy(update={"lines": (*self.lines[:index], other, *self.lines[index + 1 :])})

    def reprice(self, index: int, unit_price: int, changed: ChangedPrice | None = None) -> "Cart":
        """Give a line another price; where that makes it the same as another line, they join."""
        old = self.lines[index]
        new = old.model_copy(update={"unit_price": unit_price, "changed_price": changed})
        joined: dict[str, Line] = {}
        for line in (*self.lines[:index], new, *self.lines[index + 1 :]):
            moved = line.model_copy(update={"parent": new.key}) if line.parent == old.key else line
            present = joined.get(moved.key)
            if present is not None and not moved.parent:
                kept = ("override_by", "manual", "changed_price")
                update = {name: getattr(present, name) or getattr(moved, name) for name in kept}
                moved = present.model_copy(update=update | {"quantity": present.quantity + moved.quantity})
            joined[moved.key] = moved
        return self._settled(tuple(joined.values()))

    def _with(self, index: int, quantity: Decimal, override_by: str | None) -> "Cart":
        changed = self.lines[index].model_copy(update={"quantity": quantity, "override_by": override_by})
        return self._settled((*self.lines[:index], changed, *self.lines[index + 1 :]))

    def _settled(self, lines: tuple[Line, ...]) -> "Cart":
        return self.model_copy(update={"lines": _in_order(lines)}) if lines else Cart()


def _in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Put extensions right behind their line, as many as there are pieces of it; without it they go."""
    behind: dict[str, list[Line]] = {}
    for line in lines:
        if line.parent:
            behind.setdefault(line.parent, []).append(line)
    if not behind:
        return lines
    ordered: list[Line] = []
    for goods in (line for line in lines if not line.parent):
        pieces = Decimal(1) if goods.weighed else goods.quantity
        followers = (line.model_copy(update={"quantity": pieces}) for line in behind.get(goods.key, ()))
        ordered += [goods, *followers]
    return tuple(ordered)


def line_for(product: Product, variant_id: str, quantity: Decimal, unit_price: int) -> Line:
    """Make the cart's line of a variant at a price (minor units a piece or a kilogram)."""
    variant = product.variant(variant_id)
    return Line(
        variant_id=variant.id,
        product_id=product.id,
        sku=variant.sku,
        name=product.name,
        label=variant.label,
        hsn=product.hsn,
        unit=product.unit,
        weighed=product.weighed,
        category=product.category,
        tax_class=product.tax_class,
        unit_price=unit_price,
        quantity=quantity,
    )
