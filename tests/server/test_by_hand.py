"""What people took off by hand is computed again and held against their limits; it is marked, never refused."""

from typing import Any

import pytest

from app.domain.by_hand import ChangedPrice, GivenDiscount, ManualDiscount
from app.domain.cart import Cart, Line
from app.domain.leeway import Leeway, Leeways
from app.domain.order import Order
from app.domain.pricing import Priced, price_cart
from app.domain.promotion import AmountOff, PercentOff, Promotion
from app.domain.staff import Role
from app.sync.protocol import Dataset, VerdictKind
from server.oms.oms import Oms
from server.oms.records import put, remove
from tests.conftest import line, order, payment, promotion, settings, staff, terms
from tests.server.browser import Browser

ACCEPTED, ATTENTION = VerdictKind.ACCEPTED, VerdictKind.ATTENTION
RAVI: dict[str, Any] = {"approver_id": "ravi", "approved_by": "Ravi"}


def manual(rate: int = 1_000, most: int = 0, **fields: Any) -> ManualDiscount:
    usual = {"reason": "Damaged packing", "staff_id": "s1", "staff_name": "Asha"}
    return ManualDiscount(offer=PercentOff(rate=rate), most=most or rate, **(usual | fields))


def sold(*lines: Line, off: ManualDiscount | None = None, by: tuple[Promotion, ...] = (), **fields: Any) -> Order:
    """An order as a till makes it."""
    priced = price_cart(Cart(lines=lines, manual=off), terms(promotions=by))
    assert isinstance(priced, Priced)
    made = {"lines": priced.lines, "totals": priced.totals, "payments": (payment(priced.totals.total),)}
    made |= {"promotions": priced.applied, "discounts": priced.given}
    return order(line()).model_copy(update=made | fields)


@pytest.fixture(autouse=True)
def ravi(oms: Oms) -> None:
    """The store's manager."""
    with oms.database.write() as session:
        put(session, Dataset.STAFF, {"ravi": staff("ravi", Role.MANAGER, name="Ravi")})


def setting(oms: Oms, leeways: Leeways) -> None:
    with oms.database.write() as session:
        put(session, Dataset.SETTINGS, {"DS01": settings(leeways=leeways)})


def judged(register: Browser, made: Order) -> tuple[VerdictKind, str]:
    verdict = register.push(register.sale(made))[0]
    return verdict.kind, verdict.why


def test_what_keeps_the_limits_is_accepted(oms: Oms, register: Browser) -> None:
    """A line's ten per cent and the order's half, let pass by Ravi, after a promotion: the sums are the till's."""
    with oms.database.write() as session:
        put(session, Dataset.PROMOTIONS, {"sale": promotion()})
    made = sold(line(manual=manual()), line("v2"), off=manual(5_000, **RAVI), by=(promotion(),))

    assert (ACCEPTED, "") == judged(register, made)


@pytest.mark.parametrize(
    ("off", "who"),
    [
        (manual(1_001), "Asha"),
        (manual(5_001, **RAVI), "Ravi"),
        (manual(500, approver_id="s1", approved_by="Asha", staff_id="ravi", most=2_000), ""),
        (manual(500, staff_id="nobody", staff_name="Nobody"), "Nobody"),
    ],
)
def test_beyond_the_limit_of_who_answers_for_it(register: Browser, off: ManualDiscount, who: str) -> None:
    """The money is taken; but somebody has to look at who gave it away, a stranger above all."""
    kind, why = judged(register, sold(line(manual=off)))

    assert (ATTENTION if who else ACCEPTED) is kind
    assert who in why
    assert not who or "is more than" in why


def test_an_amount_is_held_against_what_was_left(register: Browser) -> None:
    """50 rupees off 499 are more than ten per cent, 49.90 are not."""
    asha = {"reason": "Price match", "staff_id": "s1", "staff_name": "Asha"}
    little, much = (ManualDiscount(offer=AmountOff(amount=each), most=10_000, **asha) for each in (4_990, 5_000))

    assert [ACCEPTED, ATTENTION] == [
        judged(register, sold(line(), off=each, id=f"o{at}", number=f"DS01A2627-0000{at}"))[0]
        for at, each in enumerate((little, much), start=1)
    ]


def test_an_amount_that_does_not_add_up_is_marked(register: Browser) -> None:
    """Ten per cent in name, eleven in the drawer: both sums are said."""
    made = sold(line(manual=manual()))
    other = made.discounts[0].model_copy(update={"amount": 5_489})

    kind, why = judged(register, made.model_copy(update={"discounts": (other,)}))

    assert ATTENTION is kind
    assert "took ₹\xa054.89 off by hand; by what was agreed the OMS computes ₹\xa049.90" in why
    assert "₹\xa049.90 was taken off, but only ₹\xa054.89 of it has a name" in why


@pytest.mark.parametrize("place", [7, None, 10**15])
def test_a_discount_in_a_place_that_is_none_is_marked(register: Browser, place: int | None) -> None:
    """Of a line that the order does not have, or a second one for the order: it is kept, and looked at."""
    made = sold(line(), off=manual())
    odd = GivenDiscount(given=manual(), line=place, amount=4_990)

    kind, why = judged(register, made.model_copy(update={"discounts": (*made.discounts, odd)}))

    assert (ATTENTION, True) == (kind, "off by hand" in why)


def test_a_register_that_gave_more_than_the_store_allows_now(oms: Oms, register: Browser) -> None:
    """The back office has set the limit to nothing meanwhile: what comes late is looked at."""
    setting(oms, Leeways(associate=Leeway()))

    assert ATTENTION is judged(register, sold(line(manual=manual())))[0]


def test_somebody_who_left_answers_for_what_they_gave(oms: Oms, register: Browser) -> None:
    """An offline sale of last week is Asha's, though she is gone."""
    with oms.database.write() as session:
        remove(session, Dataset.STAFF, ["s1"])

    assert ACCEPTED is judged(register, sold(line(manual=manual())))[0]


def test_a_changed_price_within_its_leeway_is_accepted(oms: Oms, register: Browser) -> None:
    """Both prices are on the order, and the total is right."""
    setting(oms, Leeways(associate=Leeway(below=1_000)))
    changed = ChangedPrice(reason="Price match", staff_id="s1", staff_name="Asha", catalogue=52_000)

    assert (ACCEPTED, "") == judged(register, sold(line(changed_price=changed)))


def test_a_price_that_nobody_may_change_is_marked(register: Browser) -> None:
    """Off is off: with the name, both prices and the reason."""
    changed = ChangedPrice(reason="Price match", staff_id="s1", staff_name="Asha", catalogue=52_000)
    register.push(register.sale(sold(line(changed_price=changed))))

    [found] = register.get("/exceptions", kind="price").json()["exceptions"]
    assert (
        "“Cotton Kurta” was sold for ₹\xa0499.00 instead of ₹\xa0520.00; Asha may not change it so far (Price match)."
    ) == found["words"]
