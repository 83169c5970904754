"""A write that says whether there was room for it."""

from collections.abc import Callable, Sequence

from app.browser.journal import NO_ROOM
from app.browser.store import Database, StoreFailed, Work
from app.courier.ports import Kept
from app.till.ports import NoRoom


async def write(
    database: Database, stores: Sequence[str], work: Callable[[Work], None], *, strict: bool = False
) -> Kept | NoRoom:
    """Write in one transaction; other failures than a full disk are raised."""
    try:
        await database.run(stores, work, write=True, strict=strict)
    except StoreFailed as failed:
        if failed.full:
            return NoRoom(NO_ROOM)
        raise
    return Kept()
