"""What people can press and what can happen to a register: the vocabulary of the machine's walks."""

from collections.abc import Mapping

from app.domain.extension import Extension
from tests.conftest import promotion
from tests.till.online import HOME

Said = tuple[str, Mapping[str, object]]
FAULTS = ("full", "breaks before", "breaks after")
FILLING: tuple[Said, ...] = (
    *[("ProductPicked", {"product_id": product}) for product in ("kurta", "kurta", "shirt", "rice", "gift", "none")],
    *[("CodeScanned", {"code": code}) for code in ("SKU-kurta-v", "SKU-shirt-m", "SKU-rice-v", "2812345012505", "?")],
    *[("QuantityTyped", {"line": line, "value": value}) for line in (0, 2) for value in ("0", "3", "7", "0.5", "x")],
    ("LineRemoved", {"line": 0}),
    ("CartEmptied", {}),
    ("CartToggled", {}),
    ("PriceKept", {"line": 0}),
    ("PriceUsed", {"line": 0}),
    *[("ExtrasAsked", {"line": 0})] * 2,
    *[("CheckoutOpened", {})] * 8,
)
EXTRAS: tuple[Said, ...] = (
    *[("ExtraToggled", {"extension_id": "wrap"})] * 2,
    ("ExtraToggled", {"extension_id": "none"}),
    *[("DialogClosed", {})] * 3,
)
TENTH = promotion("tenth", products=("kurta",))
COUPON = promotion("coupon-TEN", whole_order=True, code="TEN")
WRAP = Extension(id="wrap", name="Gift wrap", price=4_900, products=("kurta", "shirt"))
CHOOSING: tuple[Said, ...] = (
    ("VariantPicked", {"variant_id": "shirt-m"}),
    ("VariantPicked", {"variant_id": "shirt-l"}),
    ("WeightTyped", {"value": "1.25"}),
    ("WeightTyped", {"value": "much"}),
    *[("ChoiceConfirmed", {})] * 3,
    ("DialogClosed", {}),
)
OVERRIDING: tuple[Said, ...] = (
    *[("OverrideGiven", {"staff_id": "ravi", "pin": "2222"})] * 2,
    ("OverrideGiven", {"staff_id": "ravi", "pin": "0000"}),
    ("OverrideGiven", {"staff_id": "asha", "pin": "1111"}),
    ("DialogClosed", {}),
)
BESIDE: tuple[Said, ...] = (
    *[("FulfilmentChosen", {"value": value}) for value in ("delivery", "delivery", "self_pickup")],
    *[("AddressTyped", {"part": part, "value": value}) for part, value in HOME.items()],
    ("AddressTyped", {"part": "state_code", "value": "33"}),
    ("FeeAsked", {}),
    ("LinkDropped", {}),
    ("CheckoutLeft", {}),
    *[("CouponApplied", {"value": "ten"})] * 3,
    ("CouponRemoved", {}),
    ("CustomerAsked", {}),
    ("CustomerSaved", {"name": "Meera", "state_code": "27"}),
    ("CustomerSaved", {"name": "Meera", "state_code": "29"}),
    ("NotesTyped", {"value": "Gift wrap"}),
    ("CartEmptied", {}),
    ("LineRemoved", {"line": 0}),
    ("SignedOut", {}),
    ("ScreenLocked", {}),
    ("DialogClosed", {}),
)
HAPPENINGS = (
    *("link", "link", "switch", "verdicts", "fault", "fault", "folder", "mend", "time", "look"),
    *("price", "answer", "answer"),
)
AMOUNTS = ("", "", "", "1", "100", "499.50", "500", "2000", "9999999999", "-5", "much")
