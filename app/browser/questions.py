"""What the till asks the OMS through the courier, in the store that only the till writes."""

from collections.abc import Mapping

from app.browser.journal import put
from app.browser.store import Database, record
from app.till.ports import Appended, NoRoom


class QuestionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, question_id: str, sealed: bytes) -> Appended | NoRoom:
        return await put(self._database, "questions", record(id=question_id, sealed=sealed))

    async def answers(self) -> Mapping[str, bytes]:
        return {str(item.id): item.sealed.to_bytes() for item in await self._database.all("answers")}

    async def drop(self, question_id: str) -> None:
        await self._database.run(["questions"], lambda work: work.store("questions").delete(question_id), write=True)

    async def clear(self) -> None:
        await self._database.run(["questions"], lambda work: work.store("questions").clear(), write=True)
