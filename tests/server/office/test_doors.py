"""The doors of the back office beside who gets in (test_walk): forms of our own, cookies, pages that tell nothing."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.datastructures import State
from starlette.testclient import TestClient

from server.office.app import office_app
from server.office.doors import needed, to
from server.office.people import Role
from server.oms.oms import Oms
from tests.server.application import application
from tests.server.office.office import ROOT, Office
from tests.server.walking import every_route, filled

PUBLIC = {"/sign-in", "/style.css", "/icons.svg"}


def routes(oms: Oms) -> list[tuple[str, str]]:
    """Each method with its path, ids filled in; what strangers may see is left out."""
    found = [route for route in every_route(office_app(State())) if route[1] not in PUBLIC]
    return [(method, filled(path)) for method, path in found]


def call(client: TestClient, method: str, path: str, **fields: str) -> int:
    data = fields if method == "POST" else None
    return client.request(method, f"{ROOT}{path}", data=data, follow_redirects=False).status_code


def test_without_our_token_no_form_is_believed(oms: Oms, admin: Office) -> None:
    """Another site can make a browser send a form; it can't read our pages."""
    changing = [each for each in routes(oms) if each[0] == "POST"]

    assert [] == [each for each in changing if call(admin.client, *each, csrf="guessed") != 403]


def test_a_token_is_of_one_visit(oms: Oms, admin: Office, manager: Office) -> None:
    """What one person's page carries must not open another's."""
    assert admin.opens("password").split('name="csrf" value="')[1][:20] not in manager.opens("password")


def test_a_form_of_another_site_is_turned_away(admin: Office) -> None:
    """Even with a token that leaked."""
    token = admin.opens("password").split('name="csrf" value="')[1].split('"')[0]
    reply = admin.client.post(f"{ROOT}/sign-out", data={"csrf": token}, headers={"Origin": "https://else.example"})

    assert 403 == reply.status_code


def test_a_browser_that_says_where_a_form_comes_from_is_believed(admin: Office) -> None:
    """Behind a proxy the host's name may be another one; the browser knows better."""
    token = admin.opens("password").split('name="csrf" value="')[1].split('"')[0]
    headers = {"Origin": "https://store.example", "Sec-Fetch-Site": "same-origin"}
    reply = admin.client.post(f"{ROOT}/sign-out", data={"csrf": token}, headers=headers, follow_redirects=False)

    assert 303 == reply.status_code


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("GET", "/office/", Role.VIEWER),
        ("POST", "/office/products/p1", Role.MANAGER),
        ("POST", "/office/anything-new", Role.MANAGER),
        ("POST", "/office/settings/channels/pos", Role.ADMIN),
        ("GET", "/office/people", Role.ADMIN),
        ("POST", "/office/password", Role.VIEWER),
    ],
)
def test_the_role_that_a_page_needs(method: str, path: str, role: Role) -> None:
    """A page that somebody adds tomorrow is closed until the table says otherwise."""
    assert role is needed(method, path)


def test_no_script_runs_on_any_page(admin: Office) -> None:
    """Whatever a customer calls themselves: the browser is told to run nothing."""
    policies = admin.client.get(f"{ROOT}/").headers.get_list("content-security-policy")

    assert ["default-src 'none'"] == [each.split(";")[0] for each in policies if "script-src" not in each]


def test_pages_are_kept_by_nobody(admin: Office) -> None:
    """The back button of the next person must not show customers."""
    assert "no-store" == admin.client.get(f"{ROOT}/customers").headers["cache-control"]


def test_the_office_without_a_slash_is_the_office(client: TestClient) -> None:
    """People type /office."""
    assert "/office/" == client.get("/office", follow_redirects=False).headers["location"]


def test_an_unknown_page_is_a_page_that_says_so(admin: Office) -> None:
    """Not a document for machines."""
    reply = admin.client.get(f"{ROOT}/nothing-here")

    assert (404, True) == (reply.status_code, "text/html" in reply.headers["content-type"])


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError(), 500, "made a mistake"),
        (OperationalError("UPDATE", {}, Exception("locked")), 503, "write now"),
        (NoConnection("all are taken"), 503, "write now"),
    ],
)
def test_a_page_that_could_not_be_made_says_what_is_safe(
    oms: Oms, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str
) -> None:
    """A person who sees a blank page does it again; a database that is busy or away is no mistake of ours."""

    def breaks(*_: object, **__: object) -> None:
        raise error

    client = TestClient(application(oms), base_url="http://localhost", raise_server_exceptions=False)
    admin = Office.sign_in(oms, client)
    monkeypatch.setattr("server.office.trail.show", breaks)
    reply = admin.client.get(f"{ROOT}/audit")

    assert (status, True, True) == (reply.status_code, words in reply.text, "Nothing was changed" in reply.text)


def test_no_id_breaks_out_of_an_address(admin: Office) -> None:
    """Ids come from files and registers, and stand in headers that lead on."""
    assert "/office/orders/a%0D%0ASet-Cookie%3A%20b%3Dc" == to("orders", "a\r\nSet-Cookie: b=c")
