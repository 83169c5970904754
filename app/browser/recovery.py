"""The lines of a lost register's journal, in the store that only the till writes."""

from collections.abc import Sequence

from js import IDBKeyRange
from pyodide.ffi import to_js

from app.browser.journal import NO_ROOM
from app.browser.store import Database, StoreFailed, Work, record
from app.till.ports import Appended, NoRoom


class RecoveryStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, reading: str) -> None:
        def work(work: Work) -> None:
            lines = work.store("recovery")
            lines.delete(IDBKeyRange.upperBound(to_js([reading]), True))
            lines.delete(IDBKeyRange.lowerBound(to_js([reading, []]), True))  # an array sorts after every number

        await self._database.run(["recovery"], work, write=True)

    async def add(self, reading: str, first: int, lines: Sequence[bytes]) -> Appended | NoRoom:
        def work(work: Work) -> None:
            for at, line in enumerate(lines, start=first):
                work.store("recovery").put(record(reading=reading, at=at, line=line))

        try:
            await self._database.run(["recovery"], work, write=True)
        except StoreFailed as failed:
            if failed.full:
                return NoRoom(NO_ROOM)
            raise
        return Appended()
