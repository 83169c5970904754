"""Noting what was done, for the page Status; and following a wish that the local data be cleared."""

from app.courier.memory import Memory, World
from app.courier.oms import Failure, NotOurs, Refused, Unreachable
from app.sync.history import Did, Happened, Outcome, noted
from app.sync.status import Link, Synced

NEVER = -1e9


def note(
    world: World,
    memory: Memory,
    did: Did,
    outcome: Outcome = Outcome.DONE,
    *,
    count: int = 0,
    status: int = 0,
    link: Link | None = None,
) -> None:
    """Remember what was done; `keep_history` writes it down after the errand."""
    at = world.clock.now()
    happened = Happened(did=did, since=at, at=at, outcome=outcome, status=status, link=link, count=count)
    memory.history = noted(memory.history, happened)


def note_failure(world: World, memory: Memory, did: Did, failure: Failure) -> None:
    """Remember what went wrong by our own words for it: what a server says may hold anything."""
    match failure:
        case Refused(status=status):
            note(world, memory, did, Outcome.REFUSED, status=status)
        case NotOurs():
            note(world, memory, did, Outcome.STRANGER)
        case Unreachable(status=status):
            note(world, memory, did, Outcome.TROUBLE if status else Outcome.SILENT, status=status)


async def keep_history(world: World, memory: Memory) -> None:
    """Write the history down, where it has grown."""
    if memory.history is memory.history_kept:
        return
    memory.history_kept = memory.history
    await world.stores.keep_status("history", memory.history.model_dump_json())
    world.channel.tell("status")


async def clear(world: World, memory: Memory, wanted: str) -> None:
    """Forget everything that the OMS can give again, once for each wish of the till (T6).

    Pictures go first: a crash before the end leaves the wish unfollowed, and it is followed at the next start.
    What the register is, its keys, and every verdict stay: those belong to the journal, which is the till's.
    """
    if not wanted or wanted == memory.cleared:
        return
    await world.pictures.clear()
    await world.stores.clear(wanted)
    memory.cleared, memory.synced, memory.manifest, memory.manifest_at = wanted, Synced(), None, NEVER
    memory.image_sha256, memory.image_cursor, memory.bad_image, memory.arrived = "", 0, "", 0
    memory.catching_up = memory.unread_cursor = memory.pull_failures = 0
    memory.pull_at, memory.wanted_pictures, memory.why = 0.0, (), ""
    memory.picture_failures, memory.pictures_at = 0, 0.0
    note(world, memory, Did.CLEARED)
    await keep_history(world, memory)
    world.channel.tell("status")
