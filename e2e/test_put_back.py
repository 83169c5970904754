"""The OMS is put back from a backup while a register is open: what it lost comes back from the browser by itself."""

from pathlib import Path

from e2e.store import Store
from e2e.till import Till
from e2e.torture.registers.commands import server_says


def test_a_register_fills_the_hole_by_itself(store: Store, warm_till: Till, tmp_path: Path) -> None:
    """Two invoices were synced, and yesterday's backup knows nothing of them: nobody at the counter does anything."""
    sold = [warm_till.sells("Brown Bread")]
    warm_till.shows_orders(sold, "Synced")
    server_says(store, "backup", str(tmp_path / "yesterday.db"))
    sold += [warm_till.sells("Brown Bread"), warm_till.sells("Ribbed Top", size="S")]
    warm_till.shows_orders(sold, "Synced")

    store.loses_its_server()
    server_says(store, "restore", str(tmp_path / "yesterday.db"))
    lost = store.does_to_its_database("SELECT count(*) FROM orders")
    store.opens()
    found = [order["number"] for order in store.has_orders(3)]

    assert ([(1,)], sorted(sold)) == (lost, sorted(found))
    warm_till.shows_banner("none")
    number = warm_till.sells("Brown Bread")
    warm_till.shows_orders([*sold, number], "Synced")
    assert sorted([*sold, number]) == sorted(order["number"] for order in store.has_orders(4))
    assert [int(each[-5:]) for each in sorted([*sold, number])] == [1, 2, 3, 4]
