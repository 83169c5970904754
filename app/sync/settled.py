"""What has a verdict, as the one who writes verdicts remembers it; and the stretches of the journal that have none.

The journal is asked for what lies in these stretches: they are few, however many entries are settled, and a place
where nothing lies is in one of them, so that what is put back there later is found.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Self

from pydantic import Field

from app.domain.money import Value
from app.sync.checkpoint import END, Spans, spans
from app.sync.said import NONE, turned_down

MOST = 64
"""So many stretches are asked for by themselves; behind that everything is, and what is settled left out."""
FEW = 100
"""So many that were turned down are noted one by one."""
JUDGED = "judged"
"""The record of `status` that sums up the verdicts; it is written with them, in one transaction."""


class Judged(Value):
    """What a start has to know of all verdicts together, however many they are."""

    epoch: str = ""
    """The record of the OMS's epoch, as it stood then: what is noted under another one counts for nothing."""
    open: Spans = Field(default=((1, END),))
    """Stretches of the journal without a verdict, in order."""
    booked_to: int = 0
    """The last place that the OMS has opened an entry of."""
    doubted: int = NONE
    """From here on what was written about customers is needed: somebody has to decide something, or has."""
    many: int = 0
    """How many verdicts there were."""
    down: Mapping[str, int] | None = None
    """The places of what was turned down, by digest; None where these are too many, or an older courier noted this."""

    def waits(self, seq: int) -> bool:
        """Whether a place has no verdict."""
        return _inside(self.open, seq)

    @property
    def exact(self) -> bool:
        """Whether a courier can go on from this without reading any verdict."""
        return self.down is not None and len(self.down) <= self.many and len(self.open) < MOST


class Settled:
    """Verdicts by digest: their places in the journal, and which of them turned an entry down."""

    def __init__(self, found: Iterable[tuple[str, int, str]] = (), doubted: int = NONE) -> None:
        self._places: dict[str, int] = {}
        self._down: set[str] = set()
        self._open: list[tuple[int, int]] = [(1, END)]
        self._booked_to, self._doubted = 0, doubted
        self._unread = 0
        for digest, seq, text in found:
            self._notes(digest, seq, text)
        self._looks_again()

    @classmethod
    def noted(cls, judged: Judged) -> Self:
        """Go on from an exact note: what was taken in stays unread, and is so many verdicts in settled places."""
        settled, down = cls(doubted=judged.doubted), dict(judged.down or {})
        settled._places, settled._down = down, set(down)
        settled._open, settled._booked_to = list(judged.open), judged.booked_to
        settled._unread = judged.many - len(down)
        return settled

    @property
    def unread(self) -> bool:
        """Whether there are verdicts whose digests are not known here."""
        return self._unread > 0

    @property
    def doubted(self) -> int:
        """From which place on one of them leaves something in doubt."""
        return self._doubted

    def can_keep(self, verdicts: Collection[tuple[str, int, str]]) -> bool:
        """Whether these can be noted without reading those that are unread: they are the first in their places."""
        new = {digest for digest, *_ in verdicts}
        unheard = len(new) == len(verdicts) and new.isdisjoint(self._places)
        return not self.unread or (unheard and all(self.waits(seq) for _, seq, _ in verdicts))

    def none_up_to(self, seq: int) -> bool:
        """Whether no place up to one has a verdict."""
        return any(first == 1 and last >= seq for first, last in self._open[:1])

    def keep(self, verdicts: Iterable[tuple[str, int, str]], doubted: int = NONE) -> None:
        """Note verdicts: digest, place and how they are written down; and from where on one of them is in doubt."""
        self._doubted = min(self._doubted, doubted)
        for digest, seq, text in verdicts:
            before = self._places.get(digest, seq), digest in self._places and digest not in self._down
            self._notes(digest, seq, text)
            if before[0] != seq or (before[1] and digest in self._down):
                self._looks_again()
            else:
                self._settles(seq)

    def forget(self, digests: Collection[str]) -> None:
        """Put verdicts aside; a place of which another one is known stays settled. Only when all have been read."""
        for digest in digests:
            self._places.pop(digest, None)
        self._down.difference_update(digests)
        self._looks_again()

    @property
    def down(self) -> Mapping[str, int]:
        """The places of what was turned down, by digest."""
        return {digest: self._places[digest] for digest in self._down}

    def up_to(self, seq: int) -> tuple[str, ...]:
        """The digests with a place up to one."""
        return tuple(digest for digest, place in self._places.items() if place <= seq)

    @property
    def stretches(self) -> Spans:
        """Where entries without a verdict lie, if any do, in order; a few."""
        if len(self._open) <= MOST:
            return tuple(self._open)
        return (*self._open[: MOST - 1], (self._open[MOST - 1][0], END))

    def waits(self, seq: int) -> bool:
        """Whether a place has no verdict."""
        return _inside(self._open, seq)

    def judged(self, epoch: str) -> Judged:
        """Sum up what is known, under an epoch."""
        return Judged(
            epoch=epoch,
            open=self.stretches,
            booked_to=self._booked_to,
            doubted=self._doubted,
            many=len(self._places) + self._unread,
            down=self.down if len(self._down) <= FEW else None,
        )

    def _notes(self, digest: str, seq: int, text: str) -> None:
        self._places[digest] = seq
        if turned_down(text):
            self._down.add(digest)
        else:
            self._down.discard(digest)
            self._booked_to = max(self._booked_to, seq)

    def _settles(self, seq: int) -> None:
        """Take a place out of its stretch."""
        if not self.waits(seq):
            return
        at = bisect_right(self._open, (seq, END)) - 1
        first, last = self._open[at]
        self._open[at : at + 1] = [(a, b) for a, b in ((first, seq - 1), (seq + 1, last)) if a <= b]

    def _looks_again(self) -> None:
        """Find the stretches from all places: it is rare that anything is put aside."""
        self._booked_to = max((seq for digest, seq in self._places.items() if digest not in self._down), default=0)
        settled = spans(set(self._places.values()))
        firsts, lasts = [1, *(last + 1 for _, last in settled)], [*(first - 1 for first, _ in settled), END]
        self._open = [(first, last) for first, last in zip(firsts, lasts, strict=True) if first <= last]


def _inside(stretches: Sequence[tuple[int, int]], seq: int) -> bool:
    """Whether a place lies in one of some stretches, which are in order."""
    at = bisect_right(stretches, (seq, END)) - 1
    return at >= 0 and seq <= stretches[at][1]
