"""The audit has a line for whatever is changed in the back office: a new form fails until somebody has shown it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from starlette.datastructures import State

from app.domain.payment import TenderKind
from app.sync.protocol import Dataset
from app.sync.sandbox_card import TestCard
from server.office.app import office_app
from server.office.people import Role, add_person
from server.oms.findings import FindingKind
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.tables import ExceptionRow
from tests.conftest import line, order, promotion, tender
from tests.server.browser import Browser
from tests.server.browser import digest as digest_of
from tests.server.cards import processed, sold
from tests.server.office.office import PASSWORD, Office, trail
from tests.server.office.test_balances import sells
from tests.server.office.test_cash_rules import RULES as CASH
from tests.server.office.test_changing import PRODUCT, revision
from tests.server.office.test_pending import file as pending
from tests.server.office.test_pricing import LIMITS
from tests.server.office.test_return_rules import RULES as RETURNS
from tests.server.walking import every_route

NOT_CHANGING = {"/sign-in", "/sign-out", "/registers/{register_id}/import"}
"""Who is here, and a look into a folder before anything is booked."""
SECRET = {"password", "register code", "recovery code"}
"""Of what these became nobody is told."""
Line = tuple[str, str, str, dict[str, Any], dict[str, Any], str]
FILE = b"name,price\nPencil,10\n"
PAID = {"amount": "200", "how": "Cash", "seen": "49900"}


@dataclass(frozen=True, slots=True)
class Change:
    """A form that was filled in: its route, its address, and what the audit calls it."""

    route: str
    action: str
    path: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    file: bytes = b""


def of_things(register: Browser) -> list[Change]:
    product = {"revision": revision(register, "products", "p1"), **PRODUCT, "price-0": "520", "price-1": "499"}
    customer = {"revision": revision(register, "customers", "c1"), "name": "Meera Iyer", "phone": "98000 00000"}
    return [
        Change("/products/{product_id:path}", "product", "products/p1", product),
        Change("/stock/{variant_id:path}", "stock", "stock/v1", {"seen": "10", "count": "8", "reason": "Counted"}),
        Change("/customers/{customer_id}", "customer", "customers/c1", customer),
        Change("/staff/{staff_id}", "staff", "staff/s1", {"name": "Asha K", "role": "associate", "active": "on"}),
        Change("/tenders/{tender_id}", "tender", "tenders/new", {"name": "Meal card", "kind": "wallet"}),
        Change("/promotions/{promotion_id}", "promotion", "promotions/a"),
        Change("/vouchers/new", "voucher", "vouchers/new", {"amount": "500", "issued": "sold", "code": "GIFT-1"}),
        Change("/vouchers/{code}", "voucher", "vouchers/GIFT-1"),
        Change("/accounts/{customer_id}", "house account", "accounts/c1", {"limit": "6,000"}),
        Change("/accounts/{customer_id}/settle", "house account", "accounts/c1/settle", PAID),
        Change("/imports", "import", "imports", file=FILE),
        Change("/imports/pending", "import", "imports/pending", file=pending(register.sale(order(id="pending")))),
    ]


def of_settings() -> list[Change]:
    seller = {"name": "Demo Store", "address": "1 New Road", "state_code": "29"}
    caps = {"sale_cap": "1,000", "hard_cap": "2,000", "register_cap": "30,000", "hours": "12"}
    return [
        Change("/settings", "settings"),
        Change("/settings/cards", "settings", fields=caps),
        Change("/settings/channels/pos", "settings", fields={"offline": "on"}),
        Change("/settings/store", "settings", fields=seller),
        Change("/settings/pricing", "settings", fields=LIMITS),
        Change("/settings/returns", "settings", fields=RETURNS),
        Change("/settings/cash", "settings", fields=CASH),
    ]


def of_people_and_registers(staged: str) -> list[Change]:
    """The own password last: it ends the visit."""
    return [
        Change("/people", "person", fields={"name": "kiran", "role": "viewer"}),
        Change("/people/{name}", "person", "people/meera", {"role": "manager", "active": "on"}),
        Change("/people/{name}/password", "password", "people/meera/password"),
        Change("/registers", "register code", fields={"name": "R7"}),
        Change("/registers/{register_id}/recovery-code", "recovery code", "registers/R1/recovery-code"),
        Change("/registers/{register_id}/import/book", "import", "registers/R1/import/book", {"staged": staged}),
        Change("/registers/{register_id}/revoke", "register", "registers/R1/revoke", {"sure": "on"}),
        Change("/password", "password", fields={"old": PASSWORD, "new": "another long one"}),
    ]


def of_orders(oms: Oms, register: Browser) -> list[Change]:
    """A refused card, one that waits, and something odd."""
    card = sold(oms, register, TestCard.DECLINED)
    processed(register, card.id)
    waiting = sold(oms, register, TestCard.DECLINED).id
    register.push(register.sale(order(line("nothing"), id="odd")))
    asked = select(ExceptionRow.digest, ExceptionRow.kind).where(ExceptionRow.kind != FindingKind.CARD_REFUSED)
    with oms.database.read() as session:
        digest, kind = session.execute(asked).first() or ("", "")
    register.push(register.sale(order(id="twice"), id="twice"))
    conflict = register.sale(order(line("v2"), id="other"), id="twice")
    register.push(conflict)
    paid, cash = f"orders/{card.id}/cards/{card.payments[0].id}/paid", {"tender": "cash"}
    return [
        Change("/attention/{digest}/{kind}", "settle", f"attention/{digest}/{kind}"),
        Change("/turned-down/{digest}", "take in", f"turned-down/{digest_of(conflict)}"),
        Change("/orders/{order_id}/cards/process", "process cards", f"orders/{waiting}/cards/process"),
        Change("/orders/{order_id}/cards/{payment_id}/paid", "mark paid", paid, cash),
    ]


@pytest.fixture
def done(oms: Oms, register: Browser, admin: Office) -> list[tuple[Change, list[Line]]]:
    """All of them sent, each with what the audit says more after it."""
    terminal = tender("terminal", TenderKind.CARD, name="Card on Terminal", terminal=True)
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"terminal": terminal})
        put(session, Dataset.PROMOTIONS, {"a": promotion("a")})
        add_person(session, "meera", Role.VIEWER, PASSWORD)
    orders = of_orders(oms, register)
    admin.sends("accounts/c1", limit="5,000")
    sells(register, TenderKind.ACCOUNT, account="c1")
    page = admin.uploads("registers/R1/import", "left.jsonl", register.sale(order(id="left"))).text
    staged = page.split('name="staged" value="')[1].split('"')[0]
    outcome = []
    for change in (*of_things(register), *orders, *of_settings(), *of_people_and_registers(staged)):
        before, path = len(trail(oms)), change.path or change.route.strip("/")
        if change.file:
            admin.uploads(path, "file.csv", change.file)
        else:
            admin.sends(path, **change.fields)
        outcome.append((change, trail(oms)[before:]))
    return outcome


def tells(change: Change, line: Line) -> bool:
    """Whether a line says who did this, on what, and what it became."""
    who, action, subject, before, after, reason = line
    facts = before != after or bool(reason) or action in SECRET
    return (who, action) == ("admin", change.action) and bool(subject) and facts


def test_every_form_that_changes_something_leaves_its_line(done: list[tuple[Change, list[Line]]]) -> None:
    """Who did it, what it was and what it became: the one question after every trouble. Tomorrow's forms, too."""
    forms = {path for method, path in every_route(office_app(State())) if method == "POST"}
    silent = [(change.route, found) for change, found in done if not any(tells(change, each) for each in found)]

    assert (forms - NOT_CHANGING, []) == ({change.route for change, _ in done}, silent)
