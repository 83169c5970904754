"""The verdicts in the database, and what is remembered of them: nobody else writes any."""

from collections.abc import Collection, Sequence

from app.browser.journal import read_texts
from app.browser.store import Database, StoreFailed, Work, record
from app.browser.writing import write
from app.courier.ports import Kept
from app.sync.records import read_record
from app.sync.said import NONE, Opening, doubted
from app.sync.settled import JUDGED, Judged, Settled
from app.sync.status import EPOCH

Told = tuple[str, int, str]
"""A verdict: digest, place, and how it is written down."""


class Verdicts:
    """The courier does one thing after the other, so nothing comes between a look at them and what is done then."""

    def __init__(self, database: Database, keys: Opening) -> None:
        self._database = database
        self._keys = keys
        self._settled: Settled | None = None
        self._put: dict[str, Told] = {}
        self._gone: set[str] = set()
        """Verdicts that are to be written and to be removed; they stay so where there was no room for it."""
        self._epoch = ""

    async def known(self) -> Settled:
        """What has a verdict: as it was noted last, or, where that does not hold or does not do, from all of them."""
        if self._settled is None:
            noted = await self._noted()
            if noted is None or not noted.exact or noted.many != await self._count():
                return await self._read_all()
            self._settled = Settled.noted(noted)
        return self._settled

    async def keep(self, verdicts: Sequence[Told], doubt: int) -> None:
        """Keep verdicts, and from which place on one of them leaves something in doubt."""
        known = await self.known()
        if not known.can_keep(verdicts):
            known = await self._read_all()
        known.keep(verdicts, doubt)
        self._put |= {each[0]: each for each in verdicts}
        self._gone -= self._put.keys()
        await self._settle(known)

    async def forget(self, digests: Collection[str]) -> None:
        """Put verdicts aside."""
        known = await self._read_all()
        known.forget(digests)
        self._gone.update(digests)
        self._put = {digest: each for digest, each in self._put.items() if digest not in self._gone}
        await self._settle(known)

    async def drop(self, through: int) -> None:
        """Forget those up to a place."""
        if not (await self.known()).none_up_to(through):
            await self.forget((await self._read_all()).up_to(through))

    async def lives(self, epoch: str) -> None:
        """Note under another epoch what is known."""
        known, self._epoch = await self.known(), epoch
        await self._settle(known)

    async def begin_anew(self, epoch: str) -> None:
        """Forget all that was said, the changes, and what is remembered; only together with the new epoch."""
        settled = Settled()

        def work(work: Work) -> None:
            work.store("verdicts").clear()
            work.store("changes").clear()
            work.store("status").put(record(name=EPOCH, value=epoch))
            work.store("status").put(record(name=JUDGED, value=settled.judged(epoch).model_dump_json()))

        await self._database.run(["verdicts", "changes", "status"], work, write=True, strict=True)
        self._settled, self._epoch, self._put, self._gone = settled, epoch, {}, set()

    async def _noted(self) -> Judged | None:
        status = await read_texts(self._database, "status")
        self._epoch, noted = status.get(EPOCH, ""), read_record(Judged, status.get(JUDGED))
        return noted if noted is not None and noted.epoch == self._epoch else None

    async def _count(self) -> int:
        return int((await self._database.run(["verdicts"], lambda work: work.store("verdicts").count())).result)

    async def _read_all(self) -> Settled:
        """Read all of them, with what is still to be written and removed; what was not noted of it is noted now."""
        known = self._settled
        if known is not None and not known.unread:
            return known
        there = [(str(item.digest), int(item.seq), str(item.json)) for item in await self._database.all("verdicts")]
        noted = await self._noted()
        doubt = noted.doubted if noted else await doubted(self._keys, (text for *_, text in there))
        settled = Settled(there, doubt)
        settled.forget(self._gone)
        settled.keep(self._put.values(), known.doubted if known else NONE)
        self._settled = settled
        if noted != settled.judged(self._epoch):
            await self._settle(settled)
        return settled

    async def _settle(self, known: Settled) -> None:
        """Write and remove what is not yet, and sum up; all of it, or nothing until the next time."""
        summed = record(name=JUDGED, value=known.judged(self._epoch).model_dump_json())

        def work(work: Work) -> None:
            for digest, seq, text in self._put.values():
                work.store("verdicts").put(record(digest=digest, seq=seq, json=text))
            for digest in self._gone:
                work.store("verdicts").delete(digest)
            work.store("status").put(summed)

        try:
            written = await write(self._database, ["verdicts", "status"], work)
        except StoreFailed:
            self._settled, self._put, self._gone = None, {}, set()  # what is there now is read again
            raise
        if isinstance(written, Kept):
            self._put, self._gone = {}, set()
