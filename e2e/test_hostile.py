"""Names, notes and files with scripts in them run nowhere: at the till, in the back office, on a customer's phone.

Each page says by itself whether a script of somebody else's ran, or was stopped only by the policy: neither may be.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from starlette.datastructures import State

from app.domain.settings import Settings as StoreSettings
from app.domain.staff import Role
from app.domain.voucher import Issued
from app.sync.protocol import Dataset
from e2e.office import BackOffice
from e2e.store import ROOT, Store
from e2e.till import Till
from server.office.app import office_app
from server.office.tables import OfficePerson
from server.oms.catalogue import put_products, put_stock
from server.oms.oms import Oms, open_oms
from server.oms.providers import Wanted
from server.oms.records import put, read_all
from server.oms.tables import Reject
from server.oms.times import now
from server.oms.vouchers import issue
from server.settings import read_settings
from tests.conftest import customer, product, promotion, staff, tender, variant
from tests.server.walking import every_route

GOODS = '<img src=x onerror="window.ran=1">Zeppelin {{7*7}}'
BRAND = '"><script>window.ran=1</script>'
BUYER = "</script><svg onload=window.ran=1>Mallory"
SELLER = "<u onmouseover=window.ran=1>Shop</u> & Sons"
CLERK = "<b style=x onfocus=window.ran=1 tabindex=1 autofocus>Trudy"
TENDER = "Cash';window.ran=1;'"
OFFER = "javascript:window.ran=1"
NOTE = "</textarea><img src=x onerror=window.ran=1>"
SAID = "<svg/onload=window.ran=1>Faulty"
DIGEST = "e" * 64
CODE = "=cmd|' /C calc'!A0"
WATCH = """
    window.ran = 0;
    window.blocked = [];
    addEventListener("securitypolicyviolation", (event) => window.blocked.push(event.violatedDirective));
"""


@dataclass
class Watched:
    """A page whose scripts are counted."""

    page: Page
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._opened)

    def _opened(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def wrong(self, where: str, *texts: str) -> list[str]:
        """What ran or was stopped, and which text does not stand on the page as it was typed."""
        ran, blocked = self.page.evaluate("[window.ran, window.blocked]")
        shown = self.page.locator("body").inner_text() + " ".join(
            self.page.evaluate("[...document.querySelectorAll('input, textarea')].map((each) => each.value)")
        )
        found = [f"{where}: a script ran"] if ran or self.dialogs else []
        found += [f"{where}: only the policy stopped {each}" for each in blocked]
        return found + [f"{where}: {text} is not shown" for text in texts if text not in shown]


def oms_of(store: Store) -> Oms:
    return open_oms(read_settings(store.data, ROOT / "dist"))


@pytest.fixture(scope="module")
def worst(store: Store) -> None:
    """The store, filled with the worst."""
    oms = oms_of(store)
    goods = product("evil", variant("evil-v", sku=CODE, price=49_900), name=GOODS, brand=BRAND, category=BRAND)
    with oms.database.write() as session:
        there = read_all(session, Dataset.SETTINGS, StoreSettings)[0]
        seller = there.seller.model_copy(update={"name": SELLER, "address": BRAND})
        reasons = {"return_reasons": (SAID,), "discount_reasons": (SAID,)}
        put(session, Dataset.SETTINGS, {there.store: there.model_copy(update={"seller": seller, **reasons})})
        put(session, Dataset.CUSTOMERS, {"evil": customer("evil", name=BUYER, phone="9811111111", address=NOTE)})
        put(session, Dataset.STAFF, {"evil": staff("evil", Role.ASSOCIATE, name=CLERK)})
        put(session, Dataset.TENDERS, {"evil": tender("evil", name=TENDER, position=99)})
        put(session, Dataset.PROMOTIONS, {"evil": promotion("evil", name=OFFER)})
        issue(session, 50_000, Issued.SOLD, CLERK, code="EVIL")
        seen = {"register": "R1", "received_at": now(), "line": NOTE.encode(), "seq": 1}
        session.add(Reject(digest=DIGEST, verdict="conflict", why=NOTE, **seen))
        session.add(OfficePerson(name=CLERK, role="viewer", password="", active=True, made_at=now()))
        put_products(session, [goods])
        put_stock(session, {"evil-v": Decimal(100)})
    oms.close()


@pytest.fixture(scope="module")
def till(worst: None, warm_till: Till) -> Watched:
    """The register, once it has heard of all that."""
    warm_till.context.add_init_script(WATCH)
    warm_till.reloads()
    warm_till.signs_in()
    warm_till.searches("Zeppelin")
    expect(warm_till.products.filter(has_text="Zeppelin")).to_be_visible(timeout=30_000)
    warm_till.is_online()
    warm_till.goes_to("Sell")
    expect(warm_till.products.filter(has_text="Zeppelin")).to_be_visible()
    return Watched(warm_till.page)


def sells(warm_till: Till) -> None:
    """The worst to the worst, with a note."""
    warm_till.picks("Zeppelin")
    warm_till.checks_out()
    warm_till.page.get_by_role("button", name="Customer", exact=True).click()
    dialog = warm_till.page.get_by_role("dialog", name="Customer")
    dialog.get_by_role("searchbox", name="Find by phone or name").fill("Mallory")
    dialog.get_by_role("button", name=BUYER).click()
    expect(warm_till.page.get_by_role("dialog")).to_have_count(0)
    warm_till.page.get_by_role("textbox", name="Order notes").fill(NOTE)


def test_no_script_runs_at_the_till(warm_till: Till, till: Watched) -> None:
    """Every screen that shows a name: the goods, the cart, the invoice, orders, customers, the sign-in."""
    wrong = till.wrong("found", GOODS)
    sells(warm_till)
    wrong += till.wrong("checkout", GOODS, BUYER, NOTE, TENDER)
    warm_till.pays_with(re.escape(TENDER))
    warm_till.completes()
    number = warm_till.is_saved()
    wrong += till.wrong("invoice", GOODS, BUYER, NOTE, SELLER, TENDER)
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    wrong += till.wrong("orders")
    warm_till.order_row(number).get_by_role("button", name=number, exact=True).click()
    expect(warm_till.page.get_by_role("main")).to_contain_text("Zeppelin")
    wrong += till.wrong("order", GOODS, BUYER)
    for place in ("Customers", "Shift", "Settings", "Status"):
        warm_till.goes_to(place)
        wrong += till.wrong(place)
    warm_till.page.get_by_role("button", name="Sign out").click()
    warm_till.is_ready_to_sign_in()
    wrong += till.wrong("sign in", CLERK)

    assert wrong == []


PAGES = {
    "": (),
    "orders": (BUYER,),
    "attention": (),
    "products": (GOODS, BRAND),
    "products/evil": (GOODS, BRAND, CODE),
    "stock": (GOODS, CODE),
    "stock/evil-v": (GOODS,),
    "customers": (BUYER,),
    "customers/evil": (BUYER, NOTE),
    "accounts/evil": (BUYER,),
    "staff": (CLERK,),
    "staff/evil": (CLERK,),
    "tenders": (TENDER,),
    "tenders/evil": (TENDER,),
    "promotions": (OFFER,),
    "vouchers": ("EVIL",),
    "vouchers/EVIL": (CLERK,),
    "accounts": (),
    "sessions": (),
    "registers": ("R1",),
    "registers/R1": (),
    "registers/R1/import": (),
    "people": (CLERK,),
    f"people/{quote(CLERK, safe='')}": (CLERK,),
    f"turned-down/{DIGEST}": (NOTE,),
    "password": (),
    "reports": (),
    "reports?by=product": (GOODS,),
    "reports?by=tender": (TENDER,),
    "settings": (),
    "settings/store": (SELLER,),
    "settings/cards": (),
    "settings/channels/pos": (),
    "settings/pricing": (SAID,),
    "settings/returns": (SAID,),
    "settings/cash": (),
    "imports": (),
    "audit": (),
    "orders?text=%22%3E%3Cscript%3Ewindow.ran%3D1%3C/script%3E": (BRAND,),
    "no-such-page/%3Cscript%3Ewindow.ran=1%3C/script%3E": (),
}
"""The back office, page by page, with what has to stand there; what an address says is typed by somebody, too."""
NO_PAGES = {"/sign-in", "/style.css", "/icons.svg"}
"""Asked of strangers; and what pages look like."""


def test_no_script_runs_in_the_back_office(browser: Browser, store: Store, till: Watched, tmp_path: Path) -> None:
    """Nor by a file's name or a cell of it."""
    context = browser.new_context(locale="en-IN")
    context.add_init_script(WATCH)
    office = BackOffice(context.new_page(), store).signs_in()
    watched = Watched(office.page)
    office.opens("imports")
    file = tmp_path / "a<img src=x onerror=window.ran=1>.csv"
    file.write_text(f'name,price,picture\n"{NOTE}",12,javascript:window.ran=1\n')
    office.page.locator("#file").set_input_files(file)
    office.page.get_by_role("button", name="Import", exact=True).click()
    expect(office.main).to_contain_text("What came of")
    wrong = watched.wrong("import")
    for path, texts in PAGES.items():
        office.opens(path)
        wrong += watched.wrong(path, *texts)
    order = store.orders()[0]["id"]
    office.opens(f"orders/{order}")
    wrong += watched.wrong("order", GOODS, BUYER, NOTE, TENDER)
    context.close()

    assert wrong == []


def test_no_script_runs_on_a_customers_phone(browser: Browser, store: Store, till: Watched) -> None:
    """The page of a payment shows the store's name to strangers."""
    oms = oms_of(store)
    standing = oms.provider.create(
        Wanted(id="evil", payee=SELLER, amount=49_900, expires_at=now() + timedelta(hours=1))
    )
    oms.close()
    context = browser.new_context(locale="en-IN")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{store.address}{standing.url}")
    wrong = Watched(page).wrong("pay", SELLER)
    context.close()

    assert wrong == []


def test_every_page_of_the_back_office_is_among_them() -> None:
    """The next page shows names, too."""
    pages = {path for method, path in every_route(office_app(State())) if method == "GET" and path not in NO_PAGES}
    walked = {f"/{path.partition('?')[0]}" for path in (*PAGES, "orders/o1")}
    forms = {path: re.compile(re.sub(r"\{\w+(:path)?\}", "[^/]+", path)) for path in pages}

    assert [] == [path for path, form in forms.items() if not any(form.fullmatch(each) for each in walked)]
