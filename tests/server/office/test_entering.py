"""Signing in: who gets in, what the browser keeps, and what happens to those who guess."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from server.office import cookies, people
from server.office.people import Role, add_person, first_admin, new_password
from server.office.tables import OfficePerson, OfficeVisit
from server.oms.oms import Oms
from tests.server.application import application
from tests.server.office.office import PASSWORD, ROOT, Office

SIGN_IN = f"{ROOT}/sign-in"
SLOW = people._HASHER  # as it is before the tests make it quick


def tries(client: TestClient, password: str, name: str = "admin", **headers: str) -> int:
    """Try to sign in and return the status."""
    given = {"name": name, "password": password}
    return client.post(SIGN_IN, data=given, headers=headers, follow_redirects=False).status_code


@pytest.fixture
def asha(oms: Oms) -> str:
    """Somebody with a password, who is not signed in."""
    with oms.database.write() as session:
        assert add_person(session, "asha", Role.MANAGER, PASSWORD) is None
    return "asha"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, asha: str) -> None:
    """A cookie that a script or another site can use is a password that lies about."""
    given = {"name": asha, "password": PASSWORD}
    cookie = client.post(SIGN_IN, data=given, follow_redirects=False).headers["set-cookie"]

    kept = {part.strip().split("=")[0].lower(): part.strip() for part in cookie.split(";")}

    assert {"httponly", "samesite", "path", "max-age"} <= set(kept)
    assert ("samesite=strict", "Path=/office") == (kept["samesite"].lower(), kept["path"])


@pytest.mark.parametrize(
    ("address", "secure"),
    [
        ("http://localhost", False),
        ("http://127.0.0.1:8000", False),
        ("https://store.example", True),
        ("http://store.example", True),
    ],
)
def test_cookies_travel_encrypted_alone_off_localhost(oms: Oms, asha: str, address: str, secure: bool) -> None:
    """In a shop's network somebody listens, and a host beside ours sets cookies; the machine itself has neither."""
    visitor = TestClient(application(oms), base_url=address)
    given = {"name": asha, "password": PASSWORD}
    reply = visitor.post(SIGN_IN, data=given, follow_redirects=False)
    for cookie in (each.lower() for each in reply.headers.get_list("set-cookie")):
        parts = {part.strip().split("=")[0] for part in cookie.split(";")}

        assert (True, True, secure) == ("httponly" in parts, "samesite=strict" in cookie, "secure" in parts)
        assert (secure, secure) == (cookie.startswith("__host-"), "path=/;" in cookie)


def test_an_address_without_https_is_warned_about(stranger: TestClient) -> None:
    """The browser would forget the secure cookie, and nobody would know why."""
    assert "Open it with https://" in stranger.get(SIGN_IN).text


def test_only_the_hash_of_a_cookie_is_kept(oms: Oms, admin: Office) -> None:
    """Whoever reads a backup must not be signed in by it."""
    token = admin.client.cookies[cookies.VISIT]
    with oms.database.read() as session:
        kept = session.scalars(select(OfficeVisit.token_hash)).all()

    assert (1, False) == (len(kept), token in kept)


def test_a_password_is_kept_as_its_argon2_hash(oms: Oms, asha: str) -> None:
    """The one thing that a stolen database must not give away."""
    with oms.database.read() as session:
        kept = session.get_one(OfficePerson, asha).password

    assert kept.startswith("$argon2id$")


def test_a_name_that_nobody_has_is_told_from_none(client: TestClient, asha: str) -> None:
    """An answer that differs would be a list of who works here."""
    known = client.post(SIGN_IN, data={"name": asha, "password": "wrong"}).text
    unknown = client.post(SIGN_IN, data={"name": "nobody", "password": "wrong"}).text

    assert known.replace(asha, "") == unknown.replace("nobody", "")


def test_somebody_who_is_kept_out_stays_out(oms: Oms, client: TestClient, asha: str) -> None:
    """People leave, and know their passwords."""
    with oms.database.write() as session:
        session.get_one(OfficePerson, asha).active = False

    assert 403 == tries(client, PASSWORD, asha)


def test_another_site_can_sign_nobody_in(client: TestClient, asha: str) -> None:
    """Otherwise somebody works under a name that is not theirs."""
    assert 403 == tries(client, PASSWORD, asha, Origin="https://elsewhere.example")


def test_strangers_may_send_little(client: TestClient) -> None:
    """A form without a limit fills the memory before anybody has said who they are."""
    assert 413 == tries(client, "x" * (8 << 10))


def test_a_sign_in_of_many_fields_is_none(client: TestClient) -> None:
    """Nobody takes them apart before somebody has signed in."""
    many = {f"field{turn}": "x" for turn in range(20)}

    assert 400 == client.post(SIGN_IN, data=many).status_code


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example", "/office/../api", ""])
def test_signing_in_leads_nowhere_else(client: TestClient, asha: str, onward: str) -> None:
    """A link to our sign-in must not end on a page that looks like ours."""
    given = {"name": asha, "password": PASSWORD, "next": onward}

    assert "/office/" == client.post(SIGN_IN, data=given, follow_redirects=False).headers["location"]


def test_signing_in_goes_on_where_somebody_wanted_to_go(client: TestClient, asha: str) -> None:
    """A bookmark opens what it names."""
    asked = client.get(f"{ROOT}/orders", follow_redirects=False).headers["location"]
    given = {"name": asha, "password": PASSWORD, "next": "/office/orders"}

    assert (f"{SIGN_IN}?next=/office/orders", "/office/orders") == (
        asked,
        client.post(SIGN_IN, data=given, follow_redirects=False).headers["location"],
    )


def test_signing_out_ends_the_visit_on_the_server(admin: Office) -> None:
    """A cookie that was copied is worth nothing any more."""
    token = admin.client.cookies[cookies.VISIT]
    admin.sends("sign-out")
    admin.client.cookies.set(cookies.VISIT, token, path="/office")

    assert 303 == admin.client.get(f"{ROOT}/", follow_redirects=False).status_code


def test_a_visit_ends_by_itself(oms: Oms, admin: Office) -> None:
    """The desk is left open over night."""
    with oms.database.write() as session:
        session.scalars(select(OfficeVisit)).one().until -= timedelta(hours=12)

    assert 303 == admin.client.get(f"{ROOT}/", follow_redirects=False).status_code


def test_a_new_password_signs_out_everywhere(oms: Oms, admin: Office) -> None:
    """Whoever changes a password because of a thief wants the thief out."""
    reply = admin.sends("password", old=PASSWORD, new="another long one")

    assert ("/office/sign-in", 303) == (
        reply.headers["location"],
        admin.client.get(f"{ROOT}/", follow_redirects=False).status_code,
    )


@pytest.mark.parametrize(("old", "new"), [("wrong", "another long one"), (PASSWORD, "short")])
def test_ones_own_password_changes_with_the_old_one_and_to_a_long_one(admin: Office, old: str, new: str) -> None:
    """Whoever finds an open desk must not take it over, and nobody chooses 1234."""
    assert 422 == admin.sends("password", old=old, new=new).status_code


def test_the_first_admin_is_made_once(oms: Oms) -> None:
    """A password that is printed at each start ends in every log."""
    first = first_admin(oms)

    assert (True, None) == (first is not None and len(first) > 20, first_admin(oms))


def test_the_longest_password_that_can_be_set_opens(admin: Office, client: TestClient) -> None:
    """A sentence of a password manager, set and cut at the door, would keep its owner out for good; spaces too."""
    longest = "ज " * (people.LONGEST // 2)
    too_long = admin.sends("password", old=PASSWORD, new=f"{longest}x").status_code
    changed = admin.sends("password", old=PASSWORD, new=longest).status_code

    assert (422, 303) == (too_long, changed)
    assert (403, 303) == (tries(client, f"{longest}x"), tries(client, longest))


def test_generated_passwords_differ() -> None:
    """The same for every store would be none."""
    assert 100 == len({new_password() for _ in range(100)})


def test_the_last_admin_stays(oms: Oms, admin: Office) -> None:
    """A store that nobody can administer needs somebody at the server's console."""
    assert 422 == admin.sends("people/admin", role="viewer", active="on").status_code


def test_people_are_let_in_with_a_password_that_is_shown_once(oms: Oms, admin: Office, client: TestClient) -> None:
    """So that no admin knows the password of another."""
    page = admin.sends("people", name="Meera ", role="viewer").text
    password = page.split('id="secret">')[1].split("<")[0]

    assert 303 == tries(client, password, "meera")


def test_a_name_belongs_to_one_person(admin: Office) -> None:
    """Otherwise the audit would not know who it was."""
    assert 422 == admin.sends("people", name="admin", role="viewer").status_code


def test_hashing_is_as_slow_as_recommended() -> None:
    """Of the tests' quick passwords nothing may reach the product (RFC 9106: 64 MiB, three passes)."""
    assert (3, 65536) == (SLOW.time_cost, SLOW.memory_cost)
