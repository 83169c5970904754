"""Builders that every unit test shares: one small Indian store, each argument only where a test cares.

Import them: `from tests.conftest import product, variant, order`. Real input comes by the fixture `shared_data`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from app.catalogue.image import Catalogue, Stocked, build, open_image
from app.domain.cart import Cart, Line, line_for
from app.domain.customer import Customer
from app.domain.order import Order
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.pricing import Priced, Terms, add_up, price_cart
from app.domain.product import Product, Variant
from app.domain.promotion import PercentOff, Promotion
from app.domain.settings import Seller, Settings
from app.domain.staff import PIN_ROUNDS, PinSeal, Role, StaffMember
from app.domain.tax import TaxRate
from app.sync.protocol import StockRow

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no mistake of ours
hypothesis.settings.load_profile("house")
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
"""Noon of an ordinary Saturday in Karnataka."""
TODAY = date(2026, 11, 21)
REAL_INPUT = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """Find a file of real input; where it is missing the test is named as one that could not run."""

    def find(name: str) -> Path:
        path = REAL_INPUT / name
        if not path.exists():
            pytest.skip(f"../shared/data/{name} is not here")
        return path

    return find


def _fill(fields: dict[str, Any], **usual: Any) -> dict[str, Any]:
    return usual | fields


def variant(variant_id: str = "v1", price: int | None = 49_900, **fields: Any) -> Variant:
    """One size of a thing at \u20b9 499."""
    return Variant(**_fill(fields, id=variant_id, sku=f"SKU-{variant_id}", price=price))


def product(product_id: str = "p1", *variants: Variant, **fields: Any) -> Product:
    """A cotton kurta; without variants given it has one, named after the product."""
    usual = _fill(fields, name="Cotton Kurta", brand="Neem", category="Apparel", hsn="6211")
    return Product(**_fill(usual, id=product_id, variants=variants or (variant(f"{product_id}-v"),)))


def stock(variant_id: str = "v1", quantity: int | str = 10, **fields: Any) -> StockRow:
    """Ten of a variant, counted now."""
    return StockRow(**_fill(fields, variant_id=variant_id, quantity=Decimal(quantity), at=NOW))


def rate(tax_class: str = "standard", percent: int = 18, **fields: Any) -> TaxRate:
    """GST of so many per cent since the rates of 22 September 2025."""
    return TaxRate(**_fill(fields, tax_class=tax_class, starts=date(2025, 9, 22), rate=percent * 100))


def terms(*rates: TaxRate, **fields: Any) -> Terms:
    """Pricing inside the State, prices with tax."""
    return Terms(**_fill(fields, rates=rates or (rate(),), day=TODAY, inclusive=True))


def line(variant_id: str = "v1", quantity: int | str | Decimal = 1, price: int = 49_900, **fields: Any) -> Line:
    """A line of the cart: one kurta."""
    thing = product("p1", variant(variant_id))
    return line_for(thing, variant_id, Decimal(quantity), price).model_copy(update=fields)


def cart(*lines: Line) -> Cart:
    return Cart(lines=lines or (line(),))


def priced(*lines: Line, under: Terms | None = None) -> Priced:
    """Lines with their taxes; every class used must have a rate."""
    result = price_cart(cart(*lines), under or terms())
    assert isinstance(result, Priced), result
    return result


def seller(**fields: Any) -> Seller:
    usual = _fill(fields, name="Demo Store", address="12 MG Road, Bengaluru 560001", state_code="29")
    return Seller(**_fill(usual, gstin="29AAAAA0000A1ZB"))


def settings(**fields: Any) -> Settings:
    """A store that has allowed Offline Mode."""
    allowed = {"offline_mode": True, "auto_detect": True}
    return Settings(
        **_fill(fields, store="DS01", seller=seller(), upi_vpa="demo@upi", upi_name="Demo Store", **allowed)
    )


def tender(tender_id: str = "cash", kind: TenderKind = TenderKind.CASH, **fields: Any) -> Tender:
    return Tender(**_fill(fields, id=tender_id, name="Cash at Store", kind=kind))


def payment(amount: int = 49_900, **fields: Any) -> Payment:
    """Cash, to the paisa."""
    usual = _fill(fields, id="pay-1", tender_id="cash", name="Cash at Store", kind=TenderKind.CASH)
    return Payment(**_fill(usual, amount=amount, received=amount, at=NOW))


def promotion(promotion_id: str = "sale", **fields: Any) -> Promotion:
    """Ten per cent off everything, every day."""
    return Promotion(**_fill(fields, id=promotion_id, name="Festive week", offer=PercentOff(rate=1_000)))


def customer(customer_id: str = "c1", **fields: Any) -> Customer:
    return Customer(**_fill(fields, id=customer_id, name="Meera Iyer", phone="9876543210"))


def staff(staff_id: str = "s1", role: Role = Role.ASSOCIATE, **fields: Any) -> StaffMember:
    """Asha, with a seal that no PIN opens; tests of the PIN make a real one."""
    seal = PinSeal(salt="00" * 16, rounds=PIN_ROUNDS, digest="00" * 32)
    return StaffMember(**_fill(fields, id=staff_id, name="Asha", role=role, pin=seal))


def order(*lines: Line, under: Terms | None = None, rounding: int = 0, **fields: Any) -> Order:
    """A sale of these lines in DS01 at R1, paid in cash to the paisa."""
    agreed = under or terms()
    sold = priced(*lines, under=agreed)
    totals = add_up(sold.lines, rounding)
    given = _fill(fields, id="o1", number="DS01A2627-00001", store="DS01", register="R1", seller=seller())
    given = _fill(given, at=NOW, business_day=TODAY, staff_id="s1", staff_name="Asha", offline=False)
    given = _fill(given, inclusive=agreed.inclusive, inter_state=agreed.inter_state, place_of_supply="29")
    return Order(**_fill(given, lines=sold.lines, totals=totals, payments=(payment(totals.total),)))


def open_catalogue(*stocked: Stocked | Product, rates: tuple[TaxRate, ...] = (), cursor: int = 0) -> Catalogue:
    """A catalogue as the till opens it, products in the order given."""
    shelf = [thing if isinstance(thing, Stocked) else Stocked(thing) for thing in stocked]
    opened = open_image(build(shelf, rates, cursor, NOW))
    assert isinstance(opened, Catalogue), opened
    return opened
