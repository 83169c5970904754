"""What a sale will look like is worked out while the disk writes; nothing of it is seen or done before it is saved."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.sync.status import FolderState
from app.till.drawing import Drawing
from app.till.events import Event, FolderTold, Recorded, SearchTyped, Ticked
from app.till.loop import SORRY
from app.till.state import Screen, State
from app.till.ui.regions import drawing
from tests.fakes.disk import FULL, FakeJournal
from tests.till.test_loop import Watch
from tests.till.till import Till


class Drawings:
    """Counts what a loop has drawn, and what was written meanwhile."""

    def __init__(
        self, till: Till, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None] | None = None
    ) -> None:
        self.seen: list[str] = []
        append = FakeJournal.append

        def redrawn(old: State | None, new: State) -> Drawing:
            self.seen.append(f"{old and old.screen} to {new.screen} drawn")
            return drawing(old, new)

        async def appended(journal: FakeJournal, *asked: object) -> object:
            outcome = await append(journal, *asked)  # type: ignore[arg-type]
            self.seen.append(f"written, {till.state.screen}, {shown(till)}")
            if meanwhile:
                meanwhile()
            return outcome

        monkeypatch.setattr(till.register.loop, "_redraw", redrawn)
        monkeypatch.setattr(FakeJournal, "append", appended)


def shown(till: Till) -> bool:
    """Whether the page says that a sale is saved."""
    return "saved-title" in till.device.page.regions.get("main", "")


def paid(till: Till) -> Till:
    """Whatever comes before "Complete sale"."""
    return till.picks().says("CheckoutOpened").says("TenderChosen", tender_id="cash")


def test_a_sale_is_drawn_while_the_disk_writes(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for the disk and then for the drawing waits for both; the screen changes only after the disk."""
    drawings = Drawings(paid(selling), monkeypatch)

    selling.says("SaleCompleted")

    assert ["checkout to saved drawn", "written, checkout, False"] == drawings.seen[1:3]
    assert (Screen.SAVED, True) == (selling.state.screen, shown(selling))
    assert 1 == drawings.seen.count("checkout to saved drawn")


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_what_was_not_written_is_not_seen(selling: Till, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """The drawing was ready, and the disk took nothing: no cashier may see "Sale saved"."""
    drawings = Drawings(paid(selling), monkeypatch)
    selling.device.disk.faults = [fault]

    selling.says("SaleCompleted")

    assert (Screen.CHECKOUT, [], False) == (selling.state.screen, selling.entries(), shown(selling))
    assert selling.state.checkout
    assert (FULL in selling.state.checkout.problem) is (fault == "full")
    assert "checkout to saved drawn" in drawings.seen


def test_a_folder_that_fails_meanwhile_is_told(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was hoped for is not what happened: the sale is saved, and its copy is missing."""

    def pulled() -> None:
        selling.device.folder.fault = FolderState.LOST

    Drawings(paid(selling), monkeypatch, pulled)
    selling.says("SaleCompleted")

    known = selling.state.connection
    assert (Screen.SAVED, FolderState.LOST, 1) == (selling.state.screen, known.folder, known.missing_in_folder)


def test_whatever_happens_meanwhile_is_not_lost(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tick between: the sale is worked out anew on what is true then."""

    def ticks() -> None:
        selling.register.dispatch(Ticked(selling.device.clock.now() + timedelta(seconds=1), "fresh"))
        selling.register.dispatch(FolderTold(("A file was mended.",)))

    drawings = Drawings(paid(selling), monkeypatch, ticks)
    selling.says("SaleCompleted")

    assert (Screen.SAVED, "A file was mended.") == (selling.state.screen, selling.state.trouble)
    assert 1 == len(selling.entries())
    assert 2 == drawings.seen.count("checkout to saved drawn")


def test_nothing_is_drawn_or_done_before_it_happens() -> None:
    """It is only a thought."""
    watch = Watch()
    event = SearchTyped("rice")

    watch.loop.foresee(event)
    before = ("", [], []) == (watch.loop.state.browse.text, watch.patches, watch.effects)
    watch.loop.dispatch(event)

    assert before
    assert ("rice", 1, True) == (watch.loop.state.browse.text, len(watch.patches), bool(watch.effects))


def test_another_event_is_not_taken_for_what_was_foreseen() -> None:
    """Somebody is quicker than the disk: what they did counts, on what is true then."""
    watch = Watch()
    event = SearchTyped("rice")
    watch.loop.foresee(event)
    drawn = list[State]()

    def redraw(_: State | None, new: State) -> Drawing:
        drawn.append(new)
        return Drawing({})

    watch.loop._redraw = redraw
    watch.loop.dispatch(SearchTyped("wheat"))
    watch.loop.dispatch(event)

    assert ["wheat", "rice"] == [state.browse.text for state in drawn]


def test_a_bug_in_what_is_foreseen_is_told_when_it_happens() -> None:
    """Nobody is told of something that may never come."""
    watch = Watch()
    event = SearchTyped("cannot be drawn")

    watch.loop.foresee(event)
    before = list(watch.reports)
    watch.loop.dispatch(event)

    assert ([], 1, SORRY) == (before, len(watch.reports), watch.loop.state.trouble)


def test_the_event_that_was_foreseen_is_the_one_that_comes(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one that only looks the same would be worked out twice, and nobody would notice but the clock."""
    foreseen, came = list[object](), list[object]()
    loop = selling.register.loop

    def noted(notes: list[object], act: Callable[[Event], None]) -> Callable[[Event], None]:
        def acts(event: Event) -> None:
            notes.append(event)
            act(event)

        return acts

    monkeypatch.setattr(loop, "foresee", noted(foreseen, loop.foresee))
    monkeypatch.setattr(loop, "dispatch", noted(came, loop.dispatch))

    paid(selling).says("SaleCompleted")

    [recorded] = [event for event in came if isinstance(event, Recorded)]
    assert [True] == [event is recorded for event in foreseen]


def test_what_was_awaited_is_seen_before_what_else_it_asks_for() -> None:
    """The shelf for the next customer is looked up behind "Sale saved", not before it."""
    watch = Watch()
    event = SearchTyped("rice")
    shown = list[int]()
    watch.loop._run = lambda _: shown.append(len(watch.patches))
    watch.loop.foresee(event)

    watch.loop.dispatch(event)
    watch.loop.dispatch(SearchTyped("wheat"))

    assert [1, 1] == shown  # the second one is shown behind what it asks for: both are one drawing


def test_the_courier_hears_of_a_sale_when_it_can_be_seen(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """It wants the same cores as the page that draws "Sale saved"."""
    after = list[Callable[[], None]]()
    monkeypatch.setattr(selling.device.page, "painted", after.append)
    said = selling.device.channel.said
    paid(selling)
    said.clear()

    selling.says("SaleCompleted")
    before = list(said)
    for then in after:
        then()

    assert ("journal" in before, "journal" in said) == (False, True)
