"""Every screen in every mode: it can be drawn, and what is not possible says why."""

from dataclasses import replace

import pytest

from app.domain.settings import Settings
from app.sync.banner import BannerKind
from app.sync.mode import Mode, abilities, mode
from app.till.selectors import known
from app.till.slices.browse import Browse
from app.till.state import Screen
from tests.till.ui.page import Node, by_id, drawn
from tests.till.ui.stage import cart, checkout, state
from tests.till.ui.stage_modes import in_mode
from tests.till.ui.stages import STAGE, stage_page


@pytest.mark.parametrize("wanted", list(Mode))
@pytest.mark.parametrize("screen", list(Screen))
def test_every_screen_is_drawn_in_every_mode(screen: Screen, wanted: Mode) -> None:
    """The line can go at any moment, on any screen."""
    shown = next(make() for make in STAGE.values() if make().screen is screen)
    changed = in_mode(shown, wanted)

    assert wanted is mode(known(changed))
    assert screen.value == by_id(drawn(changed), "main").attrs["data-screen"]


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Mode.ONLINE, BannerKind.NONE),
        (Mode.OFFLINE_AUTO, BannerKind.BLUE),
        (Mode.OFFLINE_BY_HAND, BannerKind.GREEN),
        (Mode.NOT_READY, BannerKind.ATTENTION),
        (Mode.REVOKED, BannerKind.ATTENTION),
    ],
)
def test_the_banner_says_its_kind(wanted: Mode, kind: BannerKind) -> None:
    """Scripts and styles read the mode from `data-banner`."""
    assert kind.value == by_id(drawn(in_mode(state(), wanted)), "banner").attrs["data-banner"]


def test_turn_off_stands_in_the_banner_only_with_the_internet() -> None:
    """S7: Turn Off is visible only while the internet is available."""
    with_internet = drawn(in_mode(state(), Mode.OFFLINE_BY_HAND))
    without = drawn(in_mode(state(), Mode.OFFLINE_AUTO))

    assert "Turn Off" == by_id(with_internet, "turn-off").text
    assert [] == [node for node in without.walk() if node.id == "turn-off"]


def _offline_checkout() -> Node:
    return drawn(in_mode(state(Screen.CHECKOUT, cart=cart(), checkout=checkout()), Mode.OFFLINE_AUTO))


@pytest.mark.parametrize("radio", ["fulfilment-delivery", "tender-link"])
def test_what_needs_the_internet_is_disabled_with_its_reason(radio: str) -> None:
    """S10, S12: disabled with the reason, not hidden."""
    page = _offline_checkout()
    node = by_id(page, radio)

    assert "disabled" in node.attrs
    assert "internet" in by_id(page, node.attrs["aria-describedby"] or "").text


@pytest.mark.parametrize("radio", ["fulfilment-self_pickup", "tender-cash", "tender-card", "tender-upi"])
def test_what_works_offline_stays_open(radio: str) -> None:
    """S12: cash, card swipe and UPI at the store go on."""
    assert "disabled" not in by_id(_offline_checkout(), radio).attrs


def test_offline_mode_says_what_is_missing_before_it_can_be_turned_on() -> None:
    """S3: the switch is disabled and names what has not arrived."""
    page = stage_page("settings-not-ready")

    assert "disabled" in by_id(page, "offline-mode").attrs
    assert "catalogue" in by_id(page, "offline-mode-text").text


def test_the_progress_of_the_catalogue_is_shown_in_bytes() -> None:
    """A bar alone says nothing to somebody who waits: 4.1 MB of 9.3 MB does."""
    page = stage_page("settings-not-ready")

    assert "4300000" == by_id(page, "progress").attrs["value"]
    assert "4.1 MB of 9.3 MB" in by_id(page, "main").text


def test_nothing_can_be_paid_while_billing_has_to_wait() -> None:
    """An outage before everything was there: no sale that could not be finished is begun."""
    page = drawn(in_mode(state(cart=cart()), Mode.NOT_READY))

    assert "disabled" in by_id(page, "checkout").attrs


def test_without_the_feature_its_icons_are_not_there() -> None:
    """P1: until Offline Mode is allowed in the back office, the register has none."""
    shown = state()
    settings = shown.people.settings
    assert isinstance(settings, Settings)
    people = replace(shown.people, settings=settings.model_copy(update={"offline_mode": False}))

    ids = {node.id for node in drawn(replace(shown, people=people)).walk()}

    assert set() == {"offline-ready", "line"} & ids


@pytest.mark.parametrize("screen", [Screen.SELL, Screen.CHECKOUT])
def test_why_nothing_was_sold_is_said_no_longer_than_it_holds(screen: Screen) -> None:
    """Pressed a moment too early, and told that billing has to wait: read a minute later it keeps a queue waiting."""
    sentence = abilities(Mode.PREPARING).sell.reason
    browse, asked = Browse(notice=sentence), replace(checkout(), problem=sentence)
    told = state(screen, cart=cart(), checkout=asked, browse=browse)

    assert (True, False) == tuple(sentence in drawn(in_mode(told, now)).text for now in (Mode.PREPARING, Mode.ONLINE))
