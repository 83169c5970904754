"""Regions are drawn again when their slice changed, and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.till.state import State, Toast
from app.till.ui.regions import REGIONS, redraw
from tests.conftest import NOW
from tests.till.ui.page import read
from tests.till.ui.stage import cart, connection, state
from tests.till.ui.stages import STAGE


@pytest.mark.parametrize("stage", sorted(STAGE))
def test_a_view_returns_the_very_element_of_its_region(stage: str) -> None:
    """The page morphs the element with the region's id: another id would put it beside the old one, or nowhere."""
    for name, html in redraw(None, STAGE[stage]()).items():
        assert [name] == [node.id for node in read(html).children if not isinstance(node, str)]


@pytest.mark.parametrize("stage", sorted(STAGE))
def test_nothing_is_drawn_again_when_nothing_changed(stage: str) -> None:
    """The clock ticks each second; drawing everything each time would cost every keystroke."""
    before = STAGE[stage]()

    assert {} == redraw(before, replace(before))


def _after(seconds: int, before: State) -> State:
    return replace(before, now=NOW + timedelta(seconds=seconds))


def test_a_second_that_goes_by_draws_nothing() -> None:
    """Ages are told in minutes."""
    before = state(cart=cart())

    assert {} == redraw(before, _after(1, before))


def test_a_minute_that_goes_by_draws_the_ages() -> None:
    """ "Synced 3 min ago" has to grow old."""
    before = state()

    assert {"header"} == redraw(before, _after(60, before)).keys()


def test_a_second_of_waiting_is_counted_down() -> None:
    """Who waits after wrong PINs sees that it goes on."""
    before = STAGE["sign-in-wait"]()

    assert {"main"} == redraw(before, _after(1, before)).keys()


def test_the_cart_is_drawn_alone() -> None:
    """The most frequent change of all must not draw thirty tiles."""
    before = state()

    assert {"cart"} == redraw(before, replace(before, cart=cart())).keys()


def test_a_toast_is_drawn_alone() -> None:
    """A message must not touch what is being typed."""
    before = state()

    assert {"toast"} == redraw(before, replace(before, toast=Toast("Hello", NOW))).keys()


def test_an_outage_in_the_middle_of_typing_leaves_the_products_alone() -> None:
    """The banner appears, and the search box with the half-typed word is not even touched."""
    before = state()
    after = replace(before, connection=connection(before.connection.link.link.NO_SERVER))

    assert {"header", "banner"} == redraw(before, after).keys()


def test_every_region_is_drawn_at_the_start() -> None:
    """A page that was just opened, or a till that was started again, gets everything."""
    assert REGIONS.keys() == redraw(None, state()).keys()
