"""Merging stored pages of changes, so that a year of sales lies here as the newest of each thing and not as a year."""

from collections.abc import Iterable, Sequence

from app.catalogue.changes import compacted
from app.courier.memory import Memory, World
from app.courier.ports import Kept
from app.sync.blob import CHANGES, pack
from app.sync.blob import unpack as cut
from app.sync.entry import Unreadable
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import Change

MOST_PAGES = 50
"""A start opens each of them, and a sale in the store adds one: with more, the small ones are merged."""


async def sealed(world: World, changes: tuple[Change, ...]) -> bytes:
    return pack(*await world.keys.seal(CHANGES, CHANGE_LIST.dump_json(changes)))


async def repaged(world: World, memory: Memory, image_cursor: int) -> tuple[bytes, ...]:
    """Merge all pages of changes into one of what the new image does not hold."""
    left = compacted(await _opened(world, memory, await world.stores.changes()), image_cursor)
    return (await sealed(world, left),) if left else ()


async def merge_many(world: World, memory: Memory) -> None:
    """Where there are many pages, put one in place of the small ones; nothing is lost if there is no room for it."""
    if memory.pages <= MOST_PAGES:
        return
    pages = await world.stores.changes()
    memory.pages = len(pages)
    first = _small_from(pages)
    if memory.pages <= MOST_PAGES:
        return
    # Nothing is left out for the image's sake: after a restore it may be one of a life before.
    merged = await sealed(world, compacted(await _opened(world, memory, pages[first:]), 0))
    kept = await world.stores.merge_changes(first, len(pages) - first, merged, memory.synced.model_dump_json())
    if isinstance(kept, Kept):
        memory.pages = first + 1


def _small_from(pages: Sequence[bytes]) -> int:
    """Return the place of the oldest page that those after it outweigh.

    A large page before it, such as one of all customers, is not sealed and opened anew for a few sales.
    """
    first, weight = len(pages), 0
    for place in reversed(range(len(pages))):
        first = place if len(pages[place]) <= weight else first
        weight += len(pages[place])
    return first


async def _opened(world: World, memory: Memory, blobs: Iterable[bytes]) -> list[tuple[Change, ...]]:
    pages: list[tuple[Change, ...]] = []
    for blob in blobs:
        parts = cut(blob, CHANGES)
        body = parts if isinstance(parts, Unreadable) else await world.keys.unseal(parts)
        if isinstance(body, Unreadable):
            # A page that does not open was lost: read everything from the beginning again.
            memory.synced = memory.synced.model_copy(update={"cursor": 0, "complete": False})
        else:
            pages.append(CHANGE_LIST.validate_json(body))
    return pages
