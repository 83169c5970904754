"""The cache of product pictures that the service worker answers from."""

from typing import Any

import js
from pyodide.ffi import JsException, to_js

from app.browser.journal import NO_ROOM
from app.browser.store import record
from app.courier.ports import Kept
from app.till.ports import NoRoom

CACHE = "pictures"
FOLDER, SUFFIX = "/pictures/", ".webp"


class Pictures:
    async def kept(self) -> frozenset[str]:
        cache = await _cache()
        kept = (str(request.url) for request in await cache.keys())
        return frozenset(url.rpartition(FOLDER)[2].removesuffix(SUFFIX) for url in kept)

    async def keep(self, sha256: str, data: bytes) -> Kept | NoRoom:
        response = js.Response.new(to_js(data), record(headers=record(**{"Content-Type": "image/webp"})))
        try:
            cache = await _cache()
            await cache.put(f"{js.location.origin}{FOLDER}{sha256}{SUFFIX}", response)
        except JsException as error:
            if error.name == "QuotaExceededError":
                return NoRoom(NO_ROOM)
            raise
        return Kept()

    async def clear(self) -> None:
        await js.caches.delete(CACHE)


async def _cache() -> Any:
    return await js.caches.open(CACHE)
