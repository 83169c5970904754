"""What the courier writes, and its look at the till's stores; all of it can be fetched again, so it is not strict."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from json import dumps
from typing import Any

from js import IDBKeyRange
from pyodide.ffi import to_js

from app.browser.image_file import keep_alone, put_away
from app.browser.journal import NO_ROOM, read_texts
from app.browser.shelf import CURRENT, stored_image
from app.browser.store import Database, StoreFailed, Work, record
from app.courier.ports import Kept
from app.sync.protocol import IMAGE_FORMAT
from app.sync.records import read_record
from app.sync.report import REPORT
from app.sync.said import NONE, Opening, doubted
from app.sync.settled import JUDGED, Judged, Settled
from app.sync.status import EPOCH, RESET
from app.till.ports import NoRoom, StoredImage

Told = tuple[str, int, str]
"""A verdict: digest, place, and how it is written down."""


class Stores:
    def __init__(self, database: Database, keys: Opening) -> None:
        self._database = database
        self._keys = keys
        self._settled: Settled | None = None
        """What has a verdict; read once: nobody else writes verdicts."""
        self._put: dict[str, Told] = {}
        self._gone: set[str] = set()
        """Verdicts that are to be written and to be removed; they stay so where there was no room for it."""
        self._epoch = ""

    async def status(self) -> Mapping[str, str]:
        return await read_texts(self._database, "status")

    async def keep_status(self, name: str, value: str) -> Kept | NoRoom:
        item = record(name=name, value=value)
        # Who this register is can't be fetched twice, so this one store is strict.
        kept = await self._write(["status"], lambda work: work.store("status").put(item), strict=True)
        if name == EPOCH and isinstance(kept, Kept):
            known, self._epoch = await self._known(), value
            await self._settle(known)
        return kept

    async def exchange_status(self, name: str, before: str, after: str) -> bool:
        done = False

        def work(work: Work) -> None:
            records = work.store("status")

            def compare(item: Any) -> None:
                nonlocal done
                done = (str(item.value) if item else "") == before
                if done:
                    records.put(record(name=name, value=after))

            work.then(records.get(name), compare)

        outcome = await self._write(["status"], work, strict=True)
        return done and isinstance(outcome, Kept)

    async def local(self) -> Mapping[str, str]:
        return await read_texts(self._database, "local")

    async def image(self) -> StoredImage | None:
        return await stored_image(await self._database.get("images", CURRENT))

    async def pieces(self, sha256: str) -> bytes:
        joined = bytearray()
        for item in await self._database.all("pieces"):
            if str(item.sha256) == sha256 and int(item.offset) == len(joined):
                joined += item.data.to_bytes()
        return bytes(joined)

    async def keep_piece(self, sha256: str, offset: int, data: bytes) -> Kept | NoRoom:
        item = record(sha256=sha256, offset=offset, data=data)

        def work(work: Work) -> None:
            pieces = work.store("pieces")
            pieces.delete(IDBKeyRange.upperBound(to_js([sha256]), True))
            pieces.delete(IDBKeyRange.lowerBound(to_js([sha256, []]), True))  # an array sorts after every number
            pieces.put(item)

        return await self._write(["pieces"], work)

    async def drop_pieces(self) -> None:
        await self._database.run(["pieces"], lambda work: work.store("pieces").clear(), write=True)

    async def swap_image(self, image: StoredImage, made_at: datetime, pages: Sequence[bytes]) -> Kept | NoRoom:
        try:
            sums = await put_away(image) if image.file else None
        except StoreFailed:
            return NoRoom(NO_ROOM)
        about = {"sha256": image.sha256, "cursor": image.cursor, "format": IMAGE_FORMAT, "made_at": made_at.isoformat()}
        unpacked = {"data": b"", "checksum": image.checksum, "sums": sums}
        lies = {"data": image.data} if sums is None else unpacked
        item = record(name=CURRENT, **about, **lies)

        def work(work: Work) -> None:
            work.store("images").put(item)
            work.store("changes").clear()
            for number, page in enumerate(pages, start=1):
                work.store("changes").put(record(last=number, sealed=page))
            work.store("pieces").clear()

        kept = await self._write(["images", "changes", "pieces"], work)
        if isinstance(kept, Kept):
            await keep_alone(image.sha256)
        return kept

    async def changes(self) -> tuple[bytes, ...]:
        return tuple(page.sealed.to_bytes() for page in await self._database.all("changes"))

    async def add_changes(self, sealed: bytes | None, synced: str) -> Kept | NoRoom:
        def work(work: Work) -> None:
            pages = work.store("changes")

            def add(newest: Any) -> None:
                last = int(newest.key) if newest else 0
                pages.put(record(last=last + 1, sealed=sealed))

            work.store("status").put(record(name="synced", value=synced))
            if sealed is not None:
                work.then(pages.openKeyCursor(None, "prev"), add)

        return await self._write(["changes", "status"], work)

    async def waiting(self) -> tuple[int, ...]:
        settled = await self._known()

        def work(work: Work) -> list[Any]:
            ranges = [IDBKeyRange.bound(float(first), float(last)) for first, last in settled.stretches]  # not int
            return [work.store("journal").getAllKeys(places) for places in ranges]

        found = await self._database.run(["journal"], work)
        return tuple(seq for request in found for seq in request.result.to_py() if settled.waits(seq))

    async def journal_lines(self, seqs: Sequence[int]) -> Mapping[int, bytes]:
        def work(work: Work) -> list[Any]:
            return [work.store("journal").get(seq) for seq in seqs]

        found = zip(seqs, await self._database.run(["journal"], work), strict=True)
        return {seq: request.result.line.to_bytes() for seq, request in found if request.result}

    async def turned_down(self) -> Mapping[str, int]:
        return (await self._known()).down

    async def keep_verdicts(self, verdicts: Sequence[Told], doubted: int = NONE) -> None:
        known = await self._known()
        known.keep(verdicts, doubted)
        self._put |= {each[0]: each for each in verdicts}
        self._gone -= self._put.keys()
        await self._settle(known)

    async def forget_verdicts(self, digests: Collection[str]) -> None:
        known = await self._known()
        known.forget(digests)
        self._gone.update(digests)
        self._put = {digest: each for digest, each in self._put.items() if digest not in self._gone}
        await self._settle(known)

    async def _known(self) -> Settled:
        """Read what has a verdict, once, and what of it was noted by a run before; what was not is noted now."""
        if self._settled is None:
            there = [(str(item.digest), int(item.seq), str(item.json)) for item in await self._database.all("verdicts")]
            status = await self.status()
            self._epoch, noted = status.get(EPOCH, ""), read_record(Judged, status.get(JUDGED))
            goes_on = noted is not None and noted.epoch == self._epoch
            doubt = noted.doubted if noted and goes_on else await doubted(self._keys, (text for *_, text in there))
            self._settled = Settled(there, doubt)
            if noted != self._settled.judged(self._epoch):
                await self._settle(self._settled)
        return self._settled

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
            written = await self._write(["verdicts", "status"], work)
        except StoreFailed:
            self._settled, self._put, self._gone = None, {}, set()  # what is there now is read again
            raise
        if isinstance(written, Kept):
            self._put, self._gone = {}, set()

    async def drop_verdicts(self, through: int) -> None:
        if old := (await self._known()).up_to(through):
            await self.forget_verdicts(old)

    async def recovery_lines(self, reading: str, start: int, count: int) -> tuple[bytes, ...]:
        wanted = IDBKeyRange.bound(to_js([reading, start]), to_js([reading, start + count - 1]))
        found = await self._database.run(["recovery"], lambda work: work.store("recovery").getAll(wanted))
        return tuple(item.line.to_bytes() for item in found.result)

    async def new_epoch(self, epoch: str) -> None:
        text, settled = dumps({"epoch": epoch}), Settled()

        def work(work: Work) -> None:
            work.store("verdicts").clear()
            work.store("changes").clear()
            work.store("status").put(record(name=EPOCH, value=text))
            work.store("status").put(record(name=JUDGED, value=settled.judged(text).model_dump_json()))

        await self._database.run(["verdicts", "changes", "status"], work, write=True, strict=True)
        self._settled, self._epoch, self._put, self._gone = settled, text, {}, set()

    async def clear(self, reset_id: str) -> None:
        def work(work: Work) -> None:
            for name in ("images", "pieces", "changes"):
                work.store(name).clear()
            for name in ("synced", "progress", REPORT):
                work.store("status").delete(name)
            work.store("status").put(record(name=RESET, value=reset_id))

        await self._database.run(["images", "pieces", "changes", "status"], work, write=True, strict=True)
        await keep_alone("")

    async def questions(self) -> Mapping[str, bytes]:
        def work(work: Work) -> tuple[Any, Any]:
            return work.store("questions").getAll(), work.store("answers").getAllKeys()

        asked, answered = await self._database.run(["questions", "answers"], work)
        done = set(answered.result.to_py())
        return {str(item.id): item.sealed.to_bytes() for item in asked.result if str(item.id) not in done}

    async def keep_answer(self, question_id: str, sealed: bytes) -> None:
        item = record(id=question_id, sealed=sealed)

        def work(work: Work) -> None:
            answers = work.store("answers")

            def drop(gone: set[str]) -> None:
                for key in gone:
                    answers.delete(key)

            def drop_old(open_questions: Any) -> None:
                still = {*open_questions.to_py(), question_id}
                work.then(answers.getAllKeys(), lambda keys: drop(set(keys.to_py()) - still))

            answers.put(item)
            work.then(work.store("questions").getAllKeys(), drop_old)

        await self._write(["questions", "answers"], work)

    async def _write(
        self, stores: Sequence[str], work: Callable[[Work], None], *, strict: bool = False
    ) -> Kept | NoRoom:
        try:
            await self._database.run(stores, work, write=True, strict=strict)
        except StoreFailed as failed:
            if failed.full:
                return NoRoom(NO_ROOM)
            raise
        return Kept()
