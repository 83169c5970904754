"""A browser loses its register’s database, as Chromium deletes one that it finds damaged: nothing is lost by it."""

import shutil

import pytest
from playwright.sync_api import Locator, expect

from e2e.looking import SCREENS, looks_wrong
from e2e.store import Store
from e2e.till import STAFF, Till

PULL = """
    async () => {
        const root = await navigator.storage.getDirectory();
        for (;;) {
            try {
                return await root.removeEntry("Store OS", { recursive: true });
            } catch (error) {
                if (error.name !== "NoModificationAllowedError") throw error;
                await new Promise((goOn) => setTimeout(goOn, 50));  // a file is just being written
            }
        }
    }
"""
"""The stick with the folder is pulled out."""
SPARED = """
    async () => {
        const found = [];
        const walk = async (folder, path) => {
            for await (const [name, handle] of folder.entries()) {
                if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
                else found.push(path + name);
            }
        };
        await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("Spare"), "");
        return found;
    }
"""


LOST = "Lost in this browser: DS01-R1"


def spared(till: Till) -> int:
    """How many entries lie in the spare place."""
    found: list[str] = till.page.evaluate(SPARED)
    return sum("/journal/" in path for path in found)


def loses_its_database(till: Till) -> None:
    """Close the browser and delete what it does when it finds its LevelDB damaged; nothing else of the profile."""
    till.closes()
    shutil.rmtree(till.profile / "Default" / "IndexedDB")


def card(till: Till, name: str) -> Locator:
    till.goes_to("Settings")
    return till.page.get_by_role("region", name=name)


@pytest.fixture(scope="module")
def sold(store: Store, warm_till: Till) -> list[str]:
    """Three invoices in customers' hands: one booked, two that neither server nor folder has; then no database."""
    numbers = [warm_till.sells("Brown Bread")]
    store.has_orders(1)
    store.loses_its_server()
    warm_till.shows_banner("blue")
    assert spared(warm_till) == 0
    warm_till.page.evaluate(PULL)
    numbers += [warm_till.sells("Brown Bread", offline=True) for _ in range(2)]
    assert spared(warm_till) >= 2
    loses_its_database(warm_till)
    store.opens()
    warm_till.opens().is_ready_to_sign_in()
    return numbers


def test_the_browser_says_what_it_has_lost(sold: list[str], warm_till: Till) -> None:
    """It became another register by itself in a second, and nobody would ever know."""
    expect(warm_till.page.locator("#main")).to_contain_text("This browser has lost the database of DS01-R1.")
    assert looks_wrong(warm_till, "lost-sign-in") == []
    warm_till.signs_in()
    lost = card(warm_till, LOST)
    expect(lost).to_contain_text("Kept in this browser, in case the folder lacks them:")
    assert looks_wrong(warm_till, "lost-settings") == []
    lost.screenshot(path=str(SCREENS / "lost-card.png"))


def test_the_sales_are_booked_once(sold: list[str], store: Store, warm_till: Till) -> None:
    """What neither the server had nor the folder comes back, and the notice goes for good."""
    warm_till.chooses_a_folder()
    expect(card(warm_till, LOST)).not_to_contain_text("Kept in this browser")
    assert spared(warm_till) == 0
    recovers(store, warm_till)
    assert sorted(sold) == sorted(order["number"] for order in store.has_orders(3))

    expect(warm_till.page.locator("#formers")).to_have_count(0)
    warm_till.reloads()
    warm_till.is_ready_to_sign_in()
    expect(warm_till.page.locator("#main")).not_to_contain_text("lost the database")


def recovers(store: Store, till: Till) -> None:
    """Take the lost register's journal from the folder, as the notice says."""
    recovery = card(till, "Recover a register")
    recovery.get_by_role("button", name="Choose its folder").click()
    recovery.get_by_role("textbox", name="Code of the back office").fill(store.gives_a_recovery_code("R1"))
    recovery.get_by_role("combobox", name="Manager").select_option(label="Ravi")
    recovery.get_by_role("textbox", name="Manager’s PIN").fill(STAFF["Ravi"])
    recovery.get_by_role("button", name="Recover DS01-R1").click()
    expect(recovery).to_contain_text("This register goes on for R1", timeout=30_000)
