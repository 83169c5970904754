"""What the till reads of the courier's stores."""

from collections.abc import Collection, Mapping
from typing import Any

from app.browser.image_file import GONE, laid_down
from app.browser.journal import read_texts
from app.browser.store import Database, Work
from app.till.ports import StoredImage

CURRENT = "current"


class Shelf:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def image_and_changes(self, known: str) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        def work(work: Work) -> tuple[Any, Any]:
            return work.store("images").get(CURRENT), work.store("changes").getAll()

        image, changes = await self._database.run(["images", "changes"], work)
        stored = await stored_image(image.result, known)
        return stored, tuple(page.sealed.to_bytes() for page in changes.result)

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


async def stored_image(item: Any, known: str = "") -> StoredImage | None:
    """Read an image's record and its file, or None where there is none, or the one that is known."""
    if item is None or str(item.sha256) == known:
        return None
    sha256, cursor = str(item.sha256), int(item.cursor)
    checksum = getattr(item, "checksum", None)
    if checksum is None:  # kept packed
        return StoredImage(sha256, cursor, item.data.to_bytes())
    sums = getattr(item, "sums", None)  # there were none before each page was compared by itself
    file = GONE if sums is None else await laid_down(sha256, sums)
    return StoredImage(sha256, cursor, file=file, checksum=int(checksum), paged=True)
