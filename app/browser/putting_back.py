"""Entries that come back into the journal: what lies in their places is compared first, in the same transaction."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from app.browser.store import Work, record


class PuttingBack:
    """Items for the journal, each with the bytes that lie in its place, and texts for `local`: all or nothing."""

    def __init__(self, items: Sequence[tuple[Any, bytes | None]], texts: Mapping[str, str]) -> None:
        self._items = items
        self._texts = texts
        self._same = 0
        self.refused = False

    def begin(self, work: Work) -> None:
        """Ask for what lies in every place."""
        for item, damaged in self._items:
            work.then(work.store("journal").get(item.seq), partial(self._compare, work, damaged))

    def _compare(self, work: Work, damaged: bytes | None, there: Any) -> None:
        if self.refused:
            return
        if (there.line.to_bytes() if there else None) != damaged:
            self.refused = True
            work.cancel()
            return
        self._same += 1
        if self._same == len(self._items):
            self._put(work)

    def _put(self, work: Work) -> None:
        for item, _ in self._items:
            work.store("journal").put(item)
        for name, value in self._texts.items():
            work.store("local").put(record(name=name, value=value))
