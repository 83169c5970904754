"""Signing in by PIN, offline too: what a wrong one costs, and that a reload does not forget it."""

from decimal import Decimal

import pytest

from app.sync.protocol import StaffChange
from app.sync.status import Link
from app.till.events import DraftFound
from app.till.flow.pins import FIRST_WAIT, FREE_TRIES, wait_after
from app.till.selectors import LONGEST_WAIT, draft, pin_wait
from app.till.state import Screen
from tests.till.till import ASHA, Till


def tries(till: Till, times: int, pin: str = "9999") -> Till:
    till.says("StaffChosen", staff_id="asha")
    for _ in range(times):
        till.says("PinGiven", pin=pin)
    return till


def test_the_right_pin_opens_the_till(till: Till) -> None:
    """The first thing of a day, and the last that may go wrong."""
    till.signs_in()

    assert (Screen.SELL, "Asha") == (till.state.screen, getattr(till.state.sign_in.user, "name", ""))


def test_it_opens_without_the_internet_too(till: Till) -> None:
    """A shop that opens during an outage has to open all the same."""
    till.link_is(Link.NO_NETWORK)
    till.starts_again()

    till.signs_in()

    assert Screen.SELL is till.state.screen


def test_a_wrong_pin_says_how_many_tries_are_left(till: Till) -> None:
    """Whoever mistyped once must not learn of the wait by waiting."""
    tries(till, 1)

    assert "Wrong PIN. Nothing was changed. 4 tries are left before a wait." == till.state.sign_in.problem
    assert till.state.sign_in.user is None


def test_the_fifth_wrong_pin_waits_and_the_right_one_is_not_even_looked_at(till: Till) -> None:
    """Ten thousand PINs are tried in a minute by a script, unless it has to wait."""
    tries(till, FREE_TRIES)

    till.says("PinGiven", pin="1111")

    assert (None, FIRST_WAIT) == (till.state.sign_in.user, pin_wait(till.state, "asha"))


def test_a_reload_does_not_forget_the_wait(till: Till) -> None:
    """Otherwise F5 is all that it takes."""
    tries(till, FREE_TRIES)

    till.starts_again()

    assert FIRST_WAIT == pin_wait(till.state, "asha")


def test_after_the_wait_the_right_pin_forgets_the_wrong_ones(till: Till) -> None:
    """A person who mistyped is not punished the next morning."""
    tries(till, FREE_TRIES)
    till.time_passes(FIRST_WAIT)

    till.signs_in()

    assert ({}, "{}") == (dict(till.state.sign_in.wrong), till.device.disk.local["pin_waits"])
    assert Screen.SELL is till.state.screen


def test_a_colleague_does_not_wait(till: Till) -> None:
    """The queue goes on with someone else at the till."""
    tries(till, FREE_TRIES)

    till.signs_in("ravi", "2222")

    assert Screen.SELL is till.state.screen


def test_a_clock_set_back_does_not_make_the_wait_longer(till: Till) -> None:
    """A clock that is put right by an hour must not lock a person out for an hour."""
    tries(till, FREE_TRIES)

    till.time_passes(-3600)

    assert LONGEST_WAIT == pin_wait(till.state, "asha")


@pytest.mark.parametrize(("wrong", "seconds"), [(4, 0), (5, 30), (6, 60), (7, 120), (10, 900), (10_000, 900)])
def test_waits_double_up_to_a_quarter_of_an_hour(wrong: int, seconds: int) -> None:
    """Long enough to stop a script, short enough not to close the shop."""
    assert seconds == wait_after(wrong)


def test_damaged_waits_count_as_none(till: Till) -> None:
    """A setting that cannot be read must not keep everybody out."""
    till.device.disk.local["pin_waits"] = '{"asha": "soon"'

    till.starts_again().signs_in()

    assert Screen.SELL is till.state.screen


def test_who_left_the_staff_cannot_sign_in(till: Till) -> None:
    """The back office takes a person out, and every till knows with the next change."""
    gone = ASHA.model_copy(update={"active": False})
    till.gets([StaffChange(id="asha", revision=9, value=gone)])
    till.hears("changes")

    till.signs_in()

    assert (Screen.SIGN_IN, None) == (till.state.screen, till.state.sign_in.user)


WAYS_ON = [
    ("SaleLeft", {}),
    ("ScreenOpened", {"screen": "sell"}),
    ("ScreenOpened", {"screen": "orders"}),
    ("CodeScanned", {"code": "SKU-kurta-v"}),
]
"""What leads on from the sale that was just made."""


@pytest.mark.parametrize(("event", "fields"), WAYS_ON)
def test_who_leaves_the_staff_while_signed_in_finishes_the_sale_and_no_other(
    selling: Till, event: str, fields: dict[str, object]
) -> None:
    """A customer at the counter is served; after that the till is closed to that person."""
    gone = StaffChange(id="asha", revision=9, value=ASHA.model_copy(update={"active": False}))
    selling.picks()
    selling.gets([gone])
    selling.hears("changes")
    during = selling.state.screen

    selling.pays().says(event, **fields)

    assert (Screen.SELL, Screen.SIGN_IN, None) == (during, selling.state.screen, selling.state.sign_in.user)
    assert (1, {}, None) == (len(selling.orders()), selling.quantities(), selling.state.saved)


@pytest.mark.parametrize(("event", "fields"), WAYS_ON)
def test_the_next_draft_is_offered_whatever_leads_on(selling: Till, event: str, fields: dict[str, object]) -> None:
    """A second sale that a crash left open would not be seen before the next start."""
    selling.picks()
    left = draft(selling.state)
    selling.says("CartEmptied").happens(*(DraftFound(left.model_copy(update={"id": name})) for name in ("d1", "d2")))
    selling.says("DraftResumed").pays()
    before = selling.state.screen, selling.state.found_draft
    selling.says(event, **fields)

    assert ((Screen.SAVED, None), True) == (before, selling.state.found_draft is not None)


def test_signing_out_keeps_the_open_sale_for_the_next(selling: Till) -> None:
    """A change of shift with a full cart must not lose it, nor show it to nobody."""
    selling.picks().picks()

    selling.says("SignedOut").signs_in("ravi", "2222").says("DraftResumed")

    assert {"kurta-v": Decimal(2)} == selling.quantities()


def test_two_presses_check_one_pin(till: Till) -> None:
    """A double click must not count as two wrong PINs."""
    till.says("StaffChosen", staff_id="asha")

    till.says_at_once(("PinGiven", {"pin": "9999"}), ("PinGiven", {"pin": "9999"}))

    assert {"asha": 1} == dict(till.state.sign_in.wrong)
