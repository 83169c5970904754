"""Prices changed at the till (T9): only where the settings allow it, as far as they do, and both prices are kept."""

import pytest

from app.domain.leeway import Leeway, Leeways
from app.sync.protocol import ProductChange
from app.till.selectors import price_news, total
from app.till.slices.bargain import Way
from tests.conftest import product, variant
from tests.till.test_bargaining import FULL, RAVI, allowing, bargain, gives
from tests.till.till import Till

PRICES = Leeways(
    associate=Leeway(line=1_000, below=500), manager=Leeway(line=10_000, order=5_000, below=2_000, above=500)
)


def test_a_price_is_changed_where_the_settings_allow_it(kurta: Till) -> None:
    """The line keeps both prices, who changed it, and why."""
    gives(allowing(kurta, PRICES), "480", way="price").pays("card")

    [line] = kurta.orders()[0].lines
    assert line.changed_price is not None
    assert (48_000, 48_000, 49_950) == (line.total, line.unit_price, line.changed_price.catalogue)
    assert ("asha", "Damaged packing") == (line.changed_price.staff_id, line.changed_price.reason)


def test_without_that_setting_there_is_no_such_way(kurta: Till) -> None:
    """Off until the back office says otherwise."""
    gives(kurta, "480", way="price", pin=RAVI)

    assert (FULL, Way.PERCENT) == (total(kurta.state), bargain(kurta).way)


@pytest.mark.parametrize(("price", "sold"), [("420", 42_000), ("524.48", 52_448)])
def test_further_with_a_manager(kurta: Till, price: str, sold: int) -> None:
    """Twenty per cent below, five above; Asha alone may go five below."""
    gives(allowing(kurta, PRICES), price, way="price", pin=RAVI)

    assert sold == total(kurta.state)


@pytest.mark.parametrize("price", ["399.59", "524.49", "0", "4995"])
def test_no_further_than_a_manager(kurta: Till, price: str) -> None:
    """Nobody sells above what the store allows: a packed thing has an MRP."""
    gives(allowing(kurta, PRICES), price, way="price", pin=RAVI)

    assert (FULL, True) == (total(kurta.state), bargain(kurta).problem.startswith("Only a price from"))


def test_a_changed_price_is_no_news_from_the_catalogue(kurta: Till) -> None:
    """The cart must not ask whether the catalogue's price is to be used: somebody has just decided."""
    gives(allowing(kurta, PRICES), "480", way="price")
    kurta.hears("changes")

    assert {} == price_news(kurta.state)


def test_a_sync_under_a_changed_price_is_told(kurta: Till) -> None:
    """The catalogue says something new: the line shows it, and the new price takes the changed one's place."""
    gives(allowing(kurta, PRICES), "480", way="price")
    kurta.gets([ProductChange(id="kurta", revision=80, value=product("kurta", variant("kurta-v", price=47_000)))])
    kurta.hears("changes")
    news = price_news(kurta.state)
    kurta.says("PriceUsed", line=0)

    assert ([47_000], 47_000, None) == (
        list(news.values()),
        total(kurta.state),
        kurta.state.cart.lines[0].changed_price,
    )


def test_the_catalogues_price_comes_back(kurta: Till) -> None:
    """By the button, or by typing it."""
    gives(allowing(kurta, PRICES), "480", way="price").says("BargainAsked", line=0)
    assert (Way.PRICE, "480.00") == (bargain(kurta).way, bargain(kurta).typed)
    kurta.says("BargainRemoved")

    assert (FULL, None) == (total(kurta.state), kurta.state.cart.lines[0].changed_price)
