"""What a register took off is compared with what the OMS knows; a difference is marked, never refused."""

from datetime import timedelta

import pytest

from app.domain.extension import Extension, extension_line
from app.domain.order import Order
from app.domain.promotion import AppliedPromotion, BuyGet, PercentOff, Promotion
from app.sync.protocol import Dataset, VerdictKind
from server.oms.oms import Oms
from server.oms.records import put, remove
from tests.conftest import TODAY, line, order, priced, promotion, terms
from tests.server.browser import Browser

WRAP = Extension(id="wrap", name="Gift wrap", price=4_900)
ACCEPTED, ATTENTION = VerdictKind.ACCEPTED, VerdictKind.ATTENTION


def promoted(*promotions: Promotion, quantity: int = 1) -> Order:
    """Kurtas sold under promotions."""
    under = terms(promotions=promotions)
    kurtas = line(quantity=quantity)
    return order(kurtas, under=under, promotions=priced(kurtas, under=under).applied)


def know(oms: Oms, *promotions: Promotion) -> None:
    with oms.database.write() as session:
        put(session, Dataset.PROMOTIONS, {each.id: each for each in promotions})


def test_promotions_reach_registers_as_changes(oms: Oms, register: Browser) -> None:
    """What the back office decides in the morning holds at every till by noon."""
    know(oms, promotion())

    changes = register.get("/changes", cursor=0, datasets="promotions").json()["changes"]

    assert [("promotions", "sale")] == [(each["dataset"], each["id"]) for each in changes]


@pytest.mark.parametrize("offer", [PercentOff(rate=1_000), BuyGet(buy=2)])
def test_a_discount_that_a_promotion_explains_is_accepted(
    oms: Oms, register: Browser, offer: PercentOff | BuyGet
) -> None:
    """The OMS comes to the same total by the same sums."""
    known = promotion(offer=offer)
    know(oms, known)
    verdict = register.push(register.sale(promoted(known, quantity=3)))[0]

    assert (ACCEPTED, "", None) == (verdict.kind, verdict.why, verdict.total)


def test_a_promotion_that_nobody_knows_is_marked_with_both_totals(register: Browser) -> None:
    """Money already taken is never refused; but somebody has to look."""
    verdict = register.push(register.sale(promoted(promotion())))[0]

    assert (ATTENTION, 49_900) == (verdict.kind, verdict.total)
    assert "Festive week" in verdict.why


def test_a_promotion_of_another_day_is_marked(oms: Oms, register: Browser) -> None:
    """A register that was offline for a week sold under what ended meanwhile."""
    know(oms, promotion(ends=TODAY - timedelta(days=1)))

    assert ATTENTION == register.push(register.sale(promoted(promotion())))[0].kind


def test_a_promotion_that_is_gone_still_explains_an_order_from_before(oms: Oms, register: Browser) -> None:
    """The back office tidies up; sales made under it are on their way."""
    know(oms, promotion())
    with oms.database.write() as session:
        remove(session, Dataset.PROMOTIONS, ["sale"])

    assert ACCEPTED == register.push(register.sale(promoted(promotion())))[0].kind


def test_more_taken_off_than_the_promotion_gives_is_marked(oms: Oms, register: Browser) -> None:
    """Twenty per cent under the name of ten."""
    know(oms, promotion())
    verdict = register.push(register.sale(promoted(promotion(offer=PercentOff(rate=2_000)))))[0]

    assert (ATTENTION, 44_910) == (verdict.kind, verdict.total)


def test_extras_that_the_store_declares_are_accepted(oms: Oms, register: Browser) -> None:
    """They are not in the catalogue and not in stock, and need not be."""
    with oms.database.write() as session:
        put(session, Dataset.EXTENSIONS, {"wrap": WRAP})

    assert ACCEPTED == register.push(register.sale(order(line(), extension_line(WRAP, line()))))[0].kind


def test_an_extra_that_nobody_declared_is_marked(register: Browser) -> None:
    """Somebody sold what the store does not know."""
    verdict = register.push(register.sale(order(line(), extension_line(WRAP, line()))))[0]

    assert (ATTENTION, "Not among the extras: Gift wrap.") == (verdict.kind, verdict.why)


def test_a_discount_without_a_name_is_marked(oms: Oms, register: Browser) -> None:
    """Whoever changes an order in the browser has to invent a reason, too."""
    know(oms, promotion())
    sold = promoted(promotion())
    named = AppliedPromotion(id="sale", name="Festive week", amount=10)
    verdict = register.push(register.sale(sold.model_copy(update={"promotions": (named,)})))[0]

    assert (ATTENTION, True) == (verdict.kind, "49.90" in verdict.why)
