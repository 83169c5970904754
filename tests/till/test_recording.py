"""The journal as the till writes it: whatever the storage does, a sale is in it once, and the screen says the truth."""

from datetime import timedelta

import pytest

from app.domain.numbers import parse_number
from app.sync.blob import DRAFT, unpack
from app.sync.bodies import Reprint
from app.sync.chain import check_chain
from app.sync.entry import Kind
from app.sync.status import FolderState
from app.till.flow.starting import TAKEN_OVER
from app.till.recorder import FENCED, NOT_SURE
from app.till.state import Screen
from tests.fakes.disk import FULL
from tests.till.till import Till


def sells(till: Till, times: int = 1) -> Till:
    for _ in range(times):
        till.picks().pays()
        if till.state.screen is Screen.SAVED:
            till.says("SaleLeft")
    return till


def problem(till: Till) -> str:
    return till.state.checkout.problem if till.state.checkout else ""


def numbers(till: Till) -> list[str]:
    return [order.number for order in till.orders()]


def test_a_sale_is_saved_when_it_is_in_the_journal(selling: Till) -> None:
    """The screen, the entry and the file in the folder tell the same sale."""
    selling.picks().pays()

    saved, entry = selling.state.saved, selling.entries()[0]
    assert (Screen.SAVED, selling.orders()[0]) == (selling.state.screen, saved)
    assert (saved.id, saved.number) == (entry.header.id, entry.header.number) if saved else False
    assert entry.line in selling.device.folder.files.values()


def test_numbers_follow_each_other_over_restarts(selling: Till) -> None:
    """A gap has to be explained to the tax office, a double cannot be."""
    sells(selling, 2).starts_again().signs_in()

    sells(selling)

    assert ["DS01A2627-00001", "DS01A2627-00002", "DS01A2627-00003"] == numbers(selling)
    assert check_chain(selling.entries()).ok


def test_the_draft_is_gone_with_the_sale(selling: Till) -> None:
    """A draft that stays is a sale that is offered a second time."""
    sells(selling)

    assert {} == selling.device.disk.drafts


def test_the_disk_holds_no_name_in_clear(selling: Till) -> None:
    """Whoever reads a lost laptop's disk must not learn who bought what."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera Iyer")
    (draft,) = selling.device.disk.drafts.values()
    selling.pays()

    kept = draft + selling.entries()[0].line + b"".join(selling.device.folder.files.values())
    assert b"Meera" not in kept
    assert DRAFT == getattr(unpack(draft, DRAFT), "bound", b"")


@pytest.mark.parametrize(("fault", "why"), [("full", FULL), ("breaks before", NOT_SURE)])
def test_a_sale_that_was_not_written_stands_as_it_was(selling: Till, fault: str, why: str) -> None:
    """A full disk at the till: nothing is lost, and the same press works once there is room."""
    selling.picks().pays("card", "200").says("TenderChosen", tender_id="cash")
    selling.device.disk.faults = [fault]
    selling.says("SaleCompleted")
    stood = (selling.state.screen, problem(selling), len(selling.entries()), selling.state.cart.count)

    selling.says("SaleCompleted")

    assert (Screen.CHECKOUT, why, 0, 1) == stood
    assert ["DS01A2627-00001"] == numbers(selling)


def test_a_sale_whose_outcome_is_not_known_is_looked_up(selling: Till) -> None:
    """The storage broke after the write: asking again would sell twice, giving up would lose it."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults = ["breaks after"]

    selling.says("SaleCompleted")

    assert (Screen.SAVED, ["DS01A2627-00001"]) == (selling.state.screen, numbers(selling))


def test_the_next_sale_follows_one_of_unknown_outcome(selling: Till) -> None:
    """The head is read again, so that no number comes twice after it."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults = ["breaks after"]
    selling.says("SaleCompleted").says("SaleLeft")

    sells(selling)

    assert ["DS01A2627-00001", "DS01A2627-00002"] == numbers(selling)


def test_a_journal_that_cannot_be_read_either_is_read_before_the_next_sale(selling: Till) -> None:
    """Written, but neither said so nor could be looked up: the next press must find it, at once."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted")
    stood = (selling.state.screen, problem(selling))

    selling.says("SaleCompleted")

    assert (Screen.CHECKOUT, NOT_SURE) == stood
    assert (Screen.SAVED, ["DS01A2627-00001"]) == (selling.state.screen, numbers(selling))


def test_another_sale_after_it_needs_one_press(selling: Till) -> None:
    """After trouble with the storage the head is not trusted: a stale one would refuse the next customer's sale."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted")

    selling.says("OfflineSwitched")

    kept = [kept.header.kind for kept in selling.state.journal.kept]
    assert [Kind.SALE, Kind.SESSION_OPENED] == [entry.header.kind for entry in selling.entries()] == kept


def test_an_entry_never_precedes_the_last(selling: Till) -> None:
    """A clock corrected by an hour, then an outage: the chain's times still run forwards."""
    sells(selling)
    selling.device.clock.at -= timedelta(hours=1)

    selling.goes_offline()

    assert (2, True) == (len(selling.entries()), check_chain(selling.entries()).ok)


def test_a_slow_draft_does_not_outlive_its_sale(selling: Till) -> None:
    """Drafts and entries are written in their order: else the draft comes back after the sale has deleted it."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.slowness = 50

    selling.says_at_once(("NotesTyped", {"value": "Gift wrap"}), ("SaleCompleted", {}))

    assert (1, {}) == (len(selling.orders()), selling.device.disk.drafts)


def test_a_sale_that_is_in_the_journal_already_is_not_made_twice(selling: Till) -> None:
    """A draft that outlived its sale is resumed by hand: the order's id is the entry's, and stands there once."""
    selling.picks().pays("card", "200")
    draft = dict(selling.device.disk.drafts)
    selling.says("TenderChosen", tender_id="cash").says("SaleCompleted").says("SaleLeft")
    selling.device.disk.drafts.update(draft)

    selling.starts_again()

    assert "Sale DS01A2627-00001 was saved" == selling.state.trouble[:30]
    assert (None, {}, 1) == (selling.state.found_draft, selling.device.disk.drafts, len(selling.orders()))


def test_who_was_taken_over_writes_nothing_and_says_so(selling: Till) -> None:
    """Two tabs on one register: the older one stops, and what it had in the cart is still in its draft."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.owner += 1

    selling.says("SaleCompleted")

    assert (Screen.STOPPED, TAKEN_OVER, FENCED) == (selling.state.screen, selling.state.stopped, problem(selling))
    assert ([], 1) == (selling.entries(), len(selling.device.disk.drafts))


def test_an_old_tab_stops_at_its_next_change_already(selling: Till) -> None:
    """Not only at payment: the cart of an old tab is worth nothing."""
    selling.device.disk.owner += 1

    selling.picks()

    assert Screen.STOPPED is selling.state.screen


def test_a_damaged_entry_is_told_and_selling_goes_on_after_it(selling: Till) -> None:
    """One flipped bit must not close the shop, nor make a number come twice."""
    sells(selling, 2)
    entry = selling.device.disk.journal[2]
    object.__setattr__(entry, "line", entry.line.replace(b'"header"', b'"hea~er"'))
    selling.device.folder.files.clear()

    sells(selling.starts_again().signs_in())

    assert "The journal on this device is damaged at entry 2" == selling.state.trouble[:48]
    assert "DS01A2627-00003" == selling.entries()[2].header.number


def test_a_used_up_series_is_told(selling: Till) -> None:
    """A number that the law does not allow is not written; the cart stands."""
    head = selling.register._recorder._head
    assert head is not None
    object.__setattr__(head, "counters", {"DS01A2627": 999_999})

    selling.picks().pays()

    assert "The number series DS01A is used up for this year." == problem(selling)[:49]


def test_a_second_paper_is_a_reprint(selling: Till) -> None:
    """One receipt, two customers who return the goods: each further paper leaves a trace."""
    selling.picks().pays()
    order = selling.orders()[0]

    selling.says("InvoicePrinted", order_id=order.id)
    first = [entry.header.kind for entry in selling.entries()]
    selling.says("InvoicePrinted", order_id=order.id)

    assert [Kind.SALE] == first
    assert Reprint(order_id=order.id, number=order.number, staff_id="asha", staff_name="Asha") == selling.bodies()[1]


def test_paper_of_an_old_order_is_a_reprint(selling: Till) -> None:
    """From the list of orders the first paper has long gone out."""
    sells(selling)
    order = selling.orders()[0]

    selling.says("OrderOpened", order_id=order.id).says("InvoicePrinted", order_id=order.id)

    assert [Kind.SALE, Kind.REPRINT] == [entry.header.kind for entry in selling.entries()]


def test_a_lost_folder_never_stops_a_sale(selling: Till) -> None:
    """Somebody pulled the stick out: the sale is safe in the browser, and the screen says what to do."""
    selling.device.folder.fault = FolderState.LOST

    selling.picks().pays()

    assert (Screen.SAVED, FolderState.LOST, 1) == (
        selling.state.screen,
        selling.state.connection.folder,
        selling.state.connection.missing_in_folder,
    )


def test_a_mended_folder_gets_what_it_missed(selling: Till) -> None:
    """After one tap the copy is whole again."""
    sells(selling)
    selling.device.folder.fault = FolderState.LOST
    selling.device.folder.files.clear()
    sells(selling, 2)

    selling.device.folder.fault = FolderState.OK
    selling.says("FolderPicked")

    files = {content for path, content in selling.device.folder.files.items() if len(path) > 1}
    assert {entry.line for entry in selling.entries()} == files
    assert (FolderState.OK, 0) == (selling.state.connection.folder, selling.state.connection.missing_in_folder)


def test_a_restart_mends_the_folder_by_itself(selling: Till) -> None:
    """A crash between the journal and the folder leaves a file missing; the next start writes it."""
    sells(selling, 2)
    missing = next(path for path in selling.device.folder.files if "000002" in path[-1])
    del selling.device.folder.files[missing]

    selling.starts_again()

    assert selling.entries()[1].line == selling.device.folder.files[missing]


def test_the_folder_says_what_it_is(selling: Till) -> None:
    """Somebody who tidies up the disk has to know what not to delete."""
    assert b"do not delete" in selling.device.folder.files["README.txt",]


def test_a_folder_that_never_answers_is_given_up(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive of a network hangs for minutes; the customer does not wait for it."""
    monkeypatch.setattr("app.till.patience.PATIENCE", 0.01)
    selling.device.folder.silent = True

    selling.picks().pays()

    assert (Screen.SAVED, FolderState.LOST) == (selling.state.screen, selling.state.connection.folder)


def test_only_what_is_recent_is_opened(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of three years starts at once; what waits for the OMS and what is of today is there."""
    sells(selling, 3)
    selling.is_judged()
    selling.device.shelf.kept_verdicts.pop(selling.entries()[0].digest)
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    selling.time_passes(24 * 60 * 60)

    selling.starts_again()

    assert [1, 3] == [kept.header.seq for kept in selling.state.journal.kept]
    assert 3 == getattr(parse_number(selling.entries()[-1].header.number or ""), "counter", 0)
