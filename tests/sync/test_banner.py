"""The banner: the systems' own sentences, and never a state without one."""

import pytest

from app.sync.banner import Banner, BannerKind, banner, came_back, leaving
from app.sync.mode import Known, Mode, abilities, mode
from app.sync.status import FolderState, Link
from tests.sync.everything import EVERYTHING, known

GREEN = "You’re in Offline Mode. You can continue billing, data will be synced once you’re back online."
LOST = known(link=Link.NO_SERVER)
BY_HAND = known(manual=True)


def kinds(which: list[Known]) -> set[BannerKind]:
    return {banner(each).kind for each in which}


def test_every_combination_has_a_banner_of_one_line() -> None:
    """An empty banner that is drawn, or a text that is not, would be a register that keeps silent."""
    shown = {banner(each) for each in EVERYTHING}

    assert set(BannerKind) == {each.kind for each in shown}
    assert [] == [each for each in shown if (each.kind is BannerKind.NONE) == bool(each.text) or "\n" in each.text]


def test_turn_off_stands_there_only_by_hand_and_with_internet() -> None:
    """S6 and S7: blue has none, green only while the internet is available."""
    wrong = [k for k in EVERYTHING if banner(k).turn_off != (mode(k) is Mode.OFFLINE_BY_HAND and k.up)]

    assert [] == wrong


def test_whoever_may_not_sell_is_told_why() -> None:
    """Except while data is being loaded at the start, which has its own screen."""
    silent = [
        k
        for k in EVERYTHING
        if not abilities(mode(k)).sell.allowed
        and mode(k) is not Mode.PREPARING
        and banner(k).kind is not BannerKind.ATTENTION
    ]

    assert [] == silent


def test_an_outage_is_never_kept_back() -> None:
    """Whatever else is wrong, the words say that the internet is gone, or that this was chosen."""
    down = [k for k in EVERYTHING if k.down]
    silent = [k for k in down if not any(word in banner(k).text for word in ("Internet is not connected", "Offline"))]

    assert [] == silent


@pytest.mark.parametrize("link", [Link.NO_SERVER, Link.NO_NETWORK])
def test_a_lost_connection_is_blue(link: Link) -> None:
    """S6, word for word."""
    assert Banner(BannerKind.BLUE, "Internet is not connected") == banner(known(link=link))


@pytest.mark.parametrize(("link", "turn_off"), [(Link.UP, True), (Link.NO_SERVER, False), (Link.UNKNOWN, False)])
def test_offline_by_hand_is_green(link: Link, turn_off: bool) -> None:
    """S7, word for word."""
    assert Banner(BannerKind.GREEN, GREEN, turn_off) == banner(known(manual=True, link=link))


def test_an_outage_before_ready_says_that_billing_has_to_wait() -> None:
    """The associate must not find out in front of a customer; what is missing is named."""
    shown = banner(known(link=Link.NO_SERVER, missing=("products", "folder")))

    assert BannerKind.ATTENTION == shown.kind
    assert "billing has to wait" in shown.text
    assert "catalogue, a folder" in shown.text


def test_where_only_the_folder_is_missing_it_can_be_chosen_now() -> None:
    """Choosing a folder needs no internet: waiting for it would be the wrong advice."""
    assert "Choose a folder" in banner(known(link=Link.NO_SERVER, missing=("folder",))).text


@pytest.mark.parametrize(
    ("register", "lead"), [(known(), "The folder"), (LOST, "Internet is not connected. "), (BY_HAND, "You’re in Off")]
)
@pytest.mark.parametrize("folder", [FolderState.LOST, FolderState.PROMPT])
def test_a_lost_folder_needs_a_person_but_stops_nothing(register: Known, lead: str, folder: FolderState) -> None:
    """S5: a state of its own, that says both where both are true; sales are safe in the browser."""
    now = Known(**{name: getattr(register, name) for name in Known.__slots__} | {"folder": folder})
    shown = banner(now)

    assert (BannerKind.ATTENTION, True) == (shown.kind, abilities(mode(now)).sell.allowed)
    assert shown.text.startswith(lead)
    assert "Sales are safe in this browser." in shown.text


def test_a_wrong_clock_needs_a_person() -> None:
    """It prints wrong dates on invoices."""
    assert {BannerKind.ATTENTION} == kinds([k for k in EVERYTHING if k.clock_wrong and mode(k).offline])


def test_syncing_shows_a_number_that_falls() -> None:
    """S17, T5: progress with a number, of all that still wait and not of one batch."""
    assert Banner(BannerKind.SYNCING, "Sending 12 sales…") == banner(known(sending=5, pending=12))


def test_one_sale_is_one_sale() -> None:
    """Words are for people."""
    assert "Sending 1 sale…" == banner(known(sending=1, pending=1)).text


def test_all_synced_is_said_when_nothing_waits() -> None:
    """T5: saying it with a sale still on the device would be the worst lie of all."""
    assert ("All synced", BannerKind.NONE) == (
        banner(known(just_synced=True)).text,
        banner(known(just_synced=True, pending=1)).kind,
    )


def test_refused_sales_need_a_person() -> None:
    """S18: they say where to look, and that nothing is lost."""
    shown = banner(known(failed=2))

    assert (
        Banner(
            BannerKind.ATTENTION, "2 sales could not be synced. They are safe on this device. Open Orders to see why."
        )
        == shown
    )


def test_leaving_says_what_waits() -> None:
    """S17: leaving is possible, and nobody has to guess what becomes of the sales."""
    assert "3 sales wait to be synced." in leaving(known(pending=3))


def test_leaving_with_nothing_waiting_says_nothing() -> None:
    """A question without a reason trains people to click it away."""
    assert "" == leaving(known())


@pytest.mark.parametrize("before", list(Mode))
def test_the_toast_comes_only_after_an_outage(before: Mode) -> None:
    """S17: at every start it would be noise."""
    assert (before in {Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND}) == came_back(before, Mode.ONLINE)
