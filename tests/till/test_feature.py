"""What the back office allows: how a register hears of it, and what it does until then (O1, P1)."""

from app.domain.settings import Channel
from app.sync.entry import Kind
from app.sync.mode import Mode
from app.sync.protocol import SettingsChange
from app.till.selectors import known, mode_now
from tests.conftest import settings
from tests.till.till import Till


def test_the_back_office_can_forbid_it(selling: Till) -> None:
    """O1: until it is allowed there is no Offline Mode."""
    selling.gets([SettingsChange(id="DS01", revision=50, value=settings(offline_mode=False))])
    selling.hears("changes")

    selling.says("OfflineSwitched")

    assert "Offline Mode is not allowed for this register." == selling.state.trouble[:46]


def test_the_back_office_can_forbid_it_at_one_register(selling: Till) -> None:
    """P1: the switches of another register are none of ours."""
    own = Channel(register=selling.state.registered.register if selling.state.registered else "", offline_mode=False)
    given = settings(channels=(Channel(register="elsewhere", auto_detect=False), own))
    selling.gets([SettingsChange(id="DS01", revision=50, value=given)])
    selling.hears("changes")

    assert (False, True) == (known(selling.state).feature, known(selling.state).auto_detect)


def forbidden(till: Till) -> Till:
    """Let the back office switch the feature off, and the courier bring it."""
    till.gets([SettingsChange(id="DS01", revision=50, value=settings(offline_mode=False))])
    till.hears("changes")
    return till


def test_a_feature_that_goes_while_offline_by_hand_ends_it(selling: Till) -> None:
    """It was on its way when the switch was touched; a register that sends nothing would never hear of anything."""
    selling.says("OfflineSwitched").picks().pays()

    forbidden(selling).hears()

    assert (Mode.ONLINE, "off") == (mode_now(selling.state), selling.device.disk.local["manual"])
    assert Kind.SESSION_CLOSED is selling.entries()[-1].header.kind


def test_a_register_that_is_away_goes_on_by_what_it_last_heard(selling: Till) -> None:
    """O1, P1: nobody can tell it; the session goes on to its end, also over a restart, and then it learns it."""
    selling.goes_offline()
    selling.picks().pays()
    selling.online_at_start = False
    selling.starts_again().signs_in().picks().pays()
    sold = [order.offline for order in selling.orders()]

    selling.comes_back()
    forbidden(selling).goes_offline()

    assert ([True, True], Mode.NOT_ALLOWED) == (sold, mode_now(selling.state))
