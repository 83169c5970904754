"""Dropping the verdicts of entries that the till has let go of: the anchor says which those are."""

from app.courier.memory import Memory, World
from app.sync.checkpoint import Anchor, read_mark
from app.sync.journal import Head


async def drop_old(world: World, memory: Memory, text: str) -> None:
    """Follow the till's anchor, which only moves on; without one that is whole nothing goes."""
    who = memory.registered
    anchor = read_mark(Anchor, text, Head.start(who.store, who.register, who.key_id)) if who and text else None
    if anchor is None or anchor.seq <= memory.dropped:
        return
    await world.stores.drop_verdicts(anchor.seq)
    memory.dropped = anchor.seq
    world.channel.tell("verdicts")
