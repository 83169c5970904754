"""Selling from an imported catalogue of tens of thousands, not from a toy."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from e2e.conftest import TillMaker
from e2e.store import Store
from tests.conftest import shared_data

__all__ = ["shared_data"]


def test_s09_a_large_catalogue_comes_while_selling_and_is_sold_offline(
    store: Store, new_till: TillMaker, shared_data: Callable[[str], Path]
) -> None:
    """A grocer's 27,555 rows are imported in mid-sale; the cart stays, and with the server dead all of it is sold."""
    till = new_till(store.address).opens()
    till.becomes_ready_for_offline()
    till.adds("Brown Bread")
    total = till.total
    store.imports(shared_data("bigbasket_27555.csv.gz"))
    expect(till.page.locator("#header")).to_contain_text(re.compile(r"2\d,\d{3} products"), timeout=120_000)
    assert till.total == total
    store.loses_its_server()
    till.shows_banner("blue", within=60_000)

    till.adds("Garlic Oil")
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    number = till.is_saved(offline=True)
    expect(till.invoice).to_contain_text("Garlic Oil")

    store.opens()
    till.shows_order(number, "Synced", offline=True)
    [order] = store.has_orders(1)
    assert order["number"] == number
