"""The disk turns one bit of the catalogue over: no wrong price is sold, all else is, and the catalogue comes again."""

import re
from pathlib import Path

from playwright.sync_api import expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till

HEAD = b"SQLite format 3\0"
PRICED = re.compile(rb'"name":"(?P<name>[^"]+)"[^{}]*"variants":\[\{[^{}]*?"price":(?P<price>\d+)')


def errs(profile: Path) -> tuple[str, int]:
    """Turn a bit of the price over that lies last in the browser's own file; return whose it is, and what it was."""
    files = (path for path in (profile / "Default" / "File System").rglob("*") if path.is_file())
    (file,) = (path for path in files if path.read_bytes().startswith(HEAD))
    data = bytearray(file.read_bytes())
    found = list(PRICED.finditer(data))[-1]
    name, price = found["name"].decode(), int(found["price"])
    data[found.start("price")] ^= 1
    file.write_bytes(data)
    return name, price


def test_a_bit_that_turned_over_sells_nothing_at_a_wrong_price(store: Store, warm_till: Till) -> None:
    """A file system tells nobody that a page of it has changed: the till has to see it, at any page, while it sells."""
    warm_till.closes()
    store.closes()
    name, price = errs(warm_till.profile)
    warm_till.opens()
    warm_till.signs_in()

    warm_till.searches(name)
    trouble = warm_till.page.locator("#trouble")
    expect(trouble).to_contain_text("Part of the catalogue on this device is damaged")
    assert looks_wrong(warm_till, "catalogue-damaged") == []
    trouble.get_by_role("button", name="OK").click()
    number = warm_till.sells("Brown Bread", offline=None)

    store.opens()
    warm_till.shows_order(number, "Synced")
    warm_till.goes_to("Sell")
    warm_till.searches("")
    expect(warm_till.products).to_have_count(30)
    warm_till.searches(name)
    found = warm_till.page.get_by_role("list", name="Products").get_by_role("listitem").filter(has_text=name)
    expect(found).to_contain_text(f"{price // 100:,}.{price % 100:02}", timeout=60_000)
    assert number in {row["number"] for row in store.orders()}
