"""The heart of the register: an event comes in; a state, effects and new HTML of the changed regions come out."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.sync.report import report_of
from app.till.drawing import Drawing
from app.till.effects import Effect
from app.till.events import Crashed, Event
from app.till.flow import (
    asking,
    bargaining,
    cards,
    checkout,
    choosing,
    clock,
    connection,
    correcting,
    coupons,
    customers,
    delivering,
    drafts,
    e_invoicing,
    editing,
    exporting,
    extras,
    filling,
    folder,
    formers,
    language,
    limits,
    linking,
    locking,
    looking_up,
    news,
    orders,
    parking,
    paying,
    preferring,
    printing,
    processing,
    pruning,
    recovering,
    refreshing,
    returning,
    room,
    saving,
    selling,
    shift,
    signing_in,
    starting,
    syncing,
    training,
    upkeep,
    voiding,
)
from app.till.flow.step import Handlers, Step, replace
from app.till.state import State

SORRY = (
    "Something went wrong inside the register; nothing was changed by the last step. "
    "What was saved is safe. Try it again; if it happens twice, reload the page and tell the back office."
)
Redraw = Callable[[State | None, State], Drawing]


def merged(*tables: Handlers) -> Handlers:
    """Join the tables of all flows; an event has exactly one handler."""
    handlers: Handlers = {}
    for table in tables:
        if twice := handlers.keys() & table.keys():
            raise ValueError(f"handled twice: {sorted(event.__name__ for event in twice)}")
        handlers |= table
    return handlers


HANDLERS = merged(
    asking.HANDLERS,
    bargaining.HANDLERS,
    starting.HANDLERS,
    signing_in.HANDLERS,
    shift.HANDLERS,
    selling.HANDLERS,
    choosing.HANDLERS,
    filling.HANDLERS,
    folder.HANDLERS,
    checkout.HANDLERS,
    coupons.HANDLERS,
    extras.HANDLERS,
    customers.HANDLERS,
    news.HANDLERS,
    paying.HANDLERS,
    limits.HANDLERS,
    cards.HANDLERS,
    processing.HANDLERS,
    pruning.HANDLERS,
    clock.HANDLERS,
    saving.HANDLERS,
    orders.HANDLERS,
    printing.HANDLERS,
    preferring.HANDLERS,
    parking.HANDLERS,
    correcting.HANDLERS,
    exporting.HANDLERS,
    connection.HANDLERS,
    syncing.HANDLERS,
    drafts.HANDLERS,
    language.HANDLERS,
    locking.HANDLERS,
    delivering.HANDLERS,
    linking.HANDLERS,
    looking_up.HANDLERS,
    editing.HANDLERS,
    upkeep.HANDLERS,
    recovering.HANDLERS,
    formers.HANDLERS,
    refreshing.HANDLERS,
    training.HANDLERS,
    returning.HANDLERS,
    room.HANDLERS,
    voiding.HANDLERS,
)
asking.ANSWERS |= coupons.ANSWERS | e_invoicing.ANSWERS | delivering.ANSWERS | linking.ANSWERS
asking.ANSWERS |= cards.ANSWERS | processing.ANSWERS
asking.ANSWERS |= looking_up.ANSWERS | editing.ANSWERS | customers.ANSWERS | returning.ANSWERS


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an event means in the state as it is, worked out beforehand: when it comes next, it means the same."""

    event: Event
    step: Step
    drawing: Drawing


class Loop:
    """Holds the state; events that come while one is handled wait their turn."""

    def __init__(
        self,
        state: State,
        redraw: Redraw,
        patch: Callable[[Mapping[str, str]], None],
        painted: Callable[[Callable[[], None]], None],
        run: Callable[[Effect], None],
        report: Callable[[str], None],
    ) -> None:
        self.state = state
        self._redraw = redraw
        self._patch = patch
        self._painted = painted
        self._run = run
        self._report = report
        self._waiting: deque[Event] = deque()
        self._busy = False
        self._drawn: dict[str, str] = {}
        """What the page has not been told yet."""
        self._later: dict[str, Callable[[], str]] = {}
        self._follows = False
        """Whether the rest is drawn by itself, once what was drawn before it is painted."""
        self._foreseen: Foreseen | None = None

    def start(self) -> None:
        """Draw everything once."""
        self._draws(self._redraw(None, self.state))
        self._tell()

    def dispatch(self, event: Event) -> None:
        self._waiting.append(event)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self._handle(self._waiting.popleft())
        finally:
            self._busy = False
            self._tell()

    def foresee(self, event: Event) -> None:
        """Work out what an event will mean, while the disk writes: nothing is shown or done before it happens.

        If anything else happens before it, it is worked out anew.
        """
        try:
            self._foreseen = Foreseen(event, *self._worked_out(event))
        except Exception:  # noqa: BLE001 -- a bug is told when the event has happened
            self._foreseen = None

    def _tell(self) -> None:
        """Send what was drawn for all that was waiting in one piece: what a newer drawing covers nobody would see."""
        drawn, self._drawn = self._drawn, {}
        if drawn:
            self._patch(drawn)
        if self._later and not self._follows:
            self._follows = True
            self._painted(self._follow)

    def _follow(self) -> None:
        """Draw the rest of what is still there."""
        later, self._later, self._follows = self._later, {}, False
        try:
            rest = {name: draw() for name, draw in later.items()}
        except Exception as bug:  # noqa: BLE001 -- whatever a bug is, the register goes on as it was
            self.crashed(bug)
            return
        if rest:
            self._patch(rest)

    def crashed(self, bug: BaseException) -> None:
        """The one place for bugs: a report without anybody's data, a sentence, and the state as it was."""
        self._report(report_of(bug))
        self.dispatch(Crashed(SORRY))

    def _draws(self, drawing: Drawing) -> None:
        """Take in what is drawn for one event."""
        for name, html in drawing.now.items():
            self._drawn.pop(name, None)  # the newest comes last: a part is put into its region after that
            self._drawn[name] = html
        for name, draw in drawing.later.items():
            self._later.pop(name, None)
            if draw is not None:
                self._later[name] = draw

    def _handle(self, event: Event) -> None:
        foreseen, self._foreseen = self._foreseen, None
        awaited = foreseen if foreseen and foreseen.event is event else None
        try:
            step, drawing = (awaited.step, awaited.drawing) if awaited else self._worked_out(event)
        except Exception as bug:  # noqa: BLE001 -- whatever a bug is, the register goes on as it was
            if not isinstance(event, Crashed):
                self.crashed(bug)
            return
        self.state = step.state
        self._draws(drawing)
        if awaited:  # somebody waits for it, and not for what else it asks for
            self._tell()
        for effect in step.effects:
            self._run(effect)

    def _worked_out(self, event: Event) -> tuple[Step, Drawing]:
        step = stepped(stamped(self.state, event), event)
        return step, self._redraw(self.state, step.state)


def stepped(state: State, event: Event) -> Step:
    """Do what an event means, unless the screen is locked, or it would be real in training."""
    if not locking.heard(state, event):
        return Step(state)
    if not training.heard(state, event):
        return training.not_heard(state)
    return HANDLERS[type(event)](locking.touched(state, event), event)


def stamped(state: State, event: Event) -> State:
    """The state at the time of an event."""
    at = getattr(event, "at", None)
    return state if at is None else replace(state, now=at)
