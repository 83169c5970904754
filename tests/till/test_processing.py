"""Stored cards after the sale (P4, P5): processed once the OMS has the order, and what became of them is remembered."""

from datetime import timedelta

import pytest

from app.sync.cards import CardState
from app.sync.protocol import VerdictKind
from app.sync.questions import Denied
from app.till.flow.processing import pause
from app.till.risk import risk, standings
from tests.till.cards import asks_to_process, is_processed, sells_offline, with_terminal
from tests.till.online import silence
from tests.till.till import Till

APPROVED, DECLINED, WAITING = CardState.APPROVED, CardState.DECLINED, CardState.WAITING


@pytest.fixture
def sold(till: Till) -> Till:
    """A kurta was sold on a stored card; the register is back online, and nothing was sent yet."""
    with_terminal(till).goes_offline()
    sells_offline(till)
    till.comes_back()
    return till


def state_of(till: Till) -> CardState:
    (standing,) = standings(till.state).values()
    return standing.state


def test_nothing_is_processed_before_the_oms_has_the_order(sold: Till) -> None:
    """Nobody is charged for a sale that the store's books do not have."""
    sold.time_passes(60)

    assert [] == asks_to_process(sold)


@pytest.mark.parametrize("kind", [VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION])
def test_with_its_verdict_the_card_is_processed_by_itself(sold: Till, kind: VerdictKind) -> None:
    """Auto-Sync: nobody has to think of it."""
    sold.is_judged(kind)
    sold.time_passes(2)

    assert [f"/payments/{sold.orders()[0].id}/process"] == asks_to_process(sold)


@pytest.mark.parametrize("kind", [VerdictKind.REFUSED, VerdictKind.CONFLICT])
def test_an_order_that_was_turned_down_is_not_processed(sold: Till, kind: VerdictKind) -> None:
    """It stays at risk, and is shown as failed."""
    sold.is_judged(kind)
    sold.time_passes(60)

    assert ([], 49_950) == (asks_to_process(sold), risk(sold.state).amount)


def test_an_approved_card_is_no_risk_any_more(sold: Till) -> None:
    """P4: green."""
    sold.is_judged()
    sold.time_passes(2)
    is_processed(sold, APPROVED)
    sold.time_passes(60)

    assert (APPROVED, 0, []) == (state_of(sold), risk(sold.state).amount, asks_to_process(sold))


def test_a_refused_card_is_remembered_with_its_reason(sold: Till) -> None:
    """P5: red; the back office has the rest of the work."""
    sold.is_judged()
    sold.time_passes(2)
    is_processed(sold, DECLINED, "Visa •••• 4242: The bank says no.")
    (standing,) = standings(sold.state).values()

    assert (DECLINED, "Visa •••• 4242: The bank says no.") == (standing.state, standing.why)


def test_what_came_of_a_card_outlives_a_restart(sold: Till) -> None:
    """Otherwise each start would say that the money is at risk."""
    sold.is_judged()
    sold.time_passes(2)
    is_processed(sold, APPROVED)
    sold.starts_again().signs_in().time_passes(60)

    assert (APPROVED, [], 0) == (state_of(sold), asks_to_process(sold), risk(sold.state).amount)


@pytest.mark.parametrize("damaged", ["", "{", '{"orders": 3}'])
def test_a_damaged_memory_asks_the_oms_again(sold: Till, damaged: str) -> None:
    """The OMS and its processor know; they say the same again."""
    sold.is_judged()
    sold.time_passes(2)
    is_processed(sold, APPROVED)
    sold.device.disk.local["cards"] = damaged
    sold.starts_again().signs_in().time_passes(2)

    assert 1 == len(asks_to_process(sold))


def test_without_an_answer_it_is_asked_again_after_a_pause(sold: Till) -> None:
    """Neither given up, nor asked every second."""
    sold.is_judged()
    sold.time_passes(2)
    sold.is_answered(silence())
    sold.time_passes(2)
    at_once = asks_to_process(sold)
    sold.time_passes(6)

    assert ([], 1, WAITING) == (at_once, len(asks_to_process(sold)), state_of(sold))


def test_an_order_that_the_oms_does_not_find_is_asked_about_again(sold: Till) -> None:
    """Its entry may wait for a person there; the money stays at risk until then."""
    sold.is_judged()
    sold.time_passes(2)
    sold.is_answered(Denied(status=404, why="There is no such order."))
    sold.time_passes(6)

    assert (1, 49_950) == (len(asks_to_process(sold)), risk(sold.state).amount)


def test_pauses_grow_and_end_at_ten_minutes() -> None:
    """A processor that is down for a day is not asked ten thousand times."""
    seconds = [pause(tries).total_seconds() for tries in (0, 1, 2, 50)]

    assert [5, 10, 20, 600] == seconds


def test_without_auto_sync_somebody_presses_process(sold: Till) -> None:
    """P4: the column "Process Card" of the list."""
    sold.says("AutoSyncSwitched").is_judged()
    sold.time_passes(60)
    by_itself = asks_to_process(sold)
    sold.says("CardsProcessed", order_id=sold.orders()[0].id)
    sold.time_passes(2)

    assert ([], 1) == (by_itself, len(asks_to_process(sold)))


def test_offline_process_says_why_not(sold: Till) -> None:
    """A button that does nothing is pressed ten times."""
    sold.is_judged()
    sold.goes_offline()
    sold.says("CardsProcessed", order_id=sold.orders()[0].id)

    assert (True, []) == (bool(sold.state.trouble), asks_to_process(sold))


def test_one_order_at_a_time_the_oldest_first(till: Till) -> None:
    """The one that runs out first is the one that counts."""
    with_terminal(till).goes_offline()
    for _ in range(2):
        sells_offline(till)
    till.comes_back()
    till.is_judged()
    till.time_passes(2)

    assert [f"/payments/{till.orders()[0].id}/process"] == asks_to_process(till)


def test_an_old_order_is_processed_after_a_start(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its entry is not among the newest any more; the device remembers its cards, and asks for its verdict."""
    monkeypatch.setattr("app.till.reader.RECENT", 0)
    sold.time_passes(1)
    sold.is_judged()
    sold.device.clock.at += timedelta(days=2)
    sold.starts_again()
    opened = sold.state.journal.kept
    sold.comes_back()
    sold.time_passes(2)

    assert ((), 1) == (opened, len(asks_to_process(sold)))
