"""What the till asks the OMS through the courier, in the store that only the till writes."""

from collections.abc import Mapping

from app.browser.journal import NO_ROOM
from app.browser.store import Database, StoreFailed, record
from app.till.ports import Appended, NoRoom


class QuestionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, question_id: str, sealed: bytes) -> Appended | NoRoom:
        try:
            await self._database.put("questions", record(id=question_id, sealed=sealed))
        except StoreFailed as failed:
            if failed.full:
                return NoRoom(NO_ROOM)
            raise
        return Appended()

    async def answers(self) -> Mapping[str, bytes]:
        return {str(item.id): item.sealed.to_bytes() for item in await self._database.all("answers")}

    async def drop(self, question_id: str) -> None:
        await self._database.run(["questions"], lambda work: work.store("questions").delete(question_id), write=True)

    async def clear(self) -> None:
        await self._database.run(["questions"], lambda work: work.store("questions").clear(), write=True)
