"""Guessing passwords: slow for who guesses, and no way to keep out who works here."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from server.office.people import Role, Tries, add_person, check
from server.oms.guesses import passwords
from server.oms.oms import Oms
from server.oms.times import now
from tests.server.application import application
from tests.server.office.office import PASSWORD, ROOT

SIGN_IN = f"{ROOT}/sign-in"


@pytest.fixture(autouse=True)
def _the_same_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes over it: each wait has an end, and would end in the middle of a test."""
    at = now()
    monkeypatch.setattr("server.office.entering.now", lambda: at)


@pytest.fixture
def asha(oms: Oms) -> str:
    """Somebody with a password, who is not signed in."""
    with oms.database.write() as session:
        assert add_person(session, "asha", Role.MANAGER, PASSWORD) is None
        assert add_person(session, "ravi", Role.MANAGER, PASSWORD) is None
    return "asha"


def at(oms: Oms, address: str) -> TestClient:
    """A browser in some place."""
    return TestClient(application(oms), base_url="https://store.example", client=(address, 50_000))


def tries(client: TestClient, password: str, name: str = "asha") -> int:
    """Try to sign in and return the status."""
    given = {"name": name, "password": password}
    return client.post(SIGN_IN, data=given, follow_redirects=False).status_code


def test_five_wrong_passwords_and_even_the_right_one_has_to_wait(oms: Oms, asha: str) -> None:
    """Guessing has to take longer than the guesser lives."""
    browser = at(oms, "203.0.113.9")
    statuses = [tries(browser, "wrong") for _ in range(5)]
    reply = browser.post(SIGN_IN, data={"name": asha, "password": PASSWORD})

    assert ([403] * 5, 429, "180") == (statuses, reply.status_code, reply.headers["retry-after"])
    assert "Wait 3 minutes" in reply.text


def test_the_wait_ends(oms: Oms, asha: str) -> None:
    """Whoever mistyped five times has work to do."""
    counted = Tries(passwords(), ("asha here", "here", ""))
    at_first = now()
    for _ in range(5):
        check(oms, asha, "wrong", at_first, counted)

    assert Role.MANAGER is check(oms, asha, PASSWORD, at_first + timedelta(minutes=3), counted)


def test_a_guesser_keeps_nobody_out_elsewhere(oms: Oms, asha: str) -> None:
    """Whoever knows a name could else shut the whole back office, for ever, with a line of script."""
    guesser, owner = at(oms, "203.0.113.9"), at(oms, "203.0.113.10")
    statuses = [tries(guesser, f"wrong {turn}") for turn in range(9)]

    assert (429, 303) == (statuses[-1], tries(owner, PASSWORD))


def test_who_has_been_here_before_is_not_kept_out_by_any_number_of_strangers(oms: Oms, asha: str) -> None:
    """Also not by those who share the shop's address, or come from everywhere at once."""
    owner, beside = at(oms, "203.0.113.9"), at(oms, "203.0.113.9")
    tries(owner, PASSWORD)
    for turn in range(80):
        tries(at(oms, f"198.51.100.{turn}"), "wrong")
        tries(beside, "wrong")
    new = at(oms, "192.0.2.1")

    assert (303, 429) == (tries(owner, PASSWORD), tries(new, PASSWORD))


def test_a_known_browser_guesses_no_faster(oms: Oms, asha: str) -> None:
    """The one who took the tablet along has it too."""
    owner = at(oms, "203.0.113.9")
    tries(owner, PASSWORD)
    statuses = [tries(owner, "wrong") for _ in range(6)]

    assert [403] * 5 + [429] == statuses


def test_a_browser_is_known_for_one_name(oms: Oms, asha: str) -> None:
    """Who signs in as themselves gets no faster lane to the admin's password."""
    owner = at(oms, "203.0.113.9")
    tries(owner, PASSWORD)
    statuses = [tries(owner, "wrong", "ravi") for _ in range(6)]
    beside = tries(at(oms, "203.0.113.9"), PASSWORD, "ravi")

    assert ([403] * 5 + [429], 429) == (statuses, beside)


def test_a_made_up_mark_is_none(oms: Oms, asha: str) -> None:
    """Else every guess would come from a browser of its own."""
    statuses = []
    for turn in range(6):
        browser = at(oms, "203.0.113.9")
        browser.cookies.set("__Host-store_os_browser", f"mark{turn}.seal")
        statuses.append(tries(browser, "wrong"))

    assert [403] * 5 + [429] == statuses


def test_one_address_guesses_at_many_names_no_faster(oms: Oms, asha: str) -> None:
    """One common password, tried with every name there may be."""
    browser = at(oms, "203.0.113.9")
    statuses = [tries(browser, "password1234", f"name{turn}") for turn in range(21)]

    assert [403] * 20 + [429] == statuses


def test_a_right_password_forgives_the_wrong_ones(oms: Oms, asha: str) -> None:
    """Four slips on Monday must not cost Tuesday."""
    browser = at(oms, "203.0.113.9")
    statuses = [tries(browser, word) for word in (["wrong"] * 4 + [PASSWORD]) * 2]

    assert ([403] * 4 + [303]) * 2 == statuses


def test_the_old_password_is_not_guessed_either(oms: Oms, asha: str) -> None:
    """Whoever finds a desk with somebody signed in must not get their password by trying."""
    browser = at(oms, "203.0.113.9")
    tries(browser, PASSWORD)
    token = browser.get(f"{ROOT}/password").text.split('name="csrf" value="')[1].split('"')[0]
    sent = {"csrf": token, "old": "wrong", "new": "another long one"}
    texts = [browser.post(f"{ROOT}/password", data=sent).text for _ in range(6)]

    assert [False] * 5 + [True] == ["Too many wrong passwords" in text for text in texts]
