"""How long a key waits for the next frame while a whole catalogue and thousands of changes come in, beside idle."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from playwright.sync_api import CDPSession, sync_playwright
from sqlalchemy import select, update

from bench.peers import bundle
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample
from bench.till import store_with, till_of
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till
from server.oms.images import COUNTS, CURRENT, STALE_AFTER
from server.oms.oms import Oms, open_oms
from server.oms.revisions import take
from server.oms.tables import Record, Stock
from server.oms.times import now
from server.settings import read_settings

IDLE = "idle"
CHANGES = COUNTS * STALE_AFTER
"""So many counts of stock come as changes; one more, and the OMS would make another image."""
BEAT = 0.15
"""Seconds between two keys of quick hands."""
AFTER = 20
"""Keys after the last of it has come: the till is at work with it."""
TYPED = ("a", "l", "o", "Backspace", "Backspace", "Backspace")
PATIENCE_S = 300


def run(plan: Plan) -> Sequence[Row]:
    """Type while nothing happens, then while everything comes in, round after round."""
    many = plan.size(100_000, 5_000)
    plan.says(f"a store with {many:,} products")
    with store_with(plan, "latency", many) as store, sync_playwright() as playwright:
        line = Line(store)
        with till_of(store, playwright.chromium, line.address) as till:
            till.page.evaluate(bundle("latency", plan.room("latency-page")).read_text())
            hands = Hands(till, till.context.new_cdp_session(till.page))
            till.page.locator("#search").focus()
            for turn in range(plan.size(5, 1)):
                plan.says(f"round {turn + 1}")
                hands.types(IDLE, iter(range(plan.size(100, 20))))
                hands.types("ours", hands.until(1 + hands.brought()[0], comes_in(store, line)))
        line.closes()
    return hands.rows(many)


def comes_in(store: Store, line: Line) -> int:
    """While the line is cut prices change until there is a new image, then stock; then the line is there again.

    Return the revision of the last change.
    """
    line.is_cut()
    oms = open_oms(read_settings(store.data, store.dist))
    try:
        before = (oms.settings.images / CURRENT).read_text()
        changes(oms, Record, STALE_AFTER + 1)
        waits_for(lambda: (oms.settings.images / CURRENT).read_text() != before)
        last = changes(oms, Stock, CHANGES)
    finally:
        oms.close()
    line.works()
    return last


def changes(oms: Oms, table: type[Record] | type[Stock], many: int) -> int:
    """Give rows a new revision, as an import or a count of the shelf does; return the last."""
    with oms.database.write() as session:
        key = Record.id if table is Record else Stock.variant_id
        where = (Record.dataset == "products",) if table is Record else ()
        ids = session.scalars(select(key).where(*where).limit(many)).all()
        first = take(session, "revision", len(ids))
        for at, each in enumerate(ids, start=first):
            session.execute(update(table).where(key == each, *where).values(revision=at, at=now()))
    return first + len(ids) - 1


def waits_for(there: Callable[[], bool]) -> None:
    """Look again until it is there."""
    deadline = time.monotonic() + PATIENCE_S
    while not there():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.2)


@dataclass
class Hands:
    """Somebody who types into the search all the time."""

    till: Till
    keyboard: CDPSession
    waits: dict[str, list[float]] = field(default_factory=dict)
    tasks: dict[str, list[float]] = field(default_factory=dict)

    def types(self, when: str, beats: Iterator[int]) -> None:
        """Type a key at each beat, and note how long each waited."""
        due = time.monotonic()
        for _, key in zip(beats, cycle(TYPED), strict=False):
            text = {"text": key} if len(key) == 1 else {"windowsVirtualKeyCode": 8}
            self.keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, **text})
            self.keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})
            due = max(due + BEAT, time.monotonic())
            time.sleep(max(0.0, due - time.monotonic()))
        taken = self.till.page.evaluate("bench.taken()")
        self.waits.setdefault(when, []).extend(taken["waits"])
        self.tasks.setdefault(when, []).extend(taken["tasks"])

    def until(self, images: int, cursor: int) -> Iterator[int]:
        """Beats until image and changes were brought and the till has had time to take them in."""
        deadline = time.monotonic() + PATIENCE_S
        while (told := self.brought()) < (images, cursor) or told[1] < cursor:
            assert time.monotonic() < deadline, f"only {told} of {images, cursor} came"
            yield from range(5)
        yield from range(AFTER)

    def brought(self) -> tuple[int, int]:
        """How many images the courier has put in place, and up to which change it has read."""
        images, cursor = self.till.page.evaluate("bench.brought()")
        return images, cursor

    def rows(self, many: int) -> list[Row]:
        """Hold what was noted against the goals."""
        busy, idle = Sample.of(self.waits["ours"]), Sample.of(self.waits[IDLE])
        longest = Sample.of(self.tasks["ours"] or [0])
        what = f"while an image of {many:,} products and {CHANGES:,} changes come in"
        quiet = max(self.tasks[IDLE], default=0)
        why = f"{len(self.tasks['ours'])} were longer than 50 ms; idle {len(self.tasks[IDLE])}, up to {quiet:.0f} ms"
        most, longest_goal = Goal(1.3, IDLE, figure="p98"), Goal(plus=50, figure="max")
        return [
            Row(f"key → next frame, {what}", busy, {IDLE: idle}, goals=(most,), figure="p98"),
            Row(f"longest task of the page, {what}", longest, goals=(longest_goal,), figure="max", why=why),
        ]
