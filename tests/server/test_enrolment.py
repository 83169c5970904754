"""How a browser becomes a register: codes, series, repeated requests, keys."""

import secrets
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.oms.oms import Oms
from server.oms.registers import make_code, wrong_name
from server.oms.series import LIMIT, NoSeriesLeft, series_for
from server.oms.tables import EnrolCode, Register
from server.oms.times import now
from tests.server.browser import Browser, enrolment_request, wrap

KEY = b"k" * 32


def test_browsers_on_this_machine_enrol_themselves_one_after_the_other(client: TestClient) -> None:
    """Whoever tries the store at home gets R1, R2 … without asking anyone."""
    names = [Browser.enrol(client).me.register for _ in range(3)]

    assert ["R1", "R2", "R3"] == names


def test_a_browser_elsewhere_needs_a_code(stranger: TestClient) -> None:
    """Otherwise anyone who finds the address could make invoices of the store."""
    reply = stranger.post(f"{API}/registers/enrol", json=enrolment_request(stranger, KEY))

    assert (403, "application/problem+json") == (reply.status_code, reply.headers["content-type"])


def test_a_proxy_on_this_machine_does_not_make_the_world_local(client: TestClient) -> None:
    """Behind nginx every browser calls from 127.0.0.1."""
    offer = client.get(f"{API}/registers/enrol", headers={"X-Forwarded-For": "203.0.113.9"}).json()

    assert offer["code_needed"] is True


def test_a_code_names_the_register(oms: Oms, stranger: TestClient) -> None:
    """The back office decides which till a browser becomes."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")

    assert "FRONT" == Browser.enrol(stranger, code=code).me.register


@pytest.mark.parametrize("name", ["", "R.1", "a b", "../R1", "R1/", "<b>", "R\n1", "\u202eR1", "x" * 21, "-R1"])
def test_a_name_that_fits_nowhere_gets_no_code(name: str) -> None:
    """A register named R.1 could never sign its calls, one named ../R1 write no folder: its sales would be refused."""
    assert wrong_name(name)


@pytest.mark.parametrize("name", ["R1", "FRONT", "shop-2-till-10"])
def test_usual_names_do(name: str) -> None:
    """What stands on the tills."""
    assert not wrong_name(name)


def test_a_code_works_once(oms: Oms, stranger: TestClient) -> None:
    """A code seen over someone's shoulder is worth nothing afterwards."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")
    Browser.enrol(stranger, code=code)
    reply = stranger.post(f"{API}/registers/enrol", json=enrolment_request(stranger, KEY, code=code))

    assert 403 == reply.status_code


def test_an_old_code_is_turned_down(oms: Oms, stranger: TestClient) -> None:
    """A code that lies about for weeks must not open a store."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")
        session.flush()
        for row in session.query(EnrolCode):
            row.expires_at = now() - timedelta(seconds=1)
    reply = stranger.post(f"{API}/registers/enrol", json=enrolment_request(stranger, KEY, code=code))

    assert 403 == reply.status_code


def test_a_register_enrolled_again_gets_a_journal_of_its_own(oms: Oms, stranger: TestClient) -> None:
    """A lost browser profile starts at sequence 1 again: under the old name that would look like a conflict."""
    names = []
    for _ in range(2):
        with oms.database.write() as session:
            code = make_code(session, "FRONT")
        names.append(Browser.enrol(stranger, code=code).me.register)

    assert ["FRONT", "FRONT-2"] == names


def test_asking_again_gives_the_same_answer(client: TestClient) -> None:
    """The reply may be lost on the way; the second try must not make a second register."""
    asked = enrolment_request(client, KEY)
    first, second = (client.post(f"{API}/registers/enrol", json=asked).json() for _ in range(2))

    assert first == second


def test_an_enrolment_id_alone_does_not_give_the_token_away(client: TestClient) -> None:
    """Whoever learns the id but has not the key gets nothing."""
    asked = enrolment_request(client, KEY)
    client.post(f"{API}/registers/enrol", json=asked)
    other = {**asked, "wrapped_key": enrolment_request(client, b"x" * 32)["wrapped_key"]}
    reply = client.post(f"{API}/registers/enrol", json=other)

    assert 403 == reply.status_code


def row_of(oms: Oms, register: str) -> dict[str, str]:
    """All that the database knows of a register."""
    with oms.database.read() as session:
        row = session.get_one(Register, register)
        return {column.name: str(getattr(row, column.name) or "") for column in Register.__table__.columns}


def test_nothing_of_a_stolen_database_gets_a_token(
    oms: Oms, client: TestClient, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a backup has every row: the asking again is for the browser alone whose answer was lost."""
    with oms.database.write() as session:
        used = make_code(session, "FRONT")
    enrolled = [Browser.enrol(client).me.register, Browser.enrol(stranger, code=used).me.register]
    rows = [row_of(oms, register) for register in enrolled]
    asked = [
        {"enrolment": text, "code": code, "key_id": row["key_id"], "wrapped_key": row["wrapped_key"]}
        for row in rows
        for text in row.values()
        for code in ("", used)
    ]
    monkeypatch.setattr(oms.codes, "begin", lambda *_: 0)  # a thief has time
    replies = [stranger.post(f"{API}/registers/enrol", json=each).status_code for each in asked]

    assert [403] * len(asked) == replies
    assert "" == rows[1]["code_hash"], "twelve digits are tried through in minutes"


@pytest.mark.parametrize("told", ["", "0000-0000-0000"])
def test_the_browser_itself_is_answered_again(oms: Oms, stranger: TestClient, told: str) -> None:
    """Its answer was lost, and it was started anew since: it has its key and its enrolment, and the code no more."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")
    asked = enrolment_request(stranger, KEY, code=code)
    first = stranger.post(f"{API}/registers/enrol", json=asked).json()
    again = stranger.post(f"{API}/registers/enrol", json={**asked, "code": told}).json()

    assert first == again


def test_a_row_of_the_release_before_gives_nothing(oms: Oms, client: TestClient, stranger: TestClient) -> None:
    """It holds the id itself, and lies in backups; its register goes on with the token that it has."""
    asked = enrolment_request(client, KEY)
    me = client.post(f"{API}/registers/enrol", json=asked).json()
    with oms.database.write() as session:
        session.get_one(Register, me["register"]).enrolment = asked["enrolment"]
    reply = stranger.post(f"{API}/registers/enrol", json=asked)
    ping = client.get(f"{API}/ping?nonce=n", headers={"Authorization": f"Bearer {me['token']}"})

    assert (403, 200) == (reply.status_code, ping.status_code)


def test_a_key_for_another_oms_is_found_out_at_once(client: TestClient) -> None:
    """Found at the first sync instead, a day's sales could not be opened."""
    asked = enrolment_request(client, KEY, wrapped_key="bm90IHdyYXBwZWQ=")
    reply = client.post(f"{API}/registers/enrol", json=asked)

    assert 403 == reply.status_code
    assert "not wrapped for this OMS" in reply.json()["detail"]


def test_a_key_of_another_size_is_turned_down(client: TestClient) -> None:
    """Bodies are sealed with AES-256, nothing weaker."""
    public_key = client.get(f"{API}/registers/enrol").json()["public_key"]
    asked = enrolment_request(client, KEY, wrapped_key=wrap(b"short", public_key))
    reply = client.post(f"{API}/registers/enrol", json=asked)

    assert 403 == reply.status_code


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_data_key_is_never_stored_in_the_clear(oms: Oms, client: TestClient) -> None:
    """A stolen database alone opens no entry."""
    key = secrets.token_bytes(32)
    client.post(f"{API}/registers/enrol", json=enrolment_request(client, key))
    content = (oms.settings.data / "store-os.db").read_bytes() + (oms.settings.data / "store-os.db-wal").read_bytes()

    assert key not in content


def test_tokens_are_stored_as_hashes(oms: Oms, register: Browser) -> None:
    """A stolen database lets nobody in."""
    with oms.database.read() as session:
        row = session.get(Register, register.me.register)

    assert row is not None
    assert register.me.token not in row.token_hash


def test_no_prefix_is_ever_given_twice() -> None:
    """Two registers with one series would make two invoices of one number."""
    all_series = [series_for("DS01", turn) for turn in range(1, LIMIT + 1)]
    prefixes = [
        text for series in all_series if not isinstance(series, NoSeriesLeft) for text in series.model_dump().values()
    ]

    assert 3 * LIMIT == len(set(prefixes))


@pytest.mark.parametrize("turn", [1, 27, LIMIT])
def test_numbers_fit_into_sixteen_characters(turn: int) -> None:
    """CGST rule 46 (b) allows no more."""
    series = series_for("DS01", turn)

    assert not isinstance(series, NoSeriesLeft)
    assert all(len(f"{prefix}2627-00001") <= 16 for prefix in series.model_dump().values())


def test_when_all_series_are_used_up_it_says_so() -> None:
    """Starting again from the first would repeat numbers."""
    assert NoSeriesLeft() == series_for("DS01", LIMIT + 1)
