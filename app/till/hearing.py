"""What the OMS has said to the entries that are open here: read with the journal, after that only what is still open.

A verdict on an entry that is booked stands as long as the OMS lives in one epoch, unless somebody asked for the entry
to be sent again; so nobody reads it twice, and nothing here goes over all verdicts after the journal was read.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.sync.balances import BOOKED
from app.sync.protocol import Verdict
from app.sync.records import read_record
from app.sync.said import doubted, opened, place
from app.sync.settled import JUDGED, Judged, Settled
from app.sync.status import EPOCH
from app.till.events import VerdictsSeen
from app.till.ports import Ports

FEW = 500
"""So many verdicts are asked for one by one; of more it is first looked which of them are there."""


@dataclass(frozen=True, slots=True)
class Said:
    """Verdicts by digest, and of which life of the OMS they are."""

    epoch: str | None = None
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def booked_to(self) -> int:
        """The last place that the OMS has opened an entry of."""
        return max((each.seq for each in self.verdicts.values() if each.kind in BOOKED), default=0)


class Hearing:
    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._held = Said()
        self._booked_to = 0
        self._life, self._heard = object(), 0
        self._open: set[str] = set()
        """What is not booked, as far as is known here: a verdict on it may come, change or go."""
        self._turn = asyncio.Lock()
        """One that looked earlier must not have the last word."""

    @property
    def seen(self) -> VerdictsSeen:
        """What is known at this moment."""
        held = self._held
        now = self._ports.clock.now()
        return VerdictsSeen(now, held.verdicts, held.epoch or "", self._booked_to, self._life, self._heard)

    async def judged(self) -> Judged:
        """What has a verdict, as the courier has noted it, with all that was turned down; the epoch is read with it."""
        status = await self._ports.shelf.status()
        epoch, noted = status.get(EPOCH, ""), read_record(Judged, status.get(JUDGED))
        usable = noted is not None and noted.epoch == epoch and noted.down is not None
        return noted if noted is not None and usable else await self._summed(epoch)

    async def _summed(self, epoch: str) -> Judged:
        """Look at all verdicts instead: not noted, too many turned down to note, or the OMS has been restored since."""
        texts = await self._ports.shelf.verdicts()
        settled = Settled(((*place(text), text) for text in texts), await doubted(self._ports.vault, texts))
        return settled.judged(epoch).model_copy(update={"down": settled.down})

    async def of(self, digests: Collection[str]) -> Mapping[str, Verdict]:
        """The verdicts on some entries, whether or not they are held here."""
        return await self._read(digests)

    def expects(self, digests: Collection[str]) -> None:
        """Verdicts on these will be asked for; an entry is named before it is written, for its verdict comes soon."""
        held = self._held.verdicts
        self._open.update(each for each in digests if each not in held or held[each].kind not in BOOKED)

    def not_written(self, digests: Collection[str]) -> None:
        """These entries did not come into the journal."""
        self._open.difference_update(digests)

    def goes_on(self, judged: Judged, digests: Collection[str]) -> None:
        """Begin with what the journal was read by; what was said to the entries that were opened is asked for."""
        if self._held.epoch is None:
            self._held = Said(judged.epoch)
        if judged.epoch == self._held.epoch:
            self._booked_to = max(self._booked_to, judged.booked_to)
        self.expects(digests)

    async def joins(self, digests: Collection[str]) -> None:
        """Hold what was said to entries that are opened after the others."""
        self.expects(digests)
        async with self._turn:
            self._takes(await self._epoch(), digests, await self._read(digests))

    async def look(self, again: Collection[str] = ()) -> None:
        """Ask for what is open, and for what somebody wanted to be sent again; under another epoch for everything."""
        async with self._turn:
            epoch = await self._epoch()
            anew = epoch != self._held.epoch
            wanted = self._open.union(again, self._held.verdicts if anew else ())
            there = wanted & await self._ports.shelf.judged() if len(wanted) > FEW else wanted
            self._takes(epoch, wanted, await self._read(there))

    def _takes(self, epoch: str, wanted: Collection[str], read: Mapping[str, Verdict]) -> None:
        """Hold what was read of what was asked for; the rest of it has no verdict any more."""
        if epoch != self._held.epoch:
            self._open.update(self._held.verdicts)
            self._holds(Said(epoch), lost=True)
            self._booked_to = 0
        before = self._held.verdicts
        gone = {digest for digest in wanted if digest in before and digest not in read}
        new = {digest: verdict for digest, verdict in read.items() if before.get(digest) != verdict}
        if gone or new:
            left = {digest: verdict for digest, verdict in before.items() if digest not in gone} if gone else before
            lost = any(digest in before and before[digest].kind in BOOKED for digest in gone | new.keys())
            self._holds(Said(epoch, {**left, **new}), lost=lost)
        self._booked_to = max(self._booked_to, Said(epoch, read).booked_to)
        self._open.update(gone, read)
        self._open.difference_update(digest for digest, verdict in read.items() if verdict.kind in BOOKED)

    def _holds(self, said: Said, *, lost: bool = False) -> None:
        """Hold these from now on; where anything booked was lost, what was found out by it counts no more."""
        self._held, self._heard = said, self._heard + 1
        self._life = object() if lost else self._life

    async def _epoch(self) -> str:
        return (await self._ports.shelf.status()).get(EPOCH, "")

    async def _read(self, digests: Collection[str]) -> Mapping[str, Verdict]:
        texts = await self._ports.shelf.verdicts(digests)
        read = [await opened(self._ports.vault, text) for text in texts]
        return {verdict.digest: verdict for verdict in read}
