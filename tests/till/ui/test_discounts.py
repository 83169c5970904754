"""Discounts on the screen and on paper: at each line, by name, and as a sum."""

import pytest

from tests.till.ui.page import by_id
from tests.till.ui.stages import stage_page


def test_the_cart_says_what_is_taken_off_each_line() -> None:
    """A customer who looks on sees that the poster was meant."""
    page = by_id(stage_page("sell-discounts"), "cart")

    assert "Discount ₹ 189.80" in page.text


@pytest.mark.parametrize(("stage", "place"), [("sell-discounts", "cart"), ("checkout-discounts", "checkout")])
def test_each_promotion_is_named_with_what_it_takes_off(stage: str, place: str) -> None:
    """ "Why is it cheaper?" is answered before it is asked."""
    words = by_id(stage_page(stage), f"{place}-discounts").text

    assert all(part in words for part in ("Kurta days", "-₹ 150.00", "10% off", "-₹ 214.70"))


@pytest.mark.parametrize(("stage", "place"), [("sell-discounts", "cart"), ("checkout-discounts", "checkout")])
def test_the_sum_of_the_discounts_carries_its_exact_value(stage: str, place: str) -> None:
    """A check of the money must not depend on how an amount is written."""
    assert "-36470" == by_id(stage_page(stage), f"{place}-discount-total").attrs["data-minor"]


def test_the_invoice_names_the_promotions() -> None:
    """CGST Act s.15(3)(a): only a discount that the invoice shows lowers the tax."""
    words = by_id(stage_page("saved-discounts"), "invoice").text

    assert all(part in words for part in ("Discount", "Kurta days", "-150.00", "-214.70"))


def test_offline_the_cart_says_why_it_is_dearer() -> None:
    """S16: disabled with the reason."""
    assert "Promotions are not applied offline" in by_id(stage_page("sell-no-offers"), "cart-offers").text


def test_a_coupon_says_what_it_gives() -> None:
    """The customer wants to see it before paying."""
    words = by_id(stage_page("checkout-coupon"), "coupon-held").text

    assert all(part in words for part in ("TEN", "₹ 229.70 less"))


def test_a_coupon_that_gives_nothing_says_why() -> None:
    """In the OMS's own words, beside the field."""
    assert "gives nothing" in by_id(stage_page("checkout-coupon-refused"), "coupon-told").text


@pytest.mark.parametrize("control", ["coupon-code", "coupon-apply"])
def test_offline_the_coupon_is_disabled_with_its_reason(control: str) -> None:
    """S16: disabled with the reason, not hidden."""
    page = stage_page("checkout-coupon-offline")

    assert "disabled" in by_id(page, control).attrs
    assert "internet" in by_id(page, "coupon-why").text


def test_a_price_that_was_agreed_shuts_the_coupon_with_its_reason() -> None:
    """A field that is grey without a word is tried again and again."""
    page = stage_page("checkout-coupon-paid")

    assert "disabled" in by_id(page, "coupon-code").attrs
    assert "stays as agreed" in by_id(page, "coupon-why").text
