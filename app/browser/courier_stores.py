"""What the courier writes, and its look at the till's stores; all of it can be fetched again, so it is not strict."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from json import dumps
from typing import Any

from js import IDBKeyRange
from pyodide.ffi import to_js

from app.browser.image_file import keep_alone, put_away
from app.browser.journal import NO_ROOM, read_texts
from app.browser.shelf import CURRENT, stored_image
from app.browser.store import Database, StoreFailed, Work, record
from app.browser.verdicts import Told, Verdicts
from app.browser.writing import write
from app.courier.ports import Kept
from app.sync.protocol import IMAGE_FORMAT
from app.sync.report import REPORT
from app.sync.said import NONE, Opening
from app.sync.status import EPOCH, RESET
from app.till.ports import NoRoom, StoredImage


class Stores:
    def __init__(self, database: Database, keys: Opening) -> None:
        self._database = database
        self._verdicts = Verdicts(database, keys)

    async def status(self) -> Mapping[str, str]:
        return await read_texts(self._database, "status")

    async def keep_status(self, name: str, value: str) -> Kept | NoRoom:
        item = record(name=name, value=value)
        # Who this register is can't be fetched twice, so this one store is strict.
        kept = await write(self._database, ["status"], lambda work: work.store("status").put(item), strict=True)
        if name == EPOCH and isinstance(kept, Kept):
            await self._verdicts.lives(value)
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

        outcome = await write(self._database, ["status"], work, strict=True)
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

        return await write(self._database, ["pieces"], work)

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

        kept = await write(self._database, ["images", "changes", "pieces"], work)
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

        return await write(self._database, ["changes", "status"], work)

    async def merge_changes(self, first: int, many: int, sealed: bytes, synced: str) -> Kept | NoRoom:
        def work(work: Work) -> None:
            pages = work.store("changes")

            def merge(keys: Any) -> None:
                merged = keys.to_py()[first : first + many]
                for key in merged:
                    pages.delete(key)
                if merged:  # another tab that swaps the image has merged them itself
                    pages.put(record(last=merged[-1], sealed=sealed))

            work.store("status").put(record(name="synced", value=synced))
            work.then(pages.getAllKeys(), merge)

        return await write(self._database, ["changes", "status"], work)

    async def waiting(self) -> tuple[int, ...]:
        settled = await self._verdicts.known()

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
        return (await self._verdicts.known()).down

    async def keep_verdicts(self, verdicts: Sequence[Told], doubted: int = NONE) -> None:
        await self._verdicts.keep(verdicts, doubted)

    async def forget_verdicts(self, digests: Collection[str]) -> None:
        await self._verdicts.forget(digests)

    async def drop_verdicts(self, through: int) -> None:
        await self._verdicts.drop(through)

    async def recovery_lines(self, reading: str, start: int, count: int) -> tuple[bytes, ...]:
        wanted = IDBKeyRange.bound(to_js([reading, start]), to_js([reading, start + count - 1]))
        found = await self._database.run(["recovery"], lambda work: work.store("recovery").getAll(wanted))
        return tuple(item.line.to_bytes() for item in found.result)

    async def new_epoch(self, epoch: str) -> None:
        await self._verdicts.begin_anew(dumps({"epoch": epoch}))

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

        await write(self._database, ["questions", "answers"], work)
