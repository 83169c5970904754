"""The cache is kept fresh (T1): the sales page, a search and a scroll ask the courier, and wait for nothing."""

import pytest

from tests.till.till import Till


def looks(till: Till) -> int:
    return till.device.channel.said.count("look")


@pytest.fixture
def rested(selling: Till) -> Till:
    """Some time after the sales page was opened."""
    selling.time_passes(60)
    selling.device.channel.said.clear()
    return selling


def test_signing_in_opens_the_sales_page_and_asks(selling: Till) -> None:
    """The first screen of the day is the page that sells."""
    assert 1 == looks(selling)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("ScreenOpened", {"screen": "sell"}),
        ("SearchTyped", {"value": "kurta"}),
        ("CategoryChosen", {"category": "Apparel"}),
        ("ShelfScrolled", {}),
    ],
)
def test_the_sales_page_a_search_and_a_scroll_ask(rested: Till, event: str, fields: dict[str, str]) -> None:
    """T1: what is looked at is refreshed."""
    rested.says(event, **fields)

    assert 1 == looks(rested)


def test_typing_asks_once_in_a_while(rested: Till) -> None:
    """A word of eight letters is no eight requests."""
    for value in ("k", "ku", "kur", "kurt", "kurta"):
        rested.says("SearchTyped", value=value)
    typed = looks(rested)
    rested.time_passes(10)
    rested.says("SearchTyped", value="kurtas")

    assert (1, 2) == (typed, looks(rested))


def test_a_clock_that_was_set_back_does_not_stop_it(rested: Till) -> None:
    """Somebody corrects the time: the pause must not last until it comes round again."""
    rested.says("SearchTyped", value="k")
    rested.time_passes(-240)

    rested.says("SearchTyped", value="ku")

    assert 2 == looks(rested)


def test_another_page_asks_nothing(rested: Till) -> None:
    """Nobody looks at products there."""
    rested.says("ScreenOpened", screen="orders")

    assert 0 == looks(rested)
