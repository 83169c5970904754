"""What the till reads of the courier's stores."""

from collections.abc import Collection, Mapping
from typing import Any

from app.browser.journal import read_texts
from app.browser.store import Database, Work
from app.till.ports import StoredImage

CURRENT = "current"


class Shelf:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def image_and_changes(self) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        def work(work: Work) -> tuple[Any, Any]:
            return work.store("images").get(CURRENT), work.store("changes").getAll()

        image, changes = await self._database.run(["images", "changes"], work)
        return stored_image(image.result), tuple(page.sealed.to_bytes() for page in changes.result)

    async def judged(self) -> frozenset[str]:
        keys = await self._database.run(["verdicts"], lambda work: work.store("verdicts").getAllKeys())
        return frozenset(keys.result.to_py())

    async def verdicts(self, digests: Collection[str] | None = None) -> tuple[str, ...]:
        if digests is None:
            return tuple(str(item.json) for item in await self._database.all("verdicts"))

        def work(work: Work) -> list[Any]:
            return [work.store("verdicts").get(digest) for digest in digests]

        found = await self._database.run(["verdicts"], work)
        return tuple(str(request.result.json) for request in found if request.result)

    async def status(self) -> Mapping[str, str]:
        return await read_texts(self._database, "status")


def stored_image(item: Any) -> StoredImage | None:
    """Read an image's record, or None where there is none."""
    if item is None:
        return None
    return StoredImage(sha256=str(item.sha256), cursor=int(item.cursor), data=item.data.to_bytes())
