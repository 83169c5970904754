"""Going offline and coming back: sessions, switch, toasts, and what people are told."""

import pytest

from app.domain.session import Why
from app.sync.banner import ALL_SYNCED, SYNC_STARTED, BannerKind, banner
from app.sync.bodies import SessionClosed, SessionOpened
from app.sync.entry import Kind
from app.sync.mode import Mode, turn_on
from app.sync.protocol import VerdictKind
from app.sync.status import FolderState, Link
from app.till.events import JournalRead, Ticked
from app.till.selectors import known, missing, mode_now, pending
from app.till.state import Screen
from tests.conftest import NOW
from tests.till.till import Till


def kinds(till: Till) -> list[Kind]:
    return [entry.header.kind for entry in till.entries()]


def toast(till: Till) -> str:
    return till.state.toast.text if till.state.toast else ""


def test_an_outage_opens_a_session_and_its_end_closes_it(selling: Till) -> None:
    """The back office sees when a register was alone, and what it sold then."""
    selling.goes_offline()
    selling.picks().pays()
    selling.comes_back()

    assert [Kind.SESSION_OPENED, Kind.SALE, Kind.SESSION_CLOSED] == kinds(selling)
    assert [(Why.CONNECTION, "Asha")] * 2 == [
        (body.why, body.staff_name) for body in selling.bodies() if isinstance(body, SessionOpened | SessionClosed)
    ]


def test_a_sale_of_an_outage_says_so(selling: Till) -> None:
    """The invoice carries the word for good, also when it is printed a year later."""
    selling.goes_offline()
    selling.picks().pays()

    assert [True] == [order.offline for order in selling.orders()]


def test_a_tick_does_not_open_a_session_twice(selling: Till) -> None:
    """The status is looked at each second; an outage is still one."""
    selling.goes_offline()
    selling.hears("status")
    selling.hears()

    assert [Kind.SESSION_OPENED] == kinds(selling)


def test_a_tick_while_the_session_is_being_written_does_not_open_another(selling: Till) -> None:
    """A slow disk and a quick clock: still one outage."""
    selling.device.disk.faults = ["full"]
    selling.goes_offline()

    selling.happens(Ticked(NOW, "first"), Ticked(NOW, "second"))

    assert [Kind.SESSION_OPENED] == kinds(selling)


def test_a_journal_that_is_read_anew_meanwhile_does_not_open_another(selling: Till) -> None:
    """The folder gave an entry back in that very second: one outage would stand in the books as two."""
    selling.device.disk.faults = ["full"]
    selling.goes_offline()
    journal = selling.state.journal
    assert journal.head

    selling.happens(Ticked(NOW, "first"), JournalRead(journal.head, journal.kept), Ticked(NOW, "second"))

    assert [Kind.SESSION_OPENED] == kinds(selling)


def test_a_restart_goes_on_in_the_session(selling: Till) -> None:
    """A browser that is closed and opened during an outage is in the same outage."""
    selling.goes_offline()

    selling.starts_again()
    selling.hears()

    assert [Kind.SESSION_OPENED] == kinds(selling)
    assert None is not selling.state.connection.session_id


def test_a_session_that_could_not_be_written_is_written_later(selling: Till) -> None:
    """A full disk for a moment must not hide an outage."""
    selling.device.disk.faults = ["full"]
    selling.goes_offline()
    before = kinds(selling)

    selling.hears()

    assert ([], [Kind.SESSION_OPENED]) == (before, kinds(selling))


def test_back_online_syncing_starts_and_ends_with_a_word(selling: Till) -> None:
    """People leave the counter when they know that everything has arrived."""
    selling.goes_offline()
    selling.picks().pays()
    selling.comes_back()
    started = toast(selling)

    selling.is_judged()

    assert (SYNC_STARTED, SYNC_STARTED, 0) == (started, toast(selling), pending(selling.state))
    assert ALL_SYNCED == banner(known(selling.state)).text


def test_an_outage_without_a_sale_ends_quietly(selling: Till) -> None:
    """A line that flickers at night must not greet the morning with toasts."""
    selling.goes_offline()
    selling.comes_back()

    assert "" == toast(selling)


def test_an_online_sale_is_synced_without_a_word(selling: Till) -> None:
    """A toast after each sale is a toast that nobody reads."""
    selling.picks().pays()
    selling.is_judged()

    assert ("", 0) == (toast(selling), pending(selling.state))


def test_a_refused_sale_waits_for_a_person_and_blocks_nobody(selling: Till) -> None:
    """It has its verdict: the queue goes on without it."""
    selling.goes_offline()
    selling.picks().pays()
    selling.comes_back()

    selling.is_judged(VerdictKind.REFUSED)

    assert (0, BannerKind.ATTENTION) == (pending(selling.state), banner(known(selling.state)).kind)


def test_offline_mode_by_hand_lasts_over_a_restart(selling: Till) -> None:
    """Chosen by hand it ends by hand; the courier reads the same setting."""
    selling.says("OfflineSwitched")
    selling.starts_again()

    assert (Mode.OFFLINE_BY_HAND, "on") == (mode_now(selling.state), selling.device.disk.local["manual"])
    assert [Kind.SESSION_OPENED] == kinds(selling)
    assert "local" in selling.device.channel.said


def test_turn_off_ends_it_and_syncing_starts(selling: Till) -> None:
    """The green banner's button brings everything back."""
    selling.says("OfflineSwitched").picks().pays()

    selling.says("OfflineTurnedOff")

    assert (Mode.ONLINE, "off", SYNC_STARTED) == (
        mode_now(selling.state),
        selling.device.disk.local["manual"],
        toast(selling),
    )
    closed = selling.bodies()[-1]
    assert Why.BY_HAND is getattr(closed, "why", None)


def test_it_cannot_be_turned_off_without_the_internet(selling: Till) -> None:
    """What cannot work is refused with a reason, not done halfway."""
    selling.says("OfflineSwitched")
    selling.goes_offline()

    selling.says("OfflineTurnedOff")

    assert "Offline Mode can be turned off when the internet is back." == selling.state.trouble
    assert selling.state.connection.manual


def test_it_cannot_be_turned_on_while_something_is_missing(selling: Till) -> None:
    """S3: a register that goes offline half-loaded cannot sell, and a customer finds out first."""
    selling.device.folder.chosen = ""
    selling.starts_again().signs_in()

    selling.says("OfflineSwitched")

    assert turn_on(known(selling.state)).reason == selling.state.trouble
    assert selling.state.trouble.endswith("a folder for offline sales.")
    assert not selling.state.connection.manual


def test_ready_is_everything_and_a_folder(selling: Till) -> None:
    """The blue cloud means: pull the plug, nothing happens."""
    assert () == missing(selling.state)


def test_nothing_synced_misses_everything() -> None:
    """The list of what is missing is what S3 shows with its progress."""
    till = Till(synced_at_first=False)

    assert {"products", "stock", "rates", "tenders", "staff", "customers", "settings", "folder"} == set(
        missing(till.state)
    )
    till.close()


def test_an_outage_before_it_is_ready_stops_billing(selling: Till) -> None:
    """Without a folder a sale offline would stand on one leg: it waits, and says for what."""
    selling.device.folder.chosen = ""
    selling.starts_again().signs_in()
    selling.goes_offline()

    selling.picks().says("CheckoutOpened")

    assert (Mode.NOT_READY, Screen.SELL) == (mode_now(selling.state), selling.state.screen)
    assert selling.state.browse.notice.endswith("Billing has to wait.")


@pytest.mark.parametrize(("before", "after"), [(True, "off"), (False, "on")])
def test_auto_sync_is_kept(selling: Till, before: bool, after: str) -> None:
    """The courier pushes by this setting, also after a restart."""
    for _ in range(1 if before else 2):
        selling.says("AutoSyncSwitched")

    assert after == selling.device.disk.local["auto_sync"]


def test_sync_now_wakes_the_courier(selling: Till) -> None:
    """S18: by hand, with Auto-Sync off."""
    selling.picks().pays().says("SyncAsked")

    assert ("sync", SYNC_STARTED) == (selling.device.channel.said[-1], toast(selling))


def test_sync_now_says_why_not(selling: Till) -> None:
    """A button that does nothing is pressed ten times."""
    selling.goes_offline()

    selling.says("SyncAsked")

    assert "sync" not in selling.device.channel.said
    assert selling.state.trouble


def test_a_folder_that_is_chosen_is_named(selling: Till) -> None:
    """Settings show where the copies are."""
    assert (FolderState.OK, "Offline sales") == (
        selling.state.connection.folder,
        selling.state.connection.folder_name,
    )


def test_a_revoked_register_sells_nothing(selling: Till) -> None:
    """A stolen till is closed from the back office."""
    selling.picks()
    selling.link_is(Link.REVOKED)
    selling.hears("status")

    selling.says("CheckoutOpened")

    assert (Screen.SELL, True) == (selling.state.screen, bool(selling.state.browse.notice))


def test_a_start_does_not_believe_what_an_earlier_run_said_of_the_link(selling: Till) -> None:
    """The browser was closed online and opened in an outage: the sale of the first second is an offline sale."""
    selling.online_at_start = False

    selling.starts_again()

    assert Mode.CHECKING is mode_now(selling.state)


def test_a_toast_goes_by_itself(selling: Till) -> None:
    """What nobody takes away would stand there until evening, and the next one would not be seen."""
    selling.picks().pays().says("SyncAsked")
    shown = toast(selling)

    selling.time_passes(10)

    assert (SYNC_STARTED, "") == (shown, toast(selling))


def test_what_the_page_says_wrongly_is_noted(till: Till) -> None:
    """A button whose name is misspelt does nothing; the report says so, without what was typed."""
    till.says("PinGivn", pin="1111")

    assert "the page said something: it names no event of the page" == till.device.disk.local.pop("report")
