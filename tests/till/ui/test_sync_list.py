"""How the dialog "Sync to Server" reads."""

from dataclasses import replace
from functools import cache

from app.till.slices.syncing import SyncList
from app.till.state import Journal, State
from tests.till.ui.page import Node, by_id, drawn
from tests.till.ui.stage import kept, sale, state
from tests.till.ui.stages import stage_page

MANY = 10_000


def row(page: Node, seq: int) -> str:
    return by_id(page, f"sync-{seq}-row").text


def test_a_failure_is_said_in_words() -> None:
    """Whoever reads "Failed" alone calls somebody."""
    assert "Failed" in row(stage_page("sync-list"), 4)
    assert "The number belongs to another register." in row(stage_page("sync-list"), 4)


def test_what_is_synced_is_not_listed() -> None:
    """The list is about what the back office does not have."""
    ids = {node.id for node in stage_page("sync-list").walk()}

    assert {"sync-9-row", "sync-8-row", "sync-4-row"} == {id_ for id_ in ids if id_ and id_.endswith("-row")}


def test_what_was_sent_from_here_shows_that_it_arrived_and_has_no_box() -> None:
    """It cannot be sent a second time."""
    page = stage_page("sync-list-sending")

    assert "Synced" in row(page, 6)
    assert "sync-6" not in {node.id for node in page.walk()}


def test_offline_the_button_is_off_and_says_why() -> None:
    """P3: only while online; and one reads that nothing is lost."""
    page = stage_page("sync-list-offline")

    assert "disabled" in by_id(page, "sync-checked").attrs
    assert "internet is not connected" in by_id(page, "sync-list-why").text
    assert "safe on this device" in by_id(page, "sync-list").text


def test_with_nothing_checked_both_buttons_are_off() -> None:
    """A press that does nothing would be taken for a broken button."""
    page = stage_page("sync-list-sending")

    assert all("disabled" in by_id(page, id_).attrs for id_ in ("sync-checked", "csv-export"))


@cache
def _many() -> State:
    """A week without internet in a busy store."""
    journal = Journal(kept=tuple(kept(seq, sale(seq)) for seq in range(1, MANY + 1)))
    return state(journal=journal, sync_list=SyncList(opened=True, checked=frozenset(range(1, MANY + 1))))


def test_ten_thousand_orders_are_not_all_drawn() -> None:
    """A table of them would freeze the till for seconds at each check; the newest are shown, and it says so."""
    page = drawn(_many())
    rows = [node.id for node in page.walk() if node.tag == "tr" and node.id]

    assert (100, f"sync-{MANY}-row") == (len(rows), rows[0])
    assert "The newest 100 of 10,000 orders are shown." in by_id(page, "sync-list").text


def test_all_of_ten_thousand_are_checked() -> None:
    """Select all means all, also those that are not drawn."""
    one_less = replace(_many(), sync_list=SyncList(opened=True, checked=frozenset(range(2, MANY + 1))))

    assert "10,000 of 10,000 orders checked" in by_id(drawn(_many()), "sync-count").text
    assert "checked" in by_id(drawn(_many()), "sync-all").attrs
    assert "checked" not in by_id(drawn(one_less), "sync-all").attrs
