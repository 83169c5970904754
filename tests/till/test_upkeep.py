"""Resetting the local data (T6): what stands against it, what goes, and that no sale, number or entry is ever lost."""

import json

import pytest

from app.sync.entry import Entry, parse
from app.sync.status import Link, Synced
from app.till.flow.upkeep import NOT_EXPORTED
from app.till.selectors import pending
from app.till.state import Screen
from app.till.upkeep import WHY_NOT, waiting_entries, why_no_reset
from tests.till.till import IMAGE, Till, people_changes
from tests.till.ui.page import by_id, drawn


@pytest.fixture
def looking(selling: Till) -> Till:
    """Asha is looking at Status; a sale of before was sent."""
    selling.picks().pays()
    selling.is_judged()
    return selling.says("ScreenOpened", screen="status")


def lines(till: Till) -> list[bytes]:
    return [entry.line for entry in till.entries()]


def confirms(till: Till, staff_id: str = "", pin: str = "") -> Till:
    return till.says("ResetAsked").says("ResetConfirmed", staff_id=staff_id, pin=pin)


def wished(till: Till) -> str:
    return till.device.disk.local.get("reset", "")


def courier_clears(till: Till) -> None:
    """Do what the courier does about a wish, and say so."""
    shelf = till.device.shelf
    shelf.image, shelf.pages = None, []
    shelf.records.pop("synced", None)
    shelf.records["reset"] = wished(till)
    till.hears("status")


def courier_downloads(till: Till) -> None:
    till.device.shelf.records["synced"] = Synced(complete=True, cursor=10).model_dump_json()
    till.device.shelf.image = IMAGE
    till.gets(people_changes())
    till.hears("status", "image", "changes")


def told(till: Till) -> str:
    return by_id(drawn(till.state), "dialog").text


def test_with_everything_sent_it_needs_one_yes(looking: Till) -> None:
    """Nothing can be lost then: whoever is at the till may do what support asks for."""
    before = lines(looking)

    confirms(looking)

    assert wished(looking) != ""
    assert (before, "local") == (lines(looking), looking.device.channel.said[-1])


def test_the_page_is_loaded_anew_once_the_courier_has_cleared(looking: Till) -> None:
    """T6: clears, then reloads; until then nothing else can be done."""
    confirms(looking)
    waits = told(looking), looking.state.upkeep.done

    courier_clears(looking)

    assert ("being cleared" in waits[0], waits[1], looking.state.upkeep.done) == (True, False, True)
    assert "data-reload" in str([node.attrs for node in drawn(looking.state).walk()])


def test_after_it_the_register_sells_on_in_its_series(looking: Till) -> None:
    """Journal, chain and series are never touched: the next number follows the last one."""
    confirms(looking)
    courier_clears(looking)
    looking.starts_again()
    waits = looking.state.screen

    courier_downloads(looking)
    looking.signs_in().picks().pays()

    assert (Screen.STARTING, [1, 2]) == (waits, [int(order.number[-5:]) for order in looking.orders()])
    assert not looking.state.upkeep.wanted


def test_an_entry_that_waits_refuses_it(selling: Till) -> None:
    """T6: an unsynced sale is never destroyed; without the file nobody gets as far as a PIN."""
    selling.picks().pays().says("ScreenOpened", screen="status")

    confirms(selling, "ravi", "2222")

    assert (NOT_EXPORTED, "", 1) == (selling.state.upkeep.problem, wished(selling), pending(selling.state))


def test_the_file_has_every_line_that_waits_byte_for_byte(looking: Till) -> None:
    """The same lines as in the folder: the back office can open them, and their chain can be checked."""
    looking.goes_offline()
    looking.says("ScreenOpened", screen="sell").picks().pays().says("ScreenOpened", screen="status")
    looking.comes_back()
    looking.says("ResetAsked").says("WaitingExported")
    [(name, (_, data))] = looking.device.page.files.items()
    given = data.splitlines(keepends=True)

    assert [line + b"\n" for line in lines(looking)[1:]] == given
    assert all(isinstance(parse(line.rstrip(b"\n")), Entry) for line in given)
    assert name.startswith("store-os-entries-DS01-R1-")


def test_a_revoked_register_gives_out_what_waits(looking: Till) -> None:
    """Nothing that it sends is taken any more: the file is the only way for its money into the books."""
    looking.says("ScreenOpened", screen="sell").picks().pays().says("ScreenOpened", screen="status")
    looking.link_is(Link.REVOKED)
    looking.hears("status")
    looking.says("WaitingExported")
    [(_, (_, data))] = looking.device.page.files.items()

    assert lines(looking)[1:] == data.splitlines()
    assert "takes nothing from this register any more" in by_id(drawn(looking.state), "waiting-text").text


def test_nobody_takes_a_file_who_is_not_signed_in(looking: Till) -> None:
    """It is sealed, but where it went should be known by somebody."""
    looking.says("ScreenOpened", screen="sell").picks().pays()
    looking.says("SignedOut").says("WaitingExported")

    assert {} == looking.device.page.files


def test_with_the_file_a_managers_pin_confirms(selling: Till) -> None:
    """Somebody answers for it; and even then what waits stays in the journal and is sent."""
    selling.picks().pays().says("ScreenOpened", screen="status")
    before = lines(selling)
    selling.says("ResetAsked").says("WaitingExported")

    selling.says("ResetConfirmed", staff_id="asha", pin="1111")
    by_asha = wished(selling)
    selling.says("ResetConfirmed", staff_id="ravi", pin="0000")
    wrong = wished(selling), selling.state.upkeep.problem
    selling.says("ResetConfirmed", staff_id="ravi", pin="2222")

    assert ("", "") == (by_asha, wrong[0])
    assert "Wrong PIN" in wrong[1]
    assert (True, before, 1) == (bool(wished(selling)), lines(selling), pending(selling.state))


def test_what_is_recorded_after_the_file_needs_another_file(selling: Till) -> None:
    """The file is a promise about what waits now, not about what waited then."""
    selling.picks().pays().says("ScreenOpened", screen="status").says("ResetAsked").says("WaitingExported")
    selling.says("DialogClosed").says("ScreenOpened", screen="sell").picks().pays()
    selling.says("ScreenOpened", screen="status")

    confirms(selling, "ravi", "2222")

    assert (NOT_EXPORTED, "") == (selling.state.upkeep.problem, wished(selling))


def test_parked_sales_need_a_manager_and_go(looking: Till) -> None:
    """They may be somebody else's; the dialog counts them before they go."""
    looking.says("ScreenOpened", screen="sell").picks().says("ParkAsked").says("SaleParked", name="Meera")
    looking.says("ScreenOpened", screen="status").says("ResetAsked")
    counted = told(looking)
    looking.says("ResetConfirmed")
    alone = wished(looking)

    looking.says("ResetConfirmed", staff_id="ravi", pin="2222")

    assert ("1 parked sale" in counted, alone) == (True, "")
    assert (True, {}) == (bool(wished(looking)), looking.device.disk.drafts)


def paid_and_left(till: Till) -> None:
    """A split payment in the middle of which the browser crashed."""
    till.says("ScreenOpened", screen="sell").picks().says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    till.says("AmountTyped", value="100").says("PaymentTaken").starts_again()


def test_a_draft_with_money_taken_refuses_it(looking: Till) -> None:
    """The money is noted nowhere else."""
    paid_and_left(looking)
    drafts = dict(looking.device.disk.drafts)

    looking.signs_in().says("ScreenOpened", screen="status")
    confirms(looking, "ravi", "2222")

    assert (WHY_NOT["money"], "") == (why_no_reset(looking.state), wished(looking))
    assert 1 == len(drafts) == len(looking.device.disk.drafts)


def test_an_open_sale_refuses_it(looking: Till) -> None:
    """Whoever is being served would stand before an empty cart."""
    looking.says("ScreenOpened", screen="sell").picks().says("ScreenOpened", screen="status")

    confirms(looking)

    assert (WHY_NOT["open"], "") == (why_no_reset(looking.state), wished(looking))


def test_without_the_server_it_is_refused(looking: Till) -> None:
    """What was cleared could not be fetched again, and the register could sell nothing."""
    looking.goes_offline()
    looking.is_judged()

    confirms(looking, "ravi", "2222")

    assert (WHY_NOT["offline"], "") == (why_no_reset(looking.state), wished(looking))


def test_a_sale_between_pin_and_answer_refuses_it(selling: Till) -> None:
    """A PIN takes half a second, a scanner less."""
    selling.picks().pays().says("ScreenOpened", screen="status").says("ResetAsked").says("WaitingExported")
    selling.says_at_once(
        ("ResetConfirmed", {"staff_id": "ravi", "pin": "2222"}),
        ("ScreenOpened", {"screen": "sell"}),
        ("ProductPicked", {"product_id": "kurta"}),
    )

    assert (WHY_NOT["open"], "") == (selling.state.upkeep.problem, wished(selling))


def test_a_full_disk_changes_nothing(looking: Till) -> None:
    """Half a reset would be worse than none."""
    looking.device.disk.faults = ["full"]

    confirms(looking)

    assert ("Nothing was written." in looking.state.upkeep.problem, wished(looking)) == (True, "")
    assert not looking.state.upkeep.checking


@pytest.mark.parametrize("steps", range(1, 7))
def test_a_crash_in_the_middle_leaves_a_till_that_starts(looking: Till, steps: int) -> None:
    """Whether the wish was written or not: the journal is whole, and a wish that nobody followed is withdrawn."""
    before = lines(looking)
    looking.says("ResetAsked").dies_after("ResetConfirmed", steps)

    looking.online_at_start = False
    looking.starts_again().signs_in().picks().pays()

    assert ("", "") == (wished(looking), looking.state.upkeep.wanted)
    assert before == lines(looking)[: len(before)]
    assert len(before) + 1 == len(lines(looking))


def test_a_reset_of_before_is_not_followed_twice(looking: Till) -> None:
    """A page that loads itself anew for ever is worse than no reset."""
    confirms(looking)
    courier_clears(looking)

    courier_downloads(looking.starts_again())
    looking.hears("status")

    assert (False, Screen.SIGN_IN) == (looking.state.upkeep.done, looking.state.screen)


def test_what_waits_is_everything_without_a_verdict(selling: Till) -> None:
    """Sessions and shifts are entries too; the OMS has to hear of them."""
    selling.goes_offline()
    selling.picks().pays()

    assert 2 == len(waiting_entries(selling.state))
    assert json.loads(selling.device.shelf.records["link"])["link"] == "no_server"
