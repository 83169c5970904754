"""What lies in a browser's profile and in the folder: nothing about a person and no sale can be read there.

One register does all that leaves something behind; then its browser is closed, and every byte that it kept is searched.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from e2e.leaks import hidden_in, kept_by, profile_files
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import Till

NAME, PHONE, GSTIN, MAIL = "Zyxwhild Quorvane", "7412589630", "29AAGCB7383J1Z4", "quorvane@example.invalid"
OTHER = "7412500077"
PIN = "73519264"
GONE = "UPDATE stock SET quantity = 0 WHERE variant_id = (SELECT id FROM variants WHERE sku = 'QUILL-1')"
LAMP, BASKET = "Quillwort Lantern", "Quillwort Basket"
SECRETS = {
    "name": "Quorvane",
    "phone": PHONE,
    "the phone that the office typed": OTHER,
    "gstin": GSTIN,
    "mail": MAIL,
    "note": "Moonflower wrapping",
    "open note": "Thistledown ribbon",
    "parked name": "Bramblewick bag",
    "product": "Quillwort",
    "amount": "49876.54",
    "amount in paise": ":4987654",
    "pin": PIN,
    "search": "sassafras root",
    "reference": "GLIMMERREF",
}


@pytest.fixture(scope="module")
def busy(browser: Browser, store: Store, warm_till: Till, tmp_path_factory: pytest.TempPathFactory) -> Till:
    """A register that has sold, corrected, parked, asked and typed, with a sale open and an edit that waits."""
    office = BackOffice(browser.new_context(locale="en-IN").new_page(), store).signs_in()
    gives_a_pin(office)
    costs(store, tmp_path_factory.mktemp("lamp"))
    till = warm_till
    signs_in_with_a_long_pin(till)
    sells_to_somebody(till, store)
    leaves_much_open(till, office)
    office.page.context.close()
    return till


def gives_a_pin(office: BackOffice) -> None:
    """Eight digits that stand nowhere else."""
    office.goes_to("Staff")
    office.main.get_by_role("link", name="Asha").click()
    office.page.get_by_label("PIN").first.fill(PIN)
    office.saves()


def costs(store: Store, folder: Path) -> None:
    """Goods with an amount like no other."""
    file, rest = folder / "goods.csv", "Decor,49876.54,{},9,standard"
    goods = (f"{LAMP},{rest.format('QUILL-1')}", f"{BASKET},{rest.format('QUILL-2')}")
    file.write_text("\n".join(("name,category,sale price,sku,stock,tax class", *goods, "")))
    store.imports(file)


def signs_in_with_a_long_pin(till: Till) -> None:
    """Wrong once, then right; as soon as the register has heard of it."""
    till.searches(LAMP)
    expect(till.products.filter(has_text=LAMP)).to_be_visible(timeout=30_000)
    till.searches("")
    till.page.get_by_role("button", name="Sign out").click()
    till.signs_in("Asha", pin=PIN[:-1])
    expect(till.page.get_by_role("main")).to_contain_text("left")
    till.page.get_by_role("textbox", name="PIN").fill(PIN)
    till.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(till.page.get_by_role("searchbox", name="Search products")).to_be_visible()


def finds_the_buyer(till: Till, text: str) -> None:
    till.page.get_by_role("button", name="Customer", exact=True).click()
    dialog = till.page.get_by_role("dialog", name="Customer")
    dialog.get_by_role("searchbox", name="Find by phone or name").fill(text)
    dialog.get_by_role("button", name=NAME).click()
    expect(dialog).to_have_count(0)  # while it is open nobody can type into what is under it


def fills(place: Locator, **fields: str) -> None:
    for label, text in fields.items():
        place.get_by_role("textbox", name=label, exact=True).fill(text)
    place.get_by_role("button", name="Save", exact=True).click()


def sells_to_somebody(till: Till, store: Store) -> None:
    """A lamp to a new customer, with a note; synced, and with a verdict that says something."""
    till.goes_to("Customers")
    till.page.get_by_role("button", name="New customer").click()
    fills(till.page.get_by_role("main"), Name=NAME, Phone=PHONE, GSTIN=GSTIN, Email=MAIL, Address="5 Lake Road")
    till.shows_toast("is saved")
    till.goes_to("Sell")
    till.adds(LAMP)
    till.checks_out()
    finds_the_buyer(till, PHONE)
    till.page.get_by_role("textbox", name="Order notes").fill("Moonflower wrapping")
    till.pays_with("Card Swipe at Store", reference="GLIMMERREF")
    store.does_to_its_database(GONE)  # so that the verdict tells of the lamp in words
    till.completes()
    number = till.is_saved()
    till.starts_a_new_sale()
    till.shows_order(number, "Needs attention")


def leaves_much_open(till: Till, office: BackOffice) -> None:
    """A clash with the back office, a search, a parked sale, an edit that waits, and a sale in the middle."""
    with till.without_network():
        till.shows_banner("blue")
        edits(till, Phone="7412500088")
        office.goes_to("Customers")
        office.finds("Quorvane")
        office.page.get_by_role("textbox", name="Phone").fill(OTHER)
        office.saves()
    expect(row(till)).to_contain_text("Needs attention", timeout=30_000)
    till.goes_to("Sell")
    till.adds(BASKET)
    till.page.get_by_role("button", name="Park sale").click()
    dialog = till.page.get_by_role("dialog", name="Park sale")
    dialog.get_by_role("textbox", name="Name").fill("Bramblewick bag")
    dialog.get_by_role("button", name="Park", exact=True).click()
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")
    till.context.set_offline(True)
    till.shows_banner("blue")
    edits(till, Email="quorvane.two@example.invalid")
    till.goes_to("Sell")
    till.adds(BASKET)
    till.searches("sassafras root")
    till.searches("")
    till.checks_out()
    finds_the_buyer(till, NAME)
    notes = till.page.get_by_role("textbox", name="Order notes")
    notes.fill("Thistledown ribbon")
    notes.blur()
    expect(notes).to_have_text("Thistledown ribbon")  # the till has heard it, and drawn it


def row(till: Till) -> Locator:
    till.goes_to("Customers")
    till.page.get_by_role("searchbox", name="Search customers").fill("Quorvane")
    return till.page.get_by_role("table", name="Customers").get_by_role("row").filter(has_text=NAME)


def edits(till: Till, **fields: str) -> None:
    row(till).get_by_role("button", name=NAME).click()
    expect(till.page.get_by_role("heading", name=NAME)).to_be_visible()
    fills(till.page.get_by_role("main"), **fields)
    till.shows_toast("is saved")


def found_in(places: dict[str, str]) -> list[str]:
    """Which secret can be read where."""
    shapes = hidden_in(SECRETS)
    return [
        f"{what} in {where}"
        for where, text in places.items()
        for what, each in shapes.items()
        for shape in each
        if shape in text
    ]


def test_a_scan_finds_what_is_there(busy: Till) -> None:
    """A search that finds nothing anywhere would prove nothing: on the screen it finds what was typed."""
    assert {"open note in screen", "product in screen"} <= set(found_in({"screen": busy.page.content()}))


def test_nothing_in_the_clear_is_kept_by_the_page(busy: Till) -> None:
    """Every record of every store, and every file of the folder, as a script of the page would read them."""
    found = found_in(kept_by(busy))

    assert [] == found, "\n".join(found)


def test_nothing_in_the_clear_lies_in_the_profile(busy: Till) -> None:
    """Every byte on the disk once the browser is closed: databases, folder, caches, history, what the browser remembers
    of forms and tabs."""
    busy.closes()
    files = profile_files(busy.profile)

    found = found_in(files)

    assert any("leveldb" in name for name in files)
    assert [] == found, "\n".join(found)
