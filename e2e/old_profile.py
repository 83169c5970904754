"""Writes the profile of this release into the golden files: `.venv/bin/python -m e2e.old_profile`.

A day in a store goes before it: a shift, sales, goods that come back, a correction, cash, an outage that is over and
one that is not, a parked sale and an open cart. What was released stays: a second one of a version is `profile-N-2`.
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
from e2e.test_orders_list import corrects, opens
from e2e.test_returns import counts, gives_back, takes_back
from e2e.test_shift import moves_cash
from e2e.till import Till

KINDS = {"sale", "shift", "credit_note", "cash", "amended", "session_opened", "session_closed"}
"""Kinds of entries that a profile has to hold, or it shows less than it says."""


def main() -> int:
    """Live a day, close the browser, and keep what it holds."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as last:
        store = Store(data=Path(folder) / "data").opens()
        last.callback(store.closes)
        browser = last.enter_context(sync_playwright())
        till = Till(browser.chromium, Path(folder) / "profile", store.address).opens()
        last.callback(till.closes)
        profile = day(store, till)
        key = store.data_key(profiles.registered(profile)["register"])
        profile["key"] = base64.b64encode(key).decode()
    kinds = {Path(file).name.split("-")[1] for file in profile["files"] if "/journal/" in file}
    assert kinds >= KINDS, KINDS - kinds
    file = free(f"profile-{profile['version']}")
    profiles.write(file, profile)
    sys.stdout.write(f"{file.name}: {len(profile['sold'])} sales\n")
    return 0


def free(name: str) -> Path:
    """A file for a profile that has none of that name yet: what was released is never written again."""
    number = len(list(profiles.GOLDEN.glob(f"{name}*.json.gz"))) + 1
    return profiles.GOLDEN / (f"{name}.json.gz" if number == 1 else f"{name}-{number}.json.gz")


def day(store: Store, till: Till) -> dict[str, Any]:
    """Some sales that the OMS has, some that it lacks, and one that is not finished."""
    till.becomes_ready_for_offline()
    till.is_online()
    opens_a_shift(till)
    sold = [till.sells("Ribbed Top", size="S", tender="Card Swipe at Store", reference="AUTH 4711")]
    sold += [till.sells("Brown Bread")]
    till.shows_orders(sold, "Synced")
    is_corrected(till, sold[0])
    comes_back(till, sold[1])
    sold += has_an_outage(store, till)
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


def comes_back(till: Till, number: str) -> None:
    """Goods come back for a credit note; then cash is put in."""
    takes_back(till, number)
    counts(till, "Brown Bread", "1")
    gives_back(till)
    till.page.get_by_role("button", name="Done").click()
    till.goes_to("Shift")
    moves_cash(till, "Cash in", "200", "Change from the bank")


def is_corrected(till: Till, number: str) -> None:
    """A manager corrects the note of a sale."""
    opens(till, number)
    corrects(till, "Misheard", Order_notes="Gift wrap")


def has_an_outage(store: Store, till: Till) -> list[str]:
    """The server is away for one sale, and is back: the offline session is closed."""
    store.loses_its_server()
    till.shows_banner("blue")
    number = till.sells("Brown Bread", offline=True)
    store.opens()
    till.is_online()
    till.shows_orders([number], "Synced")
    return [number]


def parks(till: Till) -> None:
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.page.get_by_role("button", name="Park sale").click()
    dialog = till.page.get_by_role("dialog", name="Park sale")
    dialog.get_by_role("textbox", name="Name").fill("Meera")
    dialog.get_by_role("button", name="Park", exact=True).click()
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


if __name__ == "__main__":
    sys.exit(main())
