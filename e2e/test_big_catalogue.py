"""Selling from an imported catalogue of tens of thousands, not from a toy."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from e2e.conftest import TillMaker
from e2e.store import Store
from tests.conftest import shared_data

__all__ = ["shared_data"]


def test_s09_sells_from_an_imported_catalogue_offline(
    store: Store, new_till: TillMaker, shared_data: Callable[[str], Path]
) -> None:
    """A grocer's 27,555 rows are imported, synced, searched while typing, and sold with the server dead."""
    store.imports(shared_data("bigbasket_27555.csv.gz"))
    till = new_till(store.address).opens()
    till.becomes_ready_for_offline()
    expect(till.page.locator("#header")).to_contain_text("products")
    store.loses_its_server()
    till.shows_banner("blue")

    till.searches("garlic oil caps")
    expect(till.products.first).to_contain_text("Garlic Oil")
    till.products.first.click()
    till.searches("mastercook bottle orange")
    till.products.first.click()
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    number = till.is_saved(offline=True)

    store.opens()
    till.shows_order(number, "Synced", offline=True)
    [order] = store.has_orders(1)
    assert order["number"] == number
