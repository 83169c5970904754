"""What the till writes: journal, drafts and local settings. Every write of a sale checks who holds the register."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

from js import IDBKeyRange

from app.browser.putting_back import PuttingBack
from app.browser.store import Database, StoreFailed, Work, record
from app.sync.checkpoint import ANCHOR, CHECKPOINT
from app.sync.entry import Entry
from app.sync.report import REPORT
from app.sync.status import EPOCH, RESET
from app.till.ports import Appended, Fenced, Meanwhile, Mended, NoRoom, Taken, nothing

OWNER = "owner"
"""The record of `local` that says which start of the till holds the register."""
NO_ROOM = "The disk of this device is full. Nothing was written. Free some space, then try again."


class JournalStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, *stretches: tuple[int, int]) -> tuple[bytes, ...]:
        def work(work: Work) -> list[Any]:
            store = work.store("journal")
            ranges = [IDBKeyRange.bound(float(first), float(last)) for first, last in stretches]  # not int
            return [store.getAll(places) for places in ranges] if stretches else [store.getAll()]

        requests = await self._database.run(["journal"], work)
        return tuple(item.line.to_bytes() for request in requests for item in request.result)

    async def append(
        self,
        entries: tuple[Entry, ...],
        owner: int,
        draft_id: str | None,
        checkpoint: str = "",
        meanwhile: Meanwhile = nothing,
    ) -> Appended | Fenced | NoRoom | Taken:
        items, loop = [_item(entry) for entry in entries], asyncio.get_running_loop()

        def write(work: Work) -> None:
            for item in items:
                work.store("journal").add(item)
            if draft_id is not None:
                work.store("drafts").delete(draft_id)
            if checkpoint:
                work.store("local").put(record(name=CHECKPOINT, value=checkpoint))
            work.transaction.commit()  # at once: else the disk waits until what is done meanwhile is done
            loop.call_soon(meanwhile)

        try:
            return await _as_owner(self._database, ["journal", "drafts"], owner, write)
        except StoreFailed as failed:
            if failed.taken:
                return Taken(f"entry {entries[0].header.seq} is in the journal already ({failed.why})")
            raise

    async def places(self, after: int = 0) -> tuple[int, ...]:
        behind = IDBKeyRange.lowerBound(float(after), True)
        request = await self._database.run(["journal"], lambda work: work.store("journal").getAllKeys(behind))
        return tuple(request.result.to_py())

    async def put_back(
        self, mended: tuple[Mended, ...], owner: int, evidence: Mapping[str, str]
    ) -> Appended | Fenced | NoRoom | Taken:
        putting = PuttingBack([(_item(each.entry), each.damaged) for each in mended], evidence)
        try:
            outcome = await _as_owner(self._database, ["journal"], owner, putting.begin)
        except StoreFailed as failed:
            if failed.taken:
                return Taken(f"an id or a number of these entries is in the journal already ({failed.why})")
            raise
        return Taken("something else lies there by now") if putting.refused else outcome

    async def prune(self, through: int, anchor: str, epoch: str, owner: int) -> bool:
        removed = False

        def write(work: Work) -> None:
            def remove(item: Any) -> None:
                nonlocal removed
                removed = (str(item.value) if item else "") == epoch
                if not removed:
                    work.cancel()
                    return
                work.store("journal").delete(IDBKeyRange.upperBound(float(through)))
                work.store("local").put(record(name=ANCHOR, value=anchor))

            work.then(work.store("status").get(EPOCH), remove)

        outcome = await _as_owner(self._database, ["journal", "status"], owner, write)
        return removed and isinstance(outcome, Appended)

    async def take_over(self) -> int:
        raised = 0

        def work(work: Work) -> None:
            local = work.store("local")

            def raise_owner(item: Any) -> None:
                nonlocal raised
                raised = _owner(item) + 1
                local.put(record(name=OWNER, value=str(raised)))

            work.then(local.get(OWNER), raise_owner)

        await self._database.run(["local"], work, write=True, strict=True)
        return raised


def _item(entry: Entry) -> Any:
    """An entry as the store keeps it."""
    header = entry.header
    fields = {"seq": header.seq, "id": header.id, "kind": str(header.kind), "at": header.at.isoformat()}
    if header.number is not None:
        fields["number"] = header.number
    return record(**fields, line=entry.line)


async def put(database: Database, store: str, item: Any) -> Appended | NoRoom:
    """Put one record; other failures than a full disk are raised."""
    try:
        await database.put(store, item)
    except StoreFailed as failed:
        if failed.full:
            return NoRoom(NO_ROOM)
        raise
    return Appended()


class DraftStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, draft_id: str, sealed: bytes, owner: int) -> Appended | Fenced | NoRoom:
        item = record(id=draft_id, sealed=sealed)
        return await _as_owner(self._database, ["drafts"], owner, lambda work: work.store("drafts").put(item))

    async def read(self) -> tuple[tuple[str, bytes], ...]:
        return tuple((str(item.id), item.sealed.to_bytes()) for item in await self._database.all("drafts"))

    async def drop(self, draft_id: str, owner: int) -> None:
        await _as_owner(self._database, ["drafts"], owner, lambda work: work.store("drafts").delete(draft_id))


class LocalStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> Mapping[str, str]:
        return await read_texts(self._database, "local")

    async def keep(self, name: str, value: str) -> Appended | NoRoom:
        return await put(self._database, "local", record(name=name, value=value))

    async def reset(self, reset_id: str, drafts: Collection[str], owner: int) -> Appended | Fenced | NoRoom:
        item = record(name=RESET, value=reset_id)

        def write(work: Work) -> None:
            for draft_id in drafts:
                work.store("drafts").delete(draft_id)
            work.store("local").delete(REPORT)
            work.store("local").put(item)

        return await _as_owner(self._database, ["drafts"], owner, write)

    async def begin_anew(self, texts: Mapping[str, str], owner: int) -> Appended | Fenced | NoRoom:
        held = await _as_owner(self._database, [], owner, lambda _: None)
        if not isinstance(held, Appended):
            return held
        local = [record(name=name, value=value) for name, value in texts.items()]
        try:
            await self._database.make_next({"local": local, "handles": await self._database.all("handles")})
        except StoreFailed as failed:
            if failed.full:
                return NoRoom(NO_ROOM)
            raise
        return Appended()


async def read_texts(database: Database, store: str) -> Mapping[str, str]:
    """Read a store of {name, value}; the owner number is nobody's setting."""
    texts = {str(item.name): str(item.value) for item in await database.all(store)}
    texts.pop(OWNER, None)
    return texts


def _owner(item: Any) -> int:
    return int(item.value) if item else 0


async def _as_owner(database: Database, stores: list[str], owner: int, write: Any) -> Appended | Fenced | NoRoom:
    """Write in one strict transaction, in which the owner number is compared first."""
    fenced: Fenced | None = None

    def work(work: Work) -> None:
        def compare(item: Any) -> None:
            nonlocal fenced
            fenced = Fenced(cleared=item is None) if _owner(item) != owner else None
            if fenced:
                work.cancel()
            else:
                write(work)

        work.then(work.store("local").get(OWNER), compare)

    try:
        await database.run([*stores, "local"], work, write=True, strict=True)
    except StoreFailed as failed:
        if failed.full:
            return NoRoom(NO_ROOM)
        raise
    return fenced or Appended()
