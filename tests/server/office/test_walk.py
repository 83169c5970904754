"""Who gets through which door: every route of API, back office and host, and every kind of caller.

A new route fails here until somebody has written down who may use it.
"""

from base64 import b64encode
from dataclasses import replace

import pytest
from httpx2 import Client
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.office.people import Role
from server.oms.oms import Oms
from server.oms.registers import authenticate
from server.oms.revisions import current
from server.oms.secrets import Secrets
from server.oms.tables import Register
from server.oms.tables_online import Audit
from server.oms.times import now
from tests.server.application import application
from tests.server.browser import Browser
from tests.server.office.office import Office
from tests.server.walking import Route, every_route, filled

ANYBODY = """
GET /api/v1/registers/enrol
POST /api/v1/registers/enrol
GET /api/v1/openapi.json
HEAD /api/v1/openapi.json
GET /pay/style.css
GET /pay/{token}
POST /pay/{token}/{choice}
GET /office
GET /office/sign-in
POST /office/sign-in
GET /office/style.css
GET /office/icons.svg
GET /pictures/{name}
HEAD /pictures/{name}
GET /{name:path}
HEAD /{name:path}
"""
REGISTERS = """
GET /api/v1/ping
GET /api/v1/snapshot
GET /api/v1/images/{sha256}
GET /api/v1/changes
POST /api/v1/entries
POST /api/v1/registers/lease
POST /api/v1/registers/{register_id}/recover
GET /api/v1/orders
GET /api/v1/orders/{order_id}
GET /api/v1/orders/{order_id}/e-invoice
GET /api/v1/exceptions
GET /api/v1/sessions
GET /api/v1/shifts
GET /api/v1/sales
GET /api/v1/customers/lookup
GET /api/v1/inventory
PATCH /api/v1/products/{sku}
POST /api/v1/delivery/quote
GET /api/v1/deliveries
POST /api/v1/payments/links
GET /api/v1/payments/links
GET /api/v1/payments/links/{link_id}
POST /api/v1/payments/links/{link_id}/cancel
POST /api/v1/payments/authorise
POST /api/v1/payments/{order_id}/process
POST /api/v1/payments/{payment_id}/reverse
POST /api/v1/coupons/validate
"""
VIEWERS = """
GET /office/
GET /office/orders
GET /office/orders/{order_id}
GET /office/attention
GET /office/turned-down/{digest}
GET /office/products
GET /office/products/{product_id:path}
GET /office/stock
GET /office/stock/{variant_id:path}
GET /office/customers
GET /office/customers/{customer_id}
GET /office/staff
GET /office/staff/{staff_id}
GET /office/tenders
GET /office/tenders/{tender_id}
GET /office/vouchers
GET /office/vouchers/{code}
GET /office/accounts
GET /office/accounts/{customer_id}
GET /office/promotions
GET /office/registers
GET /office/registers/{register_id}
GET /office/registers/{register_id}/import
GET /office/reports
GET /office/sessions
GET /office/imports
GET /office/settings
GET /office/settings/cards
GET /office/settings/channels/pos
GET /office/settings/store
GET /office/settings/pricing
GET /office/settings/returns
GET /office/settings/cash
GET /office/audit
GET /office/password
POST /office/password
POST /office/sign-out
"""
MANAGERS = """
POST /office/turned-down/{digest}
POST /office/attention/{digest}/{kind}
POST /office/orders/{order_id}/cards/process
POST /office/orders/{order_id}/cards/{payment_id}/paid
POST /office/products/{product_id:path}
POST /office/stock/{variant_id:path}
POST /office/customers/{customer_id}
POST /office/staff/{staff_id}
POST /office/tenders/{tender_id}
POST /office/vouchers/new
POST /office/vouchers/{code}
POST /office/accounts/{customer_id}
POST /office/accounts/{customer_id}/settle
POST /office/promotions/{promotion_id}
POST /office/imports
POST /office/imports/pending
"""
ADMINS = """
GET /office/people
POST /office/people
GET /office/people/{name}
POST /office/people/{name}
POST /office/people/{name}/password
POST /office/registers
POST /office/registers/{register_id}/revoke
POST /office/registers/{register_id}/recovery-code
POST /office/registers/{register_id}/import
POST /office/registers/{register_id}/import/book
POST /office/settings
POST /office/settings/cards
POST /office/settings/channels/pos
POST /office/settings/store
POST /office/settings/pricing
POST /office/settings/returns
POST /office/settings/cash
"""
OWN = ("/office/password", "/office/sign-out")


def listed(text: str) -> list[Route]:
    return [(line.split()[0], line.split()[1]) for line in text.split("\n") if line]


PLACES = {Role.VIEWER: listed(VIEWERS), Role.MANAGER: listed(MANAGERS), Role.ADMIN: listed(ADMINS)}
OFFICE = [route for places in PLACES.values() for route in places]


def status(client: Client, route: Route, headers: dict[str, str] | None = None) -> int:
    method, path = route
    return client.request(method, filled(path), headers=headers, follow_redirects=False).status_code


def state(oms: Oms) -> tuple[int, int]:
    """What would differ if something had been changed."""
    with oms.database.read() as session:
        return current(session), session.scalar(select(func.count()).select_from(Audit)) or 0


def test_every_route_is_written_down(oms: Oms) -> None:
    """Who adds one says here who may use it; the call that there is not answers any method and is left out."""
    found = {route for route in every_route(application(oms)) if route[1] != "/api/{rest:path}"}
    written = [*listed(ANYBODY), *listed(REGISTERS), *OFFICE]

    assert (set(), set(), len(set(written))) == (found - set(written), set(written) - found, len(written))


@pytest.fixture
def strangers(oms: Oms, register: Browser, keys: Secrets) -> dict[str, str]:
    """What does not open the API: tokens of all kinds that are not those of a register of this store."""
    revoked, elsewhere = Browser.enrol(register.client), Browser.enrol(register.client)
    with oms.database.write() as session:
        session.get_one(Register, revoked.me.register).revoked_at = now()
        session.get_one(Register, elsewhere.me.register).store = "DS02"
    other_oms = replace(keys, secret=b"of another OMS").derive("token", f"R1:{register.enrolment}")
    return {
        "empty": "",
        "wrong": "R1.wrong",
        "cut": register.me.token[:-1],
        "longer": f"{register.me.token}x",
        "of another register": f"R1.{elsewhere.me.token.partition('.')[2]}",
        "of another OMS": f"R1.{other_oms}",
        "of another store": elsewhere.me.token,
        "revoked": revoked.me.token,
        "odd": "\x7f'; --",
    }


def test_no_token_but_a_register_s_own_opens_the_api(
    oms: Oms, register: Browser, client: TestClient, strangers: dict[str, str]
) -> None:
    """Not one of another store or another OMS, not a revoked one, nor any other way to send a good one."""
    token = register.me.token
    headers = {what: {"Authorization": f"Bearer {text}"} for what, text in strangers.items()}
    headers |= {"none": {}, "scheme": {"Authorization": f"Basic {b64encode(token.encode()).decode()}"}}
    headers |= {"cookie": {"Cookie": f"Authorization=Bearer {token}; token={token}; store_os_office={token}"}}
    before = state(oms)
    let_in = [
        (what, route, found)
        for what, sent in headers.items()
        for route in listed(REGISTERS)
        if (found := status(client, route, sent)) != 401
    ]

    assert ([], before) == (let_in, state(oms))


def test_a_token_in_an_address_opens_nothing(register: Browser, client: TestClient) -> None:
    """Addresses stand in logs and histories."""
    query = {"token": register.me.token, "access_token": register.me.token}

    assert 401 == client.get(f"{API}/orders", params=query).status_code


def test_a_register_s_token_opens_all_of_the_api(register: Browser) -> None:
    """A walk in which every door is shut would prove nothing."""
    found = {route: status(register.client, route, register.bearer) for route in listed(REGISTERS)}

    assert {} == {route: code for route, code in found.items() if code not in {200, 404, 422}}


def test_another_store_s_register_is_as_unknown_as_nobody_s(oms: Oms, strangers: dict[str, str]) -> None:
    """A database holds one store; should a register of another ever stand in it, it neither sees nor sends anything."""
    with oms.database.read() as session:
        assert authenticate(session, strangers["of another store"]) is None


@pytest.mark.parametrize("role", Role)
def test_who_is_signed_in_at_the_office_is_nobody_at_the_api(oms: Oms, client: TestClient, role: Role) -> None:
    """A page that another site makes a browser open carries the cookie along."""
    somebody = Office.sign_in(oms, client, role)

    assert [] == [route for route in listed(REGISTERS) if status(somebody.client, route) != 401]


def test_the_office_lets_no_register_in(oms: Oms, register: Browser, client: TestClient) -> None:
    """An associate's browser has a token; it is none for prices, people and settings. Nor has a stranger one."""
    cookie = {"Cookie": f"store_os_office={register.me.token}"}
    before = state(oms)
    let_in = [route for route in OFFICE for sent in ({}, register.bearer, cookie) if status(client, route, sent) != 303]

    assert ([], before) == (let_in, state(oms))


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_is_written_down_for_it(oms: Oms, client: TestClient, role: Role) -> None:
    """And nothing else: who only looks changes nothing, whichever form they send; people are an admin's alone."""
    somebody = Office.sign_in(oms, client, role)
    token = somebody.token
    refused: set[Route] = set()
    for method, path in sorted(OFFICE, key=lambda route: route[1] in OWN):
        data = {"csrf": token} if method == "POST" else None
        before = state(oms)
        reply = somebody.client.request(method, filled(path), data=data, follow_redirects=False)
        assert reply.status_code < 500, (method, path)
        if reply.status_code == 403:
            refused.add((method, path))
            assert before == state(oms), (method, path)

    assert {route for needed, routes in PLACES.items() if not role.reaches(needed) for route in routes} == refused


def test_what_is_open_to_all_tells_nothing_of_the_store(client: TestClient) -> None:
    """No name of a customer, no price, no order: what strangers see is the app's own."""
    pages = [client.request(*each) for method, path in listed(ANYBODY) if (each := (method, filled(path)))]

    assert [] == [page.url for page in pages for word in ("Meera", "9876543210", "Kurta") if word in page.text]
