"""How guessing is slowed down: of one place, of all places together, and never of who is right."""

import pytest
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.oms import guesses
from server.oms.guesses import Guesses, Pace, in_words, place
from server.oms.oms import Oms
from server.oms.recovering import make_recovery_code
from server.oms.registers import make_code
from tests.server.application import application
from tests.server.browser import Browser, enrolment_request

KEY = b"k" * 32


def test_some_are_free_and_then_each_has_to_wait() -> None:
    """A person mistypes a few times; a machine would go on for ever."""
    pace = Pace(3, 60)
    waits = [pace.wait("a", at) for at in (0, 0, 0, 0, 59, 60, 61)]

    assert [0, 0, 0, 60, 1, 0, 59] == waits


def test_who_is_refused_is_not_counted() -> None:
    """Somebody who asks each second for a minute waits no longer than somebody who waited."""
    pace = Pace(1, 60)
    waits = [pace.wait("a", at) for at in range(61)]

    assert (0, 0, 59) == (waits[0], waits[60], sum(wait > 0 for wait in waits))


def test_one_place_does_not_stop_another() -> None:
    """A guesser at home must not keep the shop out."""
    pace = Pace(1, 60)
    pace.wait("a", 0)

    assert 0 == pace.wait("b", 0)


def test_all_places_together_have_a_pace_too() -> None:
    """Somebody who has ten thousand addresses has ten thousand times the tries, else."""
    both = Guesses(Pace(5, 60), Pace(2, 10))
    waits = [both.begin((address, ""), 0) for address in "abc"]

    assert [0, 0, 10] == waits


def test_who_is_refused_with_all_loses_nothing_of_their_own() -> None:
    """While strangers flood, an owner tries in a new browser: once the flood is over, their own tries are all there."""
    paces = Guesses(Pace(2, 180), Pace(2, 60), Pace(1, 10))
    paces.begin(("stranger", "far", ""), 0)
    refused = [paces.begin(("owner", "shop", ""), 0) for _ in range(5)]
    later = [paces.begin(("owner", "shop", ""), at) for at in (10, 20, 30)]

    assert ([10] * 5, [0, 0], True) == (refused, later[:2], later[2] > 0)


def test_who_was_right_has_lost_nothing() -> None:
    """A shop that sets up thirty registers in a row types thirty right codes."""
    both = Guesses(Pace(2, 60), Pace(2, 60))
    for _ in range(30):
        assert 0 == both.begin(("a", ""), 0)
        both.was_right(("a", ""))


def test_the_memory_of_guessers_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten million addresses must not fill the server's."""
    monkeypatch.setattr(guesses, "MOST_KEYS", 10)
    pace = Pace(1, 60)
    for turn in range(1000):
        pace.wait(str(turn), turn)

    assert len(pace._empty) <= 10


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("x" * 1000, "x" * 100),
    ],
)
def test_what_is_one_caller(address: str, known_as: str) -> None:
    """Every house has a whole network of IPv6."""
    assert known_as == place(address)


@pytest.mark.parametrize(("seconds", "words"), [(1, "a second"), (59, "59 seconds"), (61, "2 minutes")])
def test_a_wait_in_words(seconds: int, words: str) -> None:
    """Whoever waits wants to know for how long."""
    assert words == in_words(seconds)


def status(client: TestClient, code: str) -> int:
    return client.post(f"{API}/registers/enrol", json=enrolment_request(client, KEY, code=code)).status_code


def test_codes_can_be_tried_ten_times(oms: Oms, stranger: TestClient) -> None:
    """Then even a right one waits, with a sentence and Retry-After; and it stays valid."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")
    tried = [status(stranger, f"0000-0000-{turn:04d}") for turn in range(10)]
    reply = stranger.post(f"{API}/registers/enrol", json=enrolment_request(stranger, KEY, code=code))
    elsewhere = TestClient(application(oms), base_url="http://store.example", client=("10.0.0.8", 50_000))

    assert ([403] * 10, 429, True) == (tried, reply.status_code, 0 < int(reply.headers["retry-after"]) <= 30)
    assert "stays valid" in reply.json()["detail"]
    assert "FRONT" == Browser.enrol(elsewhere, code=code).me.register


def test_right_codes_are_not_counted(oms: Oms, stranger: TestClient) -> None:
    """A shop that opens sets all its registers up behind one address."""
    for turn in range(12):
        with oms.database.write() as session:
            code = make_code(session, f"R{turn}")

        assert f"R{turn}" == Browser.enrol(stranger, code=code).me.register


def test_the_machine_itself_needs_no_code_and_no_patience(client: TestClient) -> None:
    """Who tries the store at home opens many browsers."""
    assert [f"R{turn}" for turn in range(1, 13)] == [Browser.enrol(client).me.register for _ in range(12)]


def test_codes_of_recovery_are_counted_with_them(oms: Oms, register: Browser) -> None:
    """They are as short, and open a whole journal."""
    lost = Browser.enrol(register.client)
    with oms.database.write() as session:
        code = make_recovery_code(session, lost.me.register)

    def brings(code: str) -> int:
        path = f"{API}/registers/{lost.me.register}/recover"
        return register.client.post(path, headers=register.bearer | {"Recovery-Code": code}).status_code

    good = [brings(code) for _ in range(12)]
    wrong = [brings(f"0000-0000-{turn:04d}") for turn in range(11)]

    assert ([200] * 12, [403] * 10 + [429]) == (good, wrong)
