"""Leaving a register: it says what waits, asks only while a sale is on its way to the disk, and loses nothing."""

from playwright.sync_api import Locator, expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till

HOLD = """
    () => new Promise((done) => {
        const request = indexedDB.open("store-os");
        request.onsuccess = () => {
            const work = request.result.transaction("journal", "readwrite");
            window.holds = true;
            const again = () => { if (window.holds) work.objectStore("journal").count().onsuccess = again; };
            work.oncomplete = () => request.result.close();
            again();
            done();
        };
    })
"""
"""The disk is slow: whoever wants to write to the journal has to wait."""
LEAVES = """
    () => {
        const leaving = new Event("beforeunload", { cancelable: true });
        dispatchEvent(leaving);
        return leaving.defaultPrevented;
    }
"""
"""Somebody closes the page; whether the browser is told to ask first."""


def main(till: Till) -> Locator:
    return till.page.get_by_role("main")


def test_the_page_asks_while_a_sale_is_being_written_and_never_else(warm_till: Till) -> None:
    """Whoever is asked each time clicks it away the one time that it matters."""
    warm_till.adds("Brown Bread")
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    before = warm_till.page.evaluate(LEAVES)
    warm_till.page.evaluate(HOLD)
    warm_till.completes()
    expect(warm_till.page.locator("[data-unsaved]")).to_have_count(1)
    during = warm_till.page.evaluate(LEAVES)
    warm_till.page.evaluate("window.holds = false")
    warm_till.is_saved()

    assert (False, True, False) == (before, during, warm_till.page.evaluate(LEAVES))
    warm_till.starts_a_new_sale()


def test_who_signs_out_reads_what_waits_and_it_is_all_there_tomorrow(store: Store, warm_till: Till) -> None:
    """The last one of the evening signs out in an outage and closes the browser; in the morning it is all sent."""
    store.has_orders(1)
    store.loses_its_server()
    warm_till.shows_banner("blue")
    number = warm_till.sells("Brown Bread", offline=True)
    warm_till.adds("Brown Bread")
    warm_till.page.get_by_role("button", name="Sign out").click()
    expect(main(warm_till)).to_contain_text("Not sent yet: 1 sale. Safe here, and sent while this page is open")
    expect(main(warm_till)).to_contain_text("Not finished: 1 sale.")
    assert looks_wrong(warm_till, "sign-in-left") == []

    warm_till.closes()
    store.opens()
    warm_till.opens().is_ready_to_sign_in()
    assert number in [order["number"] for order in store.has_orders(2)]
    expect(main(warm_till)).not_to_contain_text("Not sent yet")
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()
    expect(warm_till.page.get_by_role("region", name="Cart")).to_contain_text("Brown Bread")
