"""The dialog "Sync to Server" (P3, P6): checking orders, sending these, giving them out as a file."""

import base64
import csv
from io import StringIO

import pytest

from app.sync.again import read_again
from app.sync.chosen import read_chosen
from app.sync.protocol import VerdictKind
from app.till.past import to_sync
from tests.till.till import Till

FILE = "pending-orders-DS01-R1-2026-11-21.csv"


@pytest.fixture
def three(selling: Till) -> Till:
    """Three sales wait with Auto-Sync off, and the dialog is open."""
    selling.says("AutoSyncSwitched")
    for product in ("kurta", "rice", "kurta"):
        sells(selling, product)
    return selling.says("SyncListOpened")


def sells(till: Till, product: str = "kurta") -> None:
    till.says("ProductPicked", product_id=product)
    if product == "rice":
        till.says("WeightTyped", value="1").says("ChoiceConfirmed")
    till.pays().says("SaleLeft")


def listed(till: Till) -> list[int]:
    return [row.kept.header.seq for row in to_sync(till.state.journal)]


def checks(till: Till, *seqs: int) -> Till:
    for seq in seqs:
        till.says("OrderChecked", seq=seq, value="true")
    return till


def exported(till: Till) -> list[dict[str, str]]:
    kind, data = till.device.page.files[FILE]
    assert "text/csv" == kind
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_what_waits_is_listed_newest_first_and_nothing_is_checked(three: Till) -> None:
    """The sale of a minute ago is the one somebody asks about; and what is sent is a person's choice."""
    assert ([3, 2, 1], frozenset()) == (listed(three), three.state.sync_list.checked)


def test_the_checked_ones_are_sent_and_the_third_waits(three: Till) -> None:
    """P3: the courier hears of two places, and not the word that means everything."""
    three.device.channel.said.clear()
    checks(three, 1, 3).says("CheckedSynced")

    assert {1, 3} == read_chosen(three.device.disk.local["chosen"])
    assert "sync" not in three.device.channel.said


def test_a_box_can_be_cleared(three: Till) -> None:
    """A slip of the finger is not sent."""
    checks(three, 1, 2).says("OrderChecked", seq=2, value="false").says("CheckedSynced")

    assert {1} == read_chosen(three.device.disk.local["chosen"])


def test_select_all_means_all_that_waits(three: Till) -> None:
    """Sessions, shifts and the rest of the journal go along with all orders: as "Sync now" would send them."""
    three.says("AllOrdersChecked", value="true").says("CheckedSynced")

    assert {1, 2, 3} == read_chosen(three.device.disk.local["chosen"])
    assert "sync" in three.device.channel.said


def test_select_all_can_be_cleared(three: Till) -> None:
    """Then nothing is sent."""
    three.says("AllOrdersChecked", value="true").says("AllOrdersChecked", value="false").says("CheckedSynced")

    assert "chosen" not in three.device.disk.local


def test_a_second_choice_keeps_the_first(three: Till) -> None:
    """The first is still under way when somebody checks one more."""
    checks(three, 1).says("CheckedSynced")
    checks(three, 2).says("CheckedSynced")

    assert {1, 2} == read_chosen(three.device.disk.local["chosen"])


def test_what_was_sent_stands_there_until_the_dialog_is_opened_again(three: Till) -> None:
    """One wants to see it arrive; the next time it is of no interest."""
    checks(three, 1).says("CheckedSynced")
    three.is_judged()
    here = len(to_sync(three.state.journal, three.state.sync_list.asked))
    three.says("DialogClosed").says("SyncListOpened")

    assert (1, 0) == (here, len(to_sync(three.state.journal, three.state.sync_list.asked)))


def test_a_failed_order_that_is_checked_is_sent_again(three: Till) -> None:
    """S18: its reason was mended at the OMS; the courier is asked to put the verdict aside."""
    three.is_judged(VerdictKind.REFUSED)
    digest = three.entries()[1].digest

    checks(three, 2).says("CheckedSynced")

    assert {digest} == read_again(three.device.disk.local["again"]).keys()
    assert {2} == read_chosen(three.device.disk.local["chosen"])


def test_a_correction_goes_with_its_order(three: Till) -> None:
    """Who sends an order sends it as it reads."""
    order = three.orders()[0]
    three.says("DialogClosed").says("OrderOpened", order_id=order.id).says("CorrectionAsked", order_id=order.id)
    three.says("CorrectionTyped", field="notes", value="Gift wrap")
    three.says("CorrectionGiven", reason="Forgotten", staff_id="ravi", pin="2222")

    checks(three.says("SyncListOpened"), 1).says("CheckedSynced")

    assert {1, 4} == read_chosen(three.device.disk.local["chosen"])


def test_offline_nothing_is_sent_and_the_reason_is_said(three: Till) -> None:
    """P3: only while online."""
    three.goes_offline()
    checks(three, 1).says("CheckedSynced")

    assert three.state.trouble
    assert "chosen" not in three.device.disk.local


def test_without_anybody_signed_in_it_does_not_open(till: Till) -> None:
    """Names and amounts are not for whoever passes by."""
    assert not till.says("SyncListOpened").state.sync_list.opened


def test_signing_out_closes_it(three: Till) -> None:
    """The next person does not find somebody else's choice."""
    three.says("SignedOut").signs_in()

    assert (False, frozenset()) == (three.state.sync_list.opened, three.state.sync_list.checked)


def test_a_choice_is_remembered_over_a_restart(three: Till) -> None:
    """A second choice after a crash must not put the first one aside."""
    checks(three, 1).says("CheckedSynced")
    three.starts_again().signs_in()

    checks(three.says("SyncListOpened"), 2).says("CheckedSynced")

    assert {1, 2} == read_chosen(three.device.disk.local["chosen"])


def test_the_file_holds_the_exact_bytes_of_the_checked_orders(three: Till) -> None:
    """P6: what the back office reads is what would have been sent, byte for byte; the rest is for people."""
    three.goes_offline()
    checks(three, 3, 1).says("CheckedExported")
    rows, lines = exported(three), [entry.line for entry in three.entries()]

    assert [lines[0], lines[2]] == [base64.b64decode(row["entry"]) for row in rows]
    assert ("DS01A2627-00001", "DS01-R1", "500.00", "Cash at Store 500.00", "Pending") == tuple(
        rows[0][name] for name in ("Number", "Register", "Total", "Tenders", "State")
    )


def test_no_cell_of_the_file_is_run_by_a_spreadsheet(selling: Till) -> None:
    """A customer may be called =HYPERLINK(…)."""
    selling.picks().says("CheckoutOpened").says("CustomerAsked")
    selling.says("CustomerSaved", name="=1+1", phone="", email="", gstin="", address="", state_code="")
    selling.pays().says("SaleLeft").says("SyncListOpened")

    selling.says("AllOrdersChecked", value="true").says("CheckedExported")

    assert "'=1+1" == exported(selling)[0]["Customer"]
