"""Writes the profile of this release into the golden files: `.venv/bin/python -m e2e.old_profile`.

A day in a store goes before it: sales of both kinds, a return, a shift, a parked sale, a customer, an open cart.
"""

import base64
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from e2e import profiles
from e2e.store import Store
from e2e.till import Till
from server.oms.secrets import NotOpened, load_or_make


def main() -> int:
    """Live a day, close the browser, and keep what it holds."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as last:
        store = Store(data=Path(folder) / "data").opens()
        last.callback(store.closes)
        browser = last.enter_context(sync_playwright())
        till = Till(browser.chromium, Path(folder) / "profile", store.address).opens()
        last.callback(till.closes)
        profile = day(store, till)
        profile["key"] = data_key(store, profile)
    file = profiles.GOLDEN / f"profile-{profile['version']}.json.gz"
    profiles.write(file, profile)
    sys.stdout.write(f"{file.name}: {len(profile['sold'])} sales\n")
    return 0


def day(store: Store, till: Till) -> dict[str, Any]:
    """Some sales that the OMS has, some that it lacks, and one that is not finished."""
    till.becomes_ready_for_offline()
    till.is_online()
    opens_a_shift(till)
    sold = [till.sells("Ribbed Top", size="S", tender="Card Swipe at Store", reference="AUTH 4711")]
    sold += [till.sells("Brown Bread")]
    till.shows_orders(sold, "Synced")
    store.loses_its_server()
    till.shows_banner("blue")
    sold += [till.sells("Ribbed Top", size="M", offline=True)]
    sold += [till.sells("Brown Bread", tender="UPI at Store", reference="412345678901", offline=True)]
    parks(till)
    till.adds("Ribbed Top", size="L")
    till.adds("Brown Bread")
    opened = till.total
    till.reloads()  # the till's drafts are kept before it is closed
    till.signs_in_again("Asha")
    expect(till.page.get_by_role("button", name="Continue sale")).to_be_visible()
    return {**profiles.dump(till.page, till.address), "sold": sold, "open": opened}


def opens_a_shift(till: Till) -> None:
    till.goes_to("Shift")
    till.page.get_by_role("textbox", name="Opening float").fill("1000")
    till.page.get_by_role("button", name="Open shift").click()
    expect(till.page.get_by_role("heading", name="Shift is open")).to_be_visible()


def parks(till: Till) -> None:
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.page.get_by_role("button", name="Park sale").click()
    dialog = till.page.get_by_role("dialog", name="Park sale")
    dialog.get_by_role("textbox", name="Name").fill("Meera")
    dialog.get_by_role("button", name="Park", exact=True).click()
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


def data_key(store: Store, profile: dict[str, Any]) -> str:
    """The raw key, which the browser does not give out; the OMS has it wrapped."""
    me = profiles.registered(profile)
    [[wrapped]] = store.does_to_its_database("SELECT wrapped_key FROM registers WHERE id = ?", me["register"])
    key = load_or_make(store.data / "secrets.json").unwrap(wrapped)
    assert not isinstance(key, NotOpened), key
    return base64.b64encode(key).decode()


if __name__ == "__main__":
    sys.exit(main())
