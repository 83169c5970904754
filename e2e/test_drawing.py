"""What a cashier does all day changes little of a page, and has the browser look at little of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect

from e2e.till import Till

LARGEST = 0.8
"""Of the elements of a page, in one computation of styles: what one rule or attribute too many makes is all of them."""


@pytest.fixture
def most_styled(warm_till: Till) -> Callable[[Callable[[], object]], int]:
    """Return how many elements had their style computed at once, at most, while something was done."""

    def measure(act: Callable[[], object]) -> int:
        session = warm_till.context.new_cdp_session(warm_till.page)
        try:
            return max(_computations(session, warm_till, act), default=0)
        finally:
            session.detach()

    return measure


def _computations(session: CDPSession, till: Till, act: Callable[[], object]) -> list[int]:
    """The elements of each computation of styles, by the browser's own trace."""
    events, over = list[dict[str, Any]](), list[object]()
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda told: over.append(told))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories": "devtools.timeline"})
    act()
    session.send("Tracing.end")
    while not over:
        till.page.wait_for_timeout(50)
    return [each["args"]["elementCount"] for each in events if "elementCount" in each.get("args", {})]


def _elements(till: Till) -> int:
    return int(till.page.evaluate("document.querySelectorAll('*').length"))


def test_a_line_more_computes_the_styles_of_what_changed(
    warm_till: Till, most_styled: Callable[[Callable[[], object]], int]
) -> None:
    """The page's language was set at each drawing, the same again: each time every element's style was computed."""
    warm_till.goes_to("Sell")
    warm_till.searches("")
    warm_till.adds("Brown Bread")
    warm_till.searches("")
    expect(warm_till.products).to_have_count(30)

    def one_more() -> None:
        warm_till.page.get_by_role("button", name="One more of Brown Bread").click()
        expect(warm_till.page.locator("#cart")).to_contain_text("2 items")

    styled = most_styled(one_more)

    assert 0 < styled < LARGEST * _elements(warm_till), (styled, _elements(warm_till))


def test_a_press_of_complete_sale_leaves_the_checkout_alone_until_it_is_saved(
    warm_till: Till, most_styled: Callable[[Callable[[], object]], int]
) -> None:
    """The same at the moment that a customer waits for; the new screen is a quarter of the page, with its icons."""
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")

    def completes() -> None:
        warm_till.completes()
        warm_till.is_saved(offline=None)

    styled = most_styled(completes)

    assert 0 < styled < LARGEST * _elements(warm_till), (styled, _elements(warm_till))


def _scrolled(till: Till, to: int | None = None) -> int:
    """How far the screen is scrolled, or is from now on."""
    main = till.page.get_by_role("main")
    return int(main.evaluate("(main, to) => (to === null || (main.scrollTop = to), main.scrollTop)", to))


def test_what_is_new_is_read_from_its_beginning(warm_till: Till) -> None:
    """The shelf came up where the settings were scrolled to, with its first row and the categories out of sight."""
    warm_till.goes_to("Settings")
    expect(warm_till.page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    assert _scrolled(warm_till, 400) == 400

    warm_till.goes_to("Sell")
    warm_till.searches("")
    expect(warm_till.products).to_have_count(30)
    on_opening = _scrolled(warm_till)
    assert _scrolled(warm_till, 300) == 300
    first = warm_till.products.first.inner_text()
    warm_till.searches("b")
    expect(warm_till.products.first).not_to_have_text(first)
    expect(warm_till.products).to_have_count(30)

    assert (on_opening, _scrolled(warm_till)) == (0, 0)


def test_a_list_is_found_as_far_down_as_it_was_left(warm_till: Till) -> None:
    """Who looks at one customer after another would search for the place each time; by the header it begins anew."""
    opened = warm_till.page.get_by_role("heading", name="Customers", exact=True)
    warm_till.goes_to("Customers")
    expect(opened).to_be_visible()
    assert _scrolled(warm_till, 150) == 150

    warm_till.page.locator("tbody .row-button").last.evaluate("(button) => button.click()")  # nothing is scrolled to it
    expect(warm_till.page.locator("#customer-back")).to_be_visible()
    within = _scrolled(warm_till)
    warm_till.page.keyboard.press("Escape")
    expect(opened).to_be_visible()
    back = _scrolled(warm_till)
    warm_till.goes_to("Sell")
    warm_till.goes_to("Customers")
    expect(opened).to_be_visible()

    assert (within, back, _scrolled(warm_till)) == (0, 150, 0)
