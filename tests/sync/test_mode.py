"""How the register sells: the table over every combination, and what each mode allows."""

from dataclasses import fields

import pytest

from app.sync.mode import Abilities, Known, Mode, abilities, mode, turn_off, turn_on
from app.sync.protocol import Dataset
from app.sync.status import Link
from tests.sync.everything import EVERYTHING, known

DOWN = [Link.NO_SERVER, Link.NO_NETWORK]
NEEDS_OMS = [field.name for field in fields(Abilities) if field.name not in {"sell", "sync"}]


def test_every_combination_has_a_mode() -> None:
    """No moment can leave the register without a way to sell or a reason not to."""
    assert set(Mode) == {mode(each) for each in EVERYTHING}


def test_nobody_sells_in_an_outage_before_everything_is_there() -> None:
    """S3: half a price list, or no folder, is not a state to take money in."""
    selling = [k for k in EVERYTHING if k.missing and not k.up and abilities(mode(k)).sell.allowed]

    assert [] == selling


def test_nobody_goes_offline_where_the_back_office_has_not_allowed_it() -> None:
    """O1, P1: until the feature is on, the register has no offline mode, by hand or by itself."""
    assert [] == [k for k in EVERYTHING if not k.feature and mode(k).offline]


def test_a_revoked_register_does_nothing() -> None:
    """A stolen till neither sells nor sends, whatever else is true."""
    revoked = {mode(k) for k in EVERYTHING if k.link is Link.REVOKED}

    assert {Mode.REVOKED} == revoked
    assert not abilities(Mode.REVOKED).sell.allowed


def test_offline_mode_by_hand_lasts_until_it_is_turned_off() -> None:
    """S17: chosen by hand, the return of the internet does not end it."""
    by_hand = {mode(known(manual=True, link=link)) for link in Link if link is not Link.REVOKED}

    assert {Mode.OFFLINE_BY_HAND} == by_hand


def test_offline_by_hand_does_not_push() -> None:
    """S17: it probes, but what waits goes out only after Turn Off."""
    assert not abilities(Mode.OFFLINE_BY_HAND).sync.allowed


@pytest.mark.parametrize("link", DOWN)
def test_a_lost_connection_switches_by_itself(link: Link) -> None:
    """S2: the associate has a customer in front of them."""
    assert Mode.OFFLINE_AUTO == mode(known(link=link))


@pytest.mark.parametrize("link", DOWN)
def test_without_auto_detect_an_outage_is_announced(link: Link) -> None:
    """P1: then the associate switches, and only then sells on."""
    now = mode(known(link=link, auto_detect=False))

    assert (Mode.ANNOUNCED, False) == (now, abilities(now).sell.allowed)


def test_an_announced_outage_is_answered_by_hand() -> None:
    """One tap, and billing goes on."""
    assert Mode.OFFLINE_BY_HAND == mode(known(link=Link.NO_SERVER, auto_detect=False, manual=True))


@pytest.mark.parametrize(
    ("missing", "expected"),
    [(("folder",), Mode.ONLINE), (("customers", "stock"), Mode.ONLINE), (("rates",), Mode.PREPARING)],
)
def test_online_a_sale_needs_only_what_it_is_made_of(missing: tuple[str, ...], expected: Mode) -> None:
    """S5: a missing folder never stops a sale; a missing tax rate does."""
    assert expected == mode(known(missing=missing))


def test_a_register_that_just_started_sells_without_alarm() -> None:
    """The first probe takes a moment; nobody should wait for it, nor be told of an outage."""
    now = mode(known(link=Link.UNKNOWN))

    assert (Mode.CHECKING, True, True) == (now, now.offline, abilities(now).sell.allowed)


def test_online_everything_is_possible() -> None:
    """S10, S12, S16: all of it comes back by itself."""
    refused = [field.name for field in fields(Abilities) if not getattr(abilities(Mode.ONLINE), field.name).allowed]

    assert [] == refused


@pytest.mark.parametrize("name", NEEDS_OMS)
@pytest.mark.parametrize("now", [now for now in Mode if now is not Mode.ONLINE])
def test_what_needs_the_oms_is_refused_with_a_reason(now: Mode, name: str) -> None:
    """S10, S12, S16: disabled with the reason in words, not hidden."""
    assert getattr(abilities(now), name).reason.endswith(".")


def test_the_switch_says_what_is_missing() -> None:
    """S3: the associate sees whether to wait or to choose a folder."""
    reason = turn_on(known(missing=(Dataset.PRODUCTS, Dataset.TENDERS, "folder"))).reason

    assert "catalogue, payment modes, a folder for offline sales" in reason


@pytest.mark.parametrize(
    ("register", "allowed"),
    [
        (known(), True),
        (known(link=Link.NO_SERVER), True),
        (known(missing=("stock",)), False),
        (known(feature=False), False),
        (known(link=Link.REVOKED), False),
    ],
)
def test_when_offline_mode_can_be_turned_on(register: Known, allowed: bool) -> None:
    """S1 and S3: at any time once all is there, also in the middle of an outage."""
    assert allowed == turn_on(register).allowed


@pytest.mark.parametrize("link", list(Link))
def test_offline_mode_is_turned_off_only_with_internet(link: Link) -> None:
    """S7: turning it off in an outage would promise what cannot be."""
    assert (link is Link.UP) == turn_off(known(manual=True, link=link)).allowed


def test_a_copy_sells_nothing_and_sends_what_it_has() -> None:
    """Whatever it sold would get a number that another sale has; what it has sold already was paid for."""
    copies = [k for k in EVERYTHING if k.copied and k.link is not Link.REVOKED]

    assert {Mode.COPIED} == {mode(k) for k in copies}
    assert (False, True) == (abilities(Mode.COPIED).sell.allowed, abilities(Mode.COPIED).sync.allowed)
    assert not any(turn_on(k).allowed for k in copies)


def test_without_the_end_of_its_journal_a_register_sells_nothing() -> None:
    """The numbers behind it stand on invoices: no link, no switch and no readiness may give them a second time."""
    torn = [k for k in EVERYTHING if k.torn and k.link is not Link.REVOKED and not k.copied]

    assert {Mode.TORN} == {mode(k) for k in torn}
    assert {False} == {turn_on(k).allowed for k in torn}
    assert (False, True) == (abilities(Mode.TORN).sell.allowed, abilities(Mode.TORN).sync.allowed)
