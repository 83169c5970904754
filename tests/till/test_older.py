"""What a start leaves for later: the till sells before the older entries are open, and nothing comes of their lack."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from app.sync.checkpoint import Anchor
from app.sync.entry import Kind
from app.till.events import JournalRead, OlderRead, Ticked
from app.till.past import rows, to_sync
from app.till.register import Register
from app.till.slices.orders import OrderFilter
from app.till.standing import known
from app.till.state import Kept, Screen, State
from app.till.ui.orders import orders
from app.till.ui.regions import drawing
from app.till.upkeep import left_here
from tests.till.till import Till

DAY = 24 * 60 * 60


@pytest.fixture
def sold(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Four sales of yesterday, all booked; a start opens one of them first."""
    for _ in range(4):
        selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    selling.time_passes(DAY)
    monkeypatch.setattr("app.till.recorder.FIRST", 1)
    return selling


def opens(till: Till, then: Callable[[Register], object] = bool) -> State:
    """Start as the browser does; return how it stands, and do something, when somebody can sign in.

    What goes on beside it has not begun then; it comes to its end afterwards.
    """

    async def start() -> State:
        till.register = Register(till.device.ports, drawing, await till.device.ports.journal.take_over())
        await till.register.open()
        state = till.state
        then(till.register)
        await till.register.runner.rest()
        return state

    return till._loop.run_until_complete(start())


def places(kept: Collection[Kept]) -> list[int]:
    return [each.header.seq for each in kept]


def test_somebody_can_sign_in_before_the_older_entries_are_open(sold: Till) -> None:
    """The longer a register has sold, the longer a customer would wait for its start."""
    state = opens(sold)

    assert (Screen.SIGN_IN, [4], False) == (state.screen, places(state.journal.kept), state.journal.whole)
    assert (4, 4) == (state.journal.head.seq if state.journal.head else 0, state.journal.opened_to)


@pytest.mark.parametrize(("whole", "says"), [(False, "just being opened"), (True, "in the back office")])
def test_orders_says_where_the_older_ones_are(sold: Till, says: str, *, whole: bool) -> None:
    """Nobody must look in the back office for an order that comes in a moment."""
    sold.starts_again()
    journal = replace(sold.state.journal, whole=whole)

    shown = str(orders(journal=journal, filter_=OrderFilter(), opened=False, tenders=(), zone="UTC", older=True))
    assert f"Older orders are {says}." in shown


def test_a_moment_later_all_is_there_as_before(sold: Till) -> None:
    """Orders, their verdicts and what is left of each product: nobody sees that it came in two parts."""
    before = sold.state.journal

    sold.starts_again()
    now = sold.state.journal

    assert ([1, 2, 3, 4], True) == (places(now.kept), now.whole)
    assert (before.verdicts, [row.state for row in rows(before)]) == (now.verdicts, [row.state for row in rows(now)])


def test_stock_counts_what_was_opened_later(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue has not heard of these sales yet: what they took would be sold twice."""
    monkeypatch.setattr("app.till.recorder.FIRST", 100)
    sold.starts_again()
    left = sold.register._library.available("kurta-v")
    monkeypatch.setattr("app.till.recorder.FIRST", 1)

    sold.starts_again()

    assert left is not None
    assert left == sold.register._library.available("kurta-v")


def test_a_session_that_was_opened_long_ago_goes_on(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """One outage would stand in the books as two, the first without an end."""
    selling.goes_offline()
    for _ in range(3):
        selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    selling.time_passes(DAY)
    before = selling.state.connection.session_id
    monkeypatch.setattr("app.till.recorder.FIRST", 1)

    at_first = opens(selling, lambda register: register.dispatch(Ticked(selling.device.clock.now(), "fresh")))

    assert (None, False) == (at_first.connection.session_id, at_first.journal.whole)
    assert before is not None
    assert before == selling.state.connection.session_id
    assert 1 == [entry.header.kind for entry in selling.entries()].count(Kind.SESSION_OPENED)


def test_older_entries_that_cannot_be_read_keep_nobody_waiting(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage that fails just then must not leave a register that never notes an outage."""
    opens(sold, lambda _: monkeypatch.setattr(sold.device.disk, "unreadable", 1))

    assert (True, [4]) == (sold.state.journal.whole, places(sold.state.journal.kept))
    assert sold.state.trouble
    assert "report" in sold.device.disk.local
    sold.device.disk.local.pop("report")


@pytest.mark.parametrize(("few", "summed"), [(100, True), (0, True), (100, False)], ids=["few", "many", "not noted"])
def test_a_refused_sale_stays_however_old_it_is(
    sold: Till, monkeypatch: pytest.MonkeyPatch, few: int, *, summed: bool
) -> None:
    """It is nowhere but here: gone from the screen nobody corrects it, sends it again or gives it out."""
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    monkeypatch.setattr("app.sync.settled.FEW", few)
    sold.device.shelf.sums_up = summed
    first, said = sold.entries()[0], sold.device.shelf.kept_verdicts
    said[first.digest] = said[first.digest].replace('"accepted"', '"refused"')

    sold.starts_again()

    assert [1, 4] == places(sold.state.journal.kept)
    assert ([1], 1) == ([row.kept.header.seq for row in to_sync(sold.state.journal)], known(sold.state).failed)
    assert [first.digest] == [kept.digest for kept in left_here(sold.state)]


def test_what_was_removed_meanwhile_does_not_come_back(sold: Till) -> None:
    """An order would be shown of which the browser has nothing any more."""
    sold.starts_again()
    journal = sold.state.journal
    assert journal.head
    anchor = Anchor(store="DS01", register="R1", seq=2, digest="0" * 64)

    sold.happens(JournalRead(journal.head, journal.kept[3:], anchor, whole=False), OlderRead(journal.kept[:3]))

    assert [3, 4] == places(sold.state.journal.kept)


def test_none_stands_twice(sold: Till) -> None:
    """The journal was read again, whole, while the older entries were being opened."""
    sold.starts_again()
    journal = sold.state.journal
    changed = tuple(replace(each, body=None) for each in journal.kept)

    sold.happens(OlderRead(changed))

    assert journal.kept == sold.state.journal.kept
