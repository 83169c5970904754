"""Every page with a store in it, also where people chose names that look like code."""

import csv
import io
import re

import pytest

from app.domain.payment import TenderKind
from app.domain.product import Product
from app.domain.promotion import BuyGet, PercentOff
from app.domain.session import Why
from app.domain.staff import Role
from app.sync.bodies import SessionOpened
from app.sync.entry import Kind
from app.sync.protocol import Dataset
from server.office import audit
from server.office.frame import PLACES
from server.office.tables import OfficePerson
from server.oms.catalogue import put_products
from server.oms.oms import Oms
from server.oms.records import put
from tests.conftest import NOW, customer, line, order, product, promotion, staff, tender, variant
from tests.server.browser import Browser
from tests.server.office.office import ROOT, Office

databases = pytest.mark.databases
EVIL = "<script>alert('₹')</script>\"&"
RUNS = '=HYPERLINK("https://else.example")'
LISTS = [place.path for place in PLACES if place.path not in {"", "settings"}]
DETAILS = [
    "orders/evil",
    "products/p1",
    "stock/v1",
    "customers/c1",
    "customers/new",
    "staff/s1",
    "staff/new",
    "tenders/cash",
    "tenders/new",
    "registers/R1",
    "settings/channels/pos",
    "settings/cash",
    "settings/returns",
    "settings/store",
    "people/admin",
    "password",
]
PAGES = [place.path for place in PLACES] + DETAILS


def furnish(oms: Oms, register: Browser, name: str) -> None:
    """Give everything in the store a name."""
    with oms.database.write() as session:
        put_products(session, [product("p1", variant("v1", size=name), name=name, brand=name, category=name)])
        put(session, Dataset.TENDERS, {"cash": tender(name=name)})
        put(session, Dataset.STAFF, {"s1": staff(name=name)})
        put(session, Dataset.CUSTOMERS, {"c1": customer(name=name, address=name)})
        offers = {"a": promotion("a", name=name, categories=(name,)), "b": promotion("b", offer=BuyGet(buy=2))}
        put(session, Dataset.PROMOTIONS, offers)
    register.append(
        Kind.SESSION_OPENED, opened := SessionOpened(session_id=name, at=NOW, why=Why.BY_HAND, staff_name=name)
    )
    register.push(register.append(Kind.SESSION_OPENED, opened))
    sold = order(line("nothing", name=name), id="evil", customer=customer(name=name), staff_name=name, notes=name)
    register.push(register.sale(sold, id="evil"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_names_and_runs_none(oms: Oms, register: Browser, admin: Office, path: str) -> None:
    """A name is text, whoever chose it."""
    furnish(oms, register, EVIL)

    page = admin.opens(path)

    assert [] == re.findall(r"<script|onerror=|alert\('₹'\)</script>", page)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_comes_as_a_file_that_runs_nothing(oms: Oms, register: Browser, admin: Office, path: str) -> None:
    """Export CSV is on each list, and opens in a spreadsheet."""
    furnish(oms, register, RUNS)

    reply = admin.client.get(f"{ROOT}/{path}", params={"format": "csv"})
    rows = list(csv.reader(io.StringIO(reply.text, newline="")))
    risky = [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]

    assert ("text/csv; charset=utf-8", [], True) == (reply.headers["content-type"], risky, len(rows) >= 1)


@pytest.mark.parametrize("path", [*LISTS, "reports?by=movement", "reports?by=drawer", "reports?by=shifts"])
def test_every_list_is_searched_filtered_and_exported(admin: Office, path: str) -> None:
    """What works in one list is looked for in all of them; sums have no names to search for, the rest has."""
    page = admin.opens(path)
    searched = path == "reports" or 'type="search"' in page
    filtered = "<select" in page or 'type="date"' in page
    exported = [form for form in ("Export CSV", "Export XLSX") if form in page]

    assert (True, True, ["Export CSV", "Export XLSX"]) == (searched, filtered, exported)


@pytest.mark.parametrize(
    ("path", "asked", "shown", "hidden"),
    [
        ("staff", {"role": "manager"}, "Ravi", "Asha"),
        ("staff", {"state": "Active"}, "Ravi", "Meera K"),
        ("tenders", {"kind": "card"}, "Swipe", "Cash at Store"),
        ("tenders", {"offline": "no"}, "Swipe", "Cash at Store"),
        ("promotions", {"state": "Off"}, "Old sale", "New sale"),
        ("promotions", {"coupon": "coupon"}, "New sale", "Old sale"),
        ("people", {"role": "viewer"}, ">vera<", "people/admin"),
        ("people", {"state": "Kept out"}, ">vera<", "people/admin"),
    ],
)
def test_short_lists_are_narrowed(
    oms: Oms, admin: Office, path: str, asked: dict[str, str], shown: str, hidden: str
) -> None:
    """Who looks for a manager does not want to read all names."""
    with oms.database.write() as session:
        people = {"m": staff("m", Role.MANAGER, name="Ravi"), "l": staff("l", name="Meera K", active=False)}
        put(session, Dataset.STAFF, people)
        put(session, Dataset.TENDERS, {"c": tender("c", TenderKind.CARD, name="Swipe", offline=False)})
        offers = {"a": promotion("a", name="Old sale", active=False), "b": promotion("b", name="New sale", code="TEN")}
        put(session, Dataset.PROMOTIONS, offers)
        session.add(OfficePerson(name="vera", role="viewer", password="x", active=False, made_at=NOW))

    page = admin.opens(path, **asked)

    assert (True, False) == (shown in page, hidden in page)


@databases
@pytest.mark.parametrize(
    ("path", "text"),
    [("sessions", "asha"), ("sessions", "s-1"), ("attention", "not in the catalogue"), ("imports", "pencils")],
)
def test_what_happened_is_found_by_its_words(oms: Oms, register: Browser, admin: Office, path: str, text: str) -> None:
    """Sessions by who was there, findings by what was found, imports by their file."""
    opened = SessionOpened(session_id="s-1", at=NOW, why=Why.BY_HAND, staff_name="Asha")
    register.push(register.append(Kind.SESSION_OPENED, opened), register.sale(order(line("nothing"))))
    with oms.database.write() as session:
        audit.note(session, "admin", "import", "imports/pencils.csv", None, None, reason="1 product")

    found, nothing = admin.opens(path, text=text), admin.opens(path, text="zzzz")

    assert ("1 row", "0 rows") == tuple(re.findall(r"\d+ rows?", page)[0] for page in (found, nothing))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("path", [*LISTS, "reports?by=movement", "reports?by=drawer", "reports?by=shifts"])
def test_the_ends_of_the_calendar_are_days_too(admin: Office, path: str, day: str) -> None:
    """Before the first day and after the last there is none: whoever reckons with it fails."""
    between = "&" if "?" in path else "?"

    assert "<h1" in admin.opens(f"{path}{between}since={day}&until={day}")


@databases
@pytest.mark.parametrize("path", LISTS)
def test_a_list_without_a_hit_says_so(admin: Office, path: str) -> None:
    """An empty page looks broken."""
    page = admin.opens(path, text="zzzz", since="2100-01-01", kind="gap", state="revoked")

    assert ("No " in page, "Export CSV" in page) in {(True, True)}


@pytest.mark.parametrize("path", LISTS)
def test_an_address_that_makes_no_sense_is_a_list_all_the_same(admin: Office, path: str) -> None:
    """People mend addresses by hand, and links get cut."""
    nonsense = {"page": "-7", "since": "tomorrow", "until": "31.12.", "status": "Maybe", "said": "<b>", "kind": "x"}

    assert "<b>" not in admin.opens(path, **nonsense)


@pytest.mark.parametrize(
    "path", ["products/none", "stock/none", "customers/none", "staff/none", "tenders/none", "orders/x"]
)
def test_what_is_not_there_is_said(admin: Office, path: str) -> None:
    """Not an empty form that would make something new."""
    assert 404 == admin.client.get(f"{ROOT}/{path}").status_code


def names(page: str) -> list[str]:
    """What stands first in each row of the list."""
    return re.findall(r'<th scope="row"[^>]*><a class="link"[^>]*>([^<]*)</a>', page)


@pytest.fixture
def shelf(oms: Oms) -> None:
    """Three products beside the kurta."""
    things: list[Product] = [
        product("p2", variant("v3", barcode="2000000000015"), name="Éclair", category="Bakery", tax_class="daily"),
        product("p3", variant("v4"), name="bun", category="Bakery"),
        product("p4", variant("v5"), name="100% juice", brand="Neem"),
    ]
    with oms.database.write() as session:
        put_products(session, things)


@pytest.mark.usefixtures("shelf")
@databases
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["100% juice", "bun", "Cotton Kurta", "Éclair"]),
        ({"text": "BUN"}, ["bun"]),
        ({"text": "neem"}, ["100% juice", "bun", "Cotton Kurta", "Éclair"]),
        ({"text": "%"}, ["100% juice"]),
        ({"text": "2000000000015"}, ["Éclair"]),
        ({"text": "sku-v4"}, ["bun"]),
        ({"category": "Bakery", "tax_class": "daily"}, ["Éclair"]),
    ],
)
def test_products_are_found(admin: Office, asked: dict[str, str], expected: list[str]) -> None:
    """By what somebody has in hand: a name, a brand, a code."""
    assert expected == names(admin.opens("products", **asked))


def test_pages_follow_each_other(oms: Oms, admin: Office) -> None:
    """Whoever has a thousand products sees fifty at a time, each once."""
    with oms.database.write() as session:
        put_products(session, [product(f"n{at}", variant(f"x{at}"), name=f"Thing {at:03d}") for at in range(120)])

    listed = [name for page in ("1", "2", "3") for name in names(admin.opens("products", page=page))]

    assert (121, 121) == (len(listed), len(set(listed)))


def test_orders_that_need_somebody_come_first(oms: Oms, register: Browser, admin: Office) -> None:
    """Money was taken and something is odd: that is not for page three."""
    register.push(register.sale(order(line("nothing"), id="odd"), id="odd"), register.sale(order()))

    assert ["DS01A2627-00001", "DS01A2627-00002"] == names(admin.opens("orders"))


def test_only_orders_that_need_somebody(register: Browser, admin: Office) -> None:
    """The morning's work list."""
    register.push(register.sale(order(line("nothing"), id="odd"), id="odd"), register.sale(order()))

    assert ["DS01A2627-00001"] == names(admin.opens("orders", state="attention"))


def test_an_order_shows_its_reasons_payments_and_history(register: Browser, admin: Office) -> None:
    """Whoever calls about it wants to know all of it."""
    register.push(register.sale(order(line("nothing"), id="odd"), id="odd"))

    page = admin.opens("orders/odd")

    told = ["Not in the catalogue: Cotton Kurta.", "Cash at Store", "Sold at R1", "Taken in: attention", "Settle"]
    assert [] == [text for text in told if text not in page]


@databases
def test_the_dashboard_tells_what_needs_somebody(register: Browser, admin: Office) -> None:
    """The first look of the day."""
    register.push(register.sale(order(line("nothing"))))

    assert "Not in the catalogue: Cotton Kurta." in admin.opens("")


def test_a_register_that_has_just_called_is_online(register: Browser, admin: Office) -> None:
    """Which till is dead is what a manager asks on the phone."""
    register.get("/ping", nonce="x")

    assert "Online" in admin.opens("registers/R1")


def test_percentages_are_written_as_people_do(oms: Oms, admin: Office) -> None:
    """Not as basis points."""
    offers = {"a": promotion("a", offer=PercentOff(rate=1_250)), "b": promotion("b", offer=PercentOff(rate=10_000))}
    with oms.database.write() as session:
        put(session, Dataset.PROMOTIONS, offers)

    page = admin.opens("promotions")

    assert (True, True) == ("12.5 % off" in page, "100 % off" in page)
