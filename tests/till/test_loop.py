"""The loop: an event has one handler, a bug changes nothing, and what comes in between waits its turn."""

import inspect
from collections.abc import Callable, Mapping

import pytest

from app.till import effects, events
from app.till.drawing import Drawing
from app.till.events import Event, SearchTyped, TroubleSeen
from app.till.flow.step import Handlers, Step, changed
from app.till.library import Library
from app.till.loop import HANDLERS, SORRY, Loop, merged
from app.till.runner import Runner
from app.till.state import State
from tests.till.till import Till

EVENTS = {
    thing
    for thing in vars(events).values()
    if inspect.isclass(thing) and issubclass(thing, Event) and thing is not Event
}


class Watch:
    """A loop whose patches, effects and reports are kept."""

    def __init__(self) -> None:
        self.patches: list[Mapping[str, str]] = []
        self.after: list[Callable[[], None]] = []
        self.effects: list[object] = []
        self.reports: list[str] = []
        self.loop = Loop(
            State(), self._redraw, self.patches.append, self.after.append, self.effects.append, self.reports.append
        )

    def _redraw(self, old: State | None, new: State) -> Drawing:
        if new.browse.text == "cannot be drawn":
            raise RuntimeError("secret words")
        return Drawing({} if old is new else {"main": new.trouble})


def test_every_event_has_its_handler() -> None:
    """An event without a handler is a button that does nothing, and nobody knows why."""
    assert EVENTS == set(HANDLERS)


def test_an_event_with_two_handlers_is_an_error_at_the_start() -> None:
    """Two flows that answer one event would make the order of their tables a rule of the shop."""

    def twice(state: State, _: TroubleSeen) -> Step:
        return Step(state)

    table: Handlers = {TroubleSeen: twice}
    with pytest.raises(ValueError, match="TroubleSeen"):
        merged(table, table)


def said_by_itself(thing: type[object]) -> bool:
    """Whether a dataclass has no docstring but the signature that Python writes for it."""
    return (inspect.getdoc(thing) or "").startswith(f"{thing.__name__}(")


@pytest.mark.parametrize("event", sorted(EVENTS, key=str))
def test_every_event_is_documented(event: type[Event]) -> None:
    """Names alone are not enough for whoever reads a page's HTML and asks what a button sends."""
    assert not said_by_itself(event)


@pytest.mark.parametrize("effect", effects.Effect.__args__)
def test_every_effect_says_what_it_asks_for(effect: type[object]) -> None:
    """An effect is a promise between flows and runner; its docstring is where it is written."""
    assert not said_by_itself(effect)


@pytest.mark.parametrize("effect", effects.Effect.__args__)
def test_every_effect_is_done_by_the_runner(effect: type[object]) -> None:
    """An effect that nobody does leaves a cashier waiting for an answer that never comes."""
    code = inspect.getsource(Runner) + inspect.getsource(Library)  # which answers what the runner hands over to it
    cases = [line for line in code.splitlines() if line.strip().startswith("case ")]

    assert any(f" {effect.__name__}(" in line for line in cases)


def test_a_bug_changes_nothing_and_is_said() -> None:
    """After a bug the cashier goes on with what she had, and knows that something was wrong."""
    watch = Watch()

    watch.loop.dispatch(SearchTyped("cannot be drawn"))

    assert ("", SORRY) == (watch.loop.state.browse.text, watch.loop.state.trouble)
    assert [] == watch.effects


def test_a_report_tells_the_place_and_nobodys_data() -> None:
    """A report may be sent around; what was typed may be a PIN or a customer."""
    watch = Watch()

    watch.loop.dispatch(SearchTyped("cannot be drawn"))

    assert "RuntimeError" == watch.reports[0].splitlines()[-1]
    assert "cannot be drawn" not in watch.reports[0]
    assert "secret words" not in watch.reports[0]


def test_an_event_that_comes_meanwhile_waits_its_turn() -> None:
    """An answer that comes while its question is still being handled must find the state that asked."""
    watch = Watch()
    seen: list[str] = []

    def answer(effect: object) -> None:
        seen.append(watch.loop.state.browse.text)
        if len(seen) == 1:
            watch.loop.dispatch(SearchTyped("second"))

    watch.loop._run = answer
    watch.loop.dispatch(SearchTyped("first"))

    assert ["first", "second"] == seen


def test_nothing_is_drawn_when_nothing_changed() -> None:
    """Drawing costs milliseconds at each key; a region that did not change is left alone."""
    watch = Watch()

    watch.loop.dispatch(TroubleSeen())
    drawn = len(watch.patches)
    watch.loop._redraw = lambda old, new: Drawing({})
    watch.loop.dispatch(TroubleSeen())

    assert (1, 1) == (drawn, len(watch.patches))


def test_what_comes_of_one_key_is_sent_in_one_piece() -> None:
    """A question and its answer are one drawing: the page would lay out thirty tiles twice for each letter."""
    watch = Watch()
    drawings = iter(({"shelf": "old", "header": "1"}, {"main": "with a place for the shelf"}, {"shelf": "new"}))

    def answer(_: object) -> None:
        watch.loop.dispatch(TroubleSeen())
        watch.loop.dispatch(TroubleSeen())

    watch.loop._redraw, watch.loop._run = (lambda old, new: Drawing(next(drawings))), answer
    watch.loop.dispatch(SearchTyped("rice"))

    once = [("header", "1"), ("main", "with a place for the shelf"), ("shelf", "new")]
    assert [once] == [list(patch.items()) for patch in watch.patches]  # the newest last, or its place is not there yet


def test_the_rest_is_drawn_once_the_beginning_is_painted() -> None:
    """Who types waits for the first row of tiles: what is below it comes after, and only the newest of it."""
    watch = Watch()
    drawings = iter(
        (Drawing({"shelf": "first"}, {"shelf": lambda: "whole"}), Drawing({"shelf": "2nd"}, {"shelf": lambda: "all"}))
    )
    watch.loop._redraw = lambda old, new: next(drawings)

    watch.loop.dispatch(TroubleSeen())
    watch.loop.dispatch(TroubleSeen())
    before, [follow] = list(watch.patches), watch.after
    follow()

    assert [{"shelf": "first"}, {"shelf": "2nd"}] == before
    assert {"shelf": "all"} == watch.patches[-1]


def test_what_was_to_follow_does_not_cover_what_is_newer() -> None:
    """The whole shelf that a new price has drawn would be covered by the one before it."""
    watch = Watch()
    drawings = iter((Drawing({"shelf": "first"}, {"shelf": lambda: "old"}), Drawing({"shelf": "new"}, {"shelf": None})))
    watch.loop._redraw = lambda old, new: next(drawings)

    watch.loop.dispatch(TroubleSeen())
    watch.loop.dispatch(TroubleSeen())
    watch.after[0]()

    assert [{"shelf": "first"}, {"shelf": "new"}] == watch.patches


def test_a_rest_that_cannot_be_drawn_is_a_bug_like_any_other() -> None:
    """It is drawn behind every event, where nobody would hear of it."""
    watch = Watch()

    def broken() -> str:
        raise RuntimeError("secret words")

    drawings = iter((Drawing({"shelf": "first"}, {"shelf": broken}), Drawing({"trouble": "sorry"})))
    watch.loop._redraw = lambda old, new: next(drawings)
    watch.loop.dispatch(TroubleSeen())
    watch.after[0]()

    assert ("RuntimeError" in watch.reports[0], {"trouble": "sorry"}) == (True, watch.patches[-1])


def test_a_step_is_shown_even_where_its_effect_throws() -> None:
    """The state has gone on; a screen that has not would let somebody decide on what is no more."""
    watch = Watch()

    def broken(_: object) -> None:
        raise RuntimeError("no such table")

    watch.loop._run = broken
    with pytest.raises(RuntimeError):
        watch.loop.dispatch(SearchTyped("rice"))

    assert 1 == len(watch.patches)


def test_a_bug_in_an_effect_is_said_too() -> None:
    """A storage that throws in the background must not fail in silence."""
    till = Till()

    async def broken() -> tuple[bool, int | None, int | None]:
        raise RuntimeError("quota")

    till.device.page.storage = broken  # type: ignore[method-assign]
    till.starts_again()

    assert SORRY == till.state.trouble
    assert "RuntimeError" == till.device.disk.local["report"].splitlines()[-1]
    till.close()


def test_changed_asks_nothing_of_the_world() -> None:
    """Most steps are a change of one slice; the helper for them must not invent effects."""
    assert Step(State(trouble="x")) == changed(State(), trouble="x")
