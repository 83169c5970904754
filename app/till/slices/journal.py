"""The journal as the screens need it: entries that were opened, and what the OMS said to them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from app.domain.order import Order
from app.sync.bodies import Body
from app.sync.checkpoint import Anchor
from app.sync.entry import Header
from app.sync.journal import Head
from app.sync.protocol import Verdict


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is in the journal, opened; `body` is None where this version does not know the kind."""

    header: Header
    digest: str
    body: Body | None
    in_folder: bool = False


def reaches(kept: Sequence[Kept], first: int, last: int) -> bool:
    """Whether all of a stretch of the journal is among entries, which are in order; sums over less are wrong."""
    begins, ends = (bisect_left(kept, place, key=lambda each: each.header.seq) for place in (first, last + 1))
    return ends - begins == last + 1 - first


def unbroken(kept: Sequence[Kept]) -> tuple[tuple[Kept, ...], ...]:
    """Entries, which are in order, in runs without a gap between them: within a run nothing is missing."""
    runs = groupby(enumerate(kept), lambda counted: counted[1].header.seq - counted[0])
    return tuple(tuple(each for _, each in run) for _, run in runs)


@dataclass(frozen=True, slots=True)
class Journal:
    head: Head | None = None
    kept: tuple[Kept, ...] = ()
    """The entries this screen needs, oldest first."""
    whole: bool = True
    """Whether those that the start left for later are among them; until then it means nothing that one is not here."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """By digest."""
    opened_to: int = 0
    """The last place that the OMS has opened an entry of, by the verdicts: it must be here."""
    epoch: str = ""
    """Of which life of the OMS they are."""
    life: object = None
    heard: int = 0
    """As `VerdictsSeen` says: what was looked at need not be looked at again."""
    sending: frozenset[str] = frozenset()
    """Digests that the courier is sending now."""

    anchor: Anchor | None = None
    """Up to where the entries are kept elsewhere."""
    pruned_at: datetime | None = None
    """When it was last looked whether some may go."""

    @property
    def reaches_back(self) -> bool:
        """Whether every entry that there ever was is open here."""
        return self.head is None or self.head.seq <= len(self.kept)

    def with_(self, new: Kept) -> tuple[Kept, ...]:
        """The entries and one more; one that is told late stands where it belongs, and none stands twice."""
        if not self.kept or new.header.seq > self.kept[-1].header.seq:
            return (*self.kept, new)
        others = (kept for kept in self.kept if kept.digest != new.digest)
        return tuple(sorted((*others, new), key=lambda each: each.header.seq))

    def joined(self, older: tuple[Kept, ...]) -> tuple[Kept, ...]:
        """The entries, and others that were opened later; what was removed since is not among them."""
        bottom, there = self.anchor.seq if self.anchor else 0, {kept.header.seq for kept in self.kept}
        new = (each for each in older if each.header.seq > bottom and each.header.seq not in there)
        return tuple(sorted((*new, *self.kept), key=lambda each: each.header.seq))

    def order(self, order_id: str) -> Order | None:
        """Return the order of a sale in the journal."""
        for kept in reversed(self.kept):
            order = getattr(kept.body, "order", None)
            if order is not None and order.id == order_id:
                return order  # type: ignore[no-any-return]
        return None
