"""Which beginning of the journal may be removed from a browser: what the OMS has had for long, up to a place where no
shift and no offline session is cut in two. The folder keeps everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.shift import Closed
from app.sync.bodies import Body, Shift
from app.sync.entry import Entry, Kind
from app.sync.journal import Head, advanced
from app.sync.protocol import Verdict, VerdictKind

KEPT = timedelta(days=90)
"""How long the OMS has had an entry before it goes."""
TAKEN_IN = frozenset({VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION})
"""Verdicts of what the OMS has; what it refused is kept for ever, and so is what comes after it."""


def taken_in(verdict: Verdict | None) -> bool:
    """Whether the OMS has the entry that it said this of."""
    return verdict is not None and verdict.kind in TAKEN_IN


@dataclass(frozen=True, slots=True)
class Old:
    """What may go: entries that the OMS took in before a moment of its own clock, and that nobody needs here."""

    before: datetime
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """By digest, on the entries that are looked at."""
    needed: frozenset[str] = frozenset()
    """Digests of what something on this register still waits for."""

    def has(self, entry: Entry) -> bool:
        """Whether an entry may go."""
        verdict = self.verdicts.get(entry.digest)
        if verdict is None or not taken_in(verdict) or entry.digest in self.needed:
            return False
        return verdict.at is not None and verdict.at <= self.before


@dataclass(frozen=True, slots=True)
class Beginning:
    """A beginning of the journal: the head after it, and what is open there."""

    head: Head
    reports: int = 0
    """The number of the last Z report in it."""
    shift: bool = False
    session: bool = False

    @property
    def whole(self) -> bool:
        """Whether the journal may be cut here: a shift is counted, and a session told, from all of its entries."""
        return not (self.shift or self.session)


def longer(beginning: Beginning, entry: Entry, body: Body | None) -> Beginning:
    """The beginning with one more entry, which follows it; a shift's entry that does not open counts as its start."""
    more = replace(beginning, head=advanced(beginning.head, entry))
    match entry.header.kind:
        case Kind.SESSION_OPENED | Kind.SESSION_CLOSED as kind:
            return replace(more, session=kind is Kind.SESSION_OPENED)
        case Kind.SHIFT:
            closed = body.happened if isinstance(body, Shift) and isinstance(body.happened, Closed) else None
            reports = max(more.reports, closed.number) if closed else more.reports
            return replace(more, shift=closed is None, reports=reports)
        case _:
            return more
