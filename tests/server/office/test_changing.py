"""What is changed in the back office: registers have it by the changes they follow, and the audit tells who did it."""

import hashlib

import pytest

from app.domain.staff import PinSeal
from app.sync.protocol import Dataset
from server.oms.oms import Oms
from server.oms.records import put
from tests.conftest import line, order, promotion
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail

PRODUCT = {"name": "Linen Kurta", "brand": "Neem", "category": "Apparel", "hsn": "621142", "tax_class": "standard"}


def revision(register: Browser, dataset: str, key: str) -> str:
    changes = register.get("/changes", cursor=0, datasets=dataset).json()["changes"]
    return next(str(change["revision"]) for change in changes if change["id"] == key)


def prices(register: Browser, manager: Office, *given: str, **fields: str) -> int:
    """Send the form of the kurta."""
    typed = {f"price-{at}": price for at, price in enumerate(given)}
    known = {"revision": revision(register, "products", "p1"), **PRODUCT, **typed, **fields}
    return manager.sends("products/p1", **known).status_code


def test_a_price_reaches_the_registers(register: Browser, manager: Office) -> None:
    """By the same changes as everything else: a till asks for them whenever the revision has risen."""
    prices(register, manager, "520", "1,499.50")
    value = told(register, "products")["p1"]

    assert ("Linen Kurta", [52_000, 149_950]) == (value["name"], [variant["price"] for variant in value["variants"]])


def test_the_audit_tells_old_and_new_price_and_who(oms: Oms, register: Browser, manager: Office) -> None:
    """The question is always: who did this, and what was it before?"""
    prices(register, manager, "520", "499", name="Cotton Kurta", hsn="6211")
    before, after = {"price of SKU-v1": "499.00"}, {"price of SKU-v1": "520.00"}

    assert [("manager", "product", "products/p1", before, after, "")] == trail(oms)


def test_what_is_the_same_leaves_no_trace(oms: Oms, register: Browser, manager: Office) -> None:
    """An audit full of nothing is read by nobody."""
    prices(register, manager, "499", "499", name="Cotton Kurta", hsn="6211")

    assert [] == trail(oms)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (("12,50", "1"), {}),
        (("-5", "1"), {}),
        (("1", "1"), {"name": ""}),
        (("1", "1"), {"name": "y" * 501}),
        (("1", "1"), {"hsn": "12345"}),
        (("1", "1"), {"tax_class": "no-such"}),
        (("1", "1"), {"revision": "0"}),
    ],
)
def test_a_product_that_makes_no_sense_is_not_saved(
    register: Browser, manager: Office, given: tuple[str, ...], fields: dict[str, str]
) -> None:
    """Not a price that nobody meant, not a class without a rate, not over what somebody else has just written."""
    status = prices(register, manager, *given, **fields)

    assert (422, "Cotton Kurta") == (status, told(register, "products")["p1"]["name"])


def test_a_variant_may_lose_its_price(register: Browser, manager: Office) -> None:
    """Then it can't be sold until it has one, and the till says so."""
    prices(register, manager, "", "499")

    assert None is told(register, "products")["p1"]["variants"][0]["price"]


def counts(register: Browser) -> dict[str, str]:
    return {key: value["quantity"] for key, value in told(register, "stock").items()}


def test_a_count_is_corrected_by_its_difference(oms: Oms, register: Browser, manager: Office) -> None:
    """One was sold while somebody counted eight of the ten that the page showed: seven are left."""
    register.push(register.sale(order(line("v1"))))
    manager.sends("stock/v1", seen="10", count="8", reason="Counted", remark="shelf 3")

    assert ("7", "Counted – shelf 3") == (counts(register)["v1"], trail(oms)[-1][-1])


@pytest.mark.parametrize("count", ["", "many", "1e9", "NaN", "1.2345", "Infinity"])
def test_a_count_that_is_none_is_not_saved(register: Browser, manager: Office, count: str) -> None:
    """Stock in words helps nobody."""
    status = manager.sends("stock/v1", seen="10", count=count, reason="Counted").status_code

    assert (422, "10") == (status, counts(register)["v1"])


def test_a_count_needs_a_reason(manager: Office) -> None:
    """Goods that vanish without a reason are stolen goods."""
    assert 422 == manager.sends("stock/v1", seen="10", count="8").status_code


def test_a_customer_is_changed_under_the_till_s_rules(oms: Oms, register: Browser, manager: Office) -> None:
    """A phone number is its ten digits, wherever it was typed."""
    known = {"revision": revision(register, "customers", "c1"), "name": "Meera Iyer", "phone": "+91 98000 00000"}
    manager.sends("customers/c1", **known)
    facts = ({"phone": "9876543210"}, {"phone": "9800000000"})

    assert ("9800000000", facts) == (told(register, "customers")["c1"]["phone"], trail(oms)[0][3:5])


def test_a_wrong_gstin_is_not_saved(register: Browser, manager: Office) -> None:
    """It would be wrong on every invoice to come."""
    known = {"revision": revision(register, "customers", "c1"), "name": "Meera Iyer", "gstin": "29AAAAA0000A1Z1"}

    assert 422 == manager.sends("customers/c1", **known).status_code


def test_a_customer_who_was_changed_meanwhile_is_shown_again(register: Browser, manager: Office) -> None:
    """A register's edit must not be written over by a page that was drawn before it."""
    assert 422 == manager.sends("customers/c1", revision="0", name="Somebody else").status_code


def test_a_new_member_of_staff_signs_in_with_the_pin(register: Browser, manager: Office) -> None:
    """The seal is the one that the till checks: PBKDF2, 600,000 rounds."""
    manager.sends("staff/new", name="Kiran", role="associate", pin="4711", active="on")
    value = next(value for value in told(register, "staff").values() if value["name"] == "Kiran")
    seal = PinSeal.model_validate(value["pin"])
    digest = hashlib.pbkdf2_hmac("sha256", b"4711", bytes.fromhex(seal.salt), seal.rounds)

    assert digest.hex() == seal.digest


def test_a_pin_is_never_in_the_audit(oms: Oms, manager: Office) -> None:
    """Not even its seal: four digits are found in seconds."""
    manager.sends("staff/s1", name="Asha", role="associate", pin="4711", active="on")

    assert ({"pin": "•••"}, {"pin": "•••"}) == trail(oms)[0][3:5]


def test_an_empty_pin_keeps_the_old_one(register: Browser, manager: Office) -> None:
    """Whoever corrects a name must not lock somebody out."""
    before = told(register, "staff")["s1"]["pin"]
    manager.sends("staff/s1", name="Asha K", role="associate", active="on")
    after = told(register, "staff")["s1"]

    assert ("Asha K", before) == (after["name"], after["pin"])


@pytest.mark.parametrize("pin", ["12", "12a4", "123456789", ""])
def test_a_pin_that_is_none_is_not_sealed(manager: Office, pin: str) -> None:
    """The till's keypad has digits only."""
    assert 422 == manager.sends("staff/new", name="Kiran", role="associate", pin=pin, active="on").status_code


def test_the_last_manager_stays(manager: Office) -> None:
    """Nobody could approve anything any more."""
    manager.sends("staff/s1", name="Asha", role="manager", active="on")

    assert 422 == manager.sends("staff/s1", name="Asha", role="associate", active="on").status_code


def test_a_tender_is_added(register: Browser, manager: Office) -> None:
    """A store takes what its customers have."""
    manager.sends("tenders/new", name="Meal card", kind="wallet", asks_reference="on", position="7")
    value = next(value for value in told(register, "tenders").values() if value["name"] == "Meal card")

    assert ("wallet", False, True, 7) == (value["kind"], value["offline"], value["asks_reference"], value["position"])


def test_the_last_tender_stays(manager: Office) -> None:
    """A store without a way to pay sells nothing."""
    assert 422 == manager.sends("tenders/cash", name="Cash", kind="cash", remove="on").status_code


def test_a_tender_that_is_removed_is_gone_at_the_registers(oms: Oms, register: Browser, manager: Office) -> None:
    """And the audit says what it was."""
    manager.sends("tenders/new", name="Meal card", kind="wallet")
    manager.sends("tenders/cash", name="Cash at Store", kind="cash", remove="on")

    assert (None, {}) == (told(register, "tenders")["cash"], trail(oms)[-1][4])


def test_a_promotion_is_switched_off(oms: Oms, register: Browser, manager: Office) -> None:
    """At once, when it was a mistake."""
    with oms.database.write() as session:
        put(session, Dataset.PROMOTIONS, {"a": promotion("a")})
    manager.sends("promotions/a")

    assert False is told(register, "promotions")["a"]["active"]


def test_letters_that_nobody_sees_are_not_saved(register: Browser, manager: Office) -> None:
    """Else a name looks like another one, or turns around what stands behind it, on every screen and paper."""
    manager.sends("staff/s1", name="As\u202eha\u200b\x00", role="associate", active="on")

    assert "Asha" == told(register, "staff")["s1"]["name"]
