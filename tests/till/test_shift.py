"""A shift at the till: opened, cash moved, counted blind, closed; and all of it read back after a restart."""

import pytest

from app.domain.shift import Closed, Direction, Moved, Opened
from app.sync.bodies import Cash, Shift
from app.sync.protocol import SettingsChange
from app.till import reader
from app.till.flow.shift import BAD_COUNT, OPEN_FIRST
from app.till.shifts import all_shifts, open_shift
from app.till.state import Screen
from tests.conftest import settings
from tests.till.till import Till


def begin(till: Till, amount: str = "1000") -> Till:
    return till.says("ScreenOpened", screen="shift").says("ShiftBegun", amount=amount)


def move(till: Till, direction: str = "out", amount: str = "100", reason: str = "Tea") -> Till:
    return till.says("CashTouched", direction=direction, amount=amount, reason=reason)


def close(till: Till, **pieces: str) -> Till:
    """Count so many of each note, named n500 and so on."""
    till.says("CountBegun")
    for name, value in pieces.items():
        till.says("PiecesTyped", denomination=int(name[1:]) * 100, value=value)
    return till.says("CountConfirmed")


def sells(till: Till, tender: str = "cash", amount: str = "") -> Till:
    return till.says("ScreenOpened", screen="sell").picks().pays(tender, amount).says("SaleLeft")


def moves(till: Till) -> list[Moved]:
    return [body.moved for body in till.bodies() if isinstance(body, Cash)]


def ends(till: Till) -> list[Closed]:
    return [body.happened for body in till.bodies() if isinstance(body, Shift) and isinstance(body.happened, Closed)]


def test_a_shift_is_opened_with_its_float(selling: Till) -> None:
    """The float is what all later counting starts from."""
    begin(selling, "1,000.50")
    shift = open_shift(selling.state)

    assert shift is not None
    assert (1_000_50, "Asha") == (shift.expected, shift.opened.staff_name)


def test_two_presses_open_one_shift(selling: Till) -> None:
    """A second shift would swallow the cash of the first."""
    selling.says_at_once(("ShiftBegun", {"amount": "500"}), ("ShiftBegun", {"amount": "700"}))
    begin(selling, "900")
    opened = [body.happened for body in selling.bodies() if isinstance(body, Shift)]

    assert [500_00] == [one.opening_float for one in opened if isinstance(one, Opened)]


@pytest.mark.parametrize("amount", ["", "much", "-5", "99999999999999"])
def test_a_float_that_is_no_amount_opens_nothing(selling: Till, amount: str) -> None:
    """A typing error must not become the sum that everything is measured by."""
    begin(selling, amount)

    assert open_shift(selling.state) is None
    assert selling.state.shift.problem


def test_cash_of_sales_is_counted_and_cards_are_not(selling: Till) -> None:
    """The drawer holds no card slips."""
    begin(selling)
    sells(selling, "cash", "600")
    sells(selling, "card")
    shift = open_shift(selling.state)

    assert shift is not None
    assert 1_000_00 + 500_00 == shift.expected


def test_cash_moves_with_its_reason(selling: Till) -> None:
    """Whoever counts in the evening has to know where it went."""
    move(move(begin(selling)), "in", "20.50", "  Change from the bank ")

    assert [(Direction.OUT, 100_00, "Tea"), (Direction.IN, 20_50, "Change from the bank")] == [
        (one.direction, one.amount, one.reason) for one in moves(selling)
    ]


@pytest.mark.parametrize(
    "wrong", [{"reason": "  "}, {"amount": "0"}, {"amount": "x"}, {"direction": "sideways"}, {"direction": ""}]
)
def test_cash_without_amount_reason_or_direction_is_not_moved(selling: Till, wrong: dict[str, str]) -> None:
    """An entry that nobody can explain later is worse than none."""
    move(begin(selling), **wrong)

    assert [] == moves(selling)
    assert selling.state.shift.problem


def test_cash_is_moved_in_a_shift_only(selling: Till) -> None:
    """Without a float there is nothing to add to or to take from; the person is told to open one."""
    move(selling)

    assert ([], OPEN_FIRST) == (moves(selling), selling.state.shift.problem)


def test_much_cash_leaves_with_a_managers_pin_only(selling: Till) -> None:
    """The limit is a setting; above it four eyes look."""
    move(begin(selling), "out", "2000")
    move(selling, "out", "2000.01", "Bank deposit")
    waiting = len(moves(selling))
    selling.says("CashApproved", staff_id="asha", pin="1111").says("CashApproved", staff_id="ravi", pin="1")
    refused = len(moves(selling))
    selling.says("CashApproved", staff_id="ravi", pin="2222")

    assert (1, 1, ["", "Ravi"]) == (waiting, refused, [one.approved_by for one in moves(selling)])


def test_a_dialog_that_was_left_moves_nothing(selling: Till) -> None:
    """A PIN that comes too late must not take money out."""
    move(begin(selling), "out", "5000")
    selling.says_at_once(("CashApproved", {"staff_id": "ravi", "pin": "2222"}), ("DialogClosed", {}))

    assert [] == moves(selling)


def test_closing_writes_count_expectation_and_number(selling: Till) -> None:
    """The Z report is what was counted and what should have been, side by side and final."""
    sells(begin(selling), "cash", "500")
    close(selling, n500="2", n100="4", n50="1", n10="4")
    (end,) = ends(selling)

    assert (1, 1_490_00, 1_500_00, -10_00) == (end.number, end.counted, end.expected, end.difference)
    assert selling.state.shift.report == end.shift_id


@pytest.mark.parametrize("pieces", ["x", "-1", "1.5", "10001", "²"])
def test_a_count_that_is_none_closes_nothing(selling: Till, pieces: str) -> None:
    """A shift is closed once: a slip of the keys must not be its count."""
    close(begin(selling), n500=pieces)

    assert ([], BAD_COUNT) == (ends(selling), selling.state.shift.problem)


def test_two_presses_close_once(selling: Till) -> None:
    """Each Z number stands for one count."""
    begin(selling).says("CountBegun")
    selling.says_at_once(("CountConfirmed", {}), ("CountConfirmed", {}))
    selling.says("CountConfirmed")

    assert [1] == [end.number for end in ends(selling)]


def test_numbers_go_on_after_a_restart(selling: Till) -> None:
    """The number lives in the journal, and nowhere else."""
    close(begin(selling))
    selling.starts_again().signs_in()
    close(begin(selling))

    assert [1, 2] == [end.number for end in ends(selling)]


def test_an_open_shift_survives_a_restart_offline(selling: Till) -> None:
    """A crash, no network: the shift goes on with every rupee that was in it."""
    selling.goes_offline()
    sells(move(begin(selling)))
    selling.online_at_start = False
    selling.starts_again()
    shift = open_shift(selling.state)

    assert shift is not None
    assert 1_000_00 - 100_00 + 500_00 == shift.expected


def test_a_long_shift_is_read_whole(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old entries with a verdict stay sealed at the start, but not those that the drawer depends on."""
    monkeypatch.setattr(reader, "RECENT", 2)
    close(begin(sells(selling)))
    begin(selling)
    for _ in range(3):
        sells(selling)
    selling.is_judged()
    selling.starts_again()

    assert [0, 3] == [len(shift.orders) for shift in all_shifts(selling.state)]


def test_what_was_not_written_is_said_and_can_be_tried_again(selling: Till) -> None:
    """A full disk must not leave a screen that waits for ever."""
    selling.device.disk.faults = ["full"]
    begin(selling)
    problem = selling.state.shift.problem
    begin(selling)

    assert problem
    assert open_shift(selling.state) is not None


def test_a_store_may_sell_in_shifts_only(selling: Till) -> None:
    """Where the setting says so, no sale is outside of a drawer that somebody answers for."""
    selling.gets([SettingsChange(id="DS01", revision=9, value=settings(shift_required=True))])
    selling.hears("changes")
    selling.picks().says("CheckoutOpened")
    before = selling.state.screen
    begin(selling).says("ScreenOpened", screen="sell").says("CheckoutOpened")

    assert (Screen.SELL, Screen.CHECKOUT) == (before, selling.state.screen)


def test_signing_out_forgets_a_count_that_was_begun(selling: Till) -> None:
    """A blind count belongs to the person who counts."""
    begin(selling).says("CountBegun").says("PiecesTyped", denomination=50000, value="3").says("SignedOut")

    assert (False, {}) == (selling.state.shift.counting, selling.state.shift.count)


def test_a_report_changes_nothing(selling: Till) -> None:
    """An X report may be looked at all day."""
    begin(selling)
    before = len(selling.entries())
    shift = open_shift(selling.state)
    assert shift is not None
    selling.says("ReportOpened", shift_id=shift.id)

    assert (shift.id, before) == (selling.state.shift.report, len(selling.entries()))
    assert "" == selling.says("ReportOpened", shift_id="none").state.shift.report
