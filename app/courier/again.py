"""Sending entries once more that were turned down: because a person asked for it, or because they were mended."""

from hashlib import sha256

from app.courier.memory import Memory, World
from app.sync.again import new_askings, read_again


async def offer_again(world: World, memory: Memory, text: str) -> None:
    """Forget verdicts where that was asked for since; noted afterwards, so that a crash repeats it harmlessly."""
    wanted = read_again(text)
    digests = new_askings(wanted, memory.again)
    if not digests:
        return
    await world.stores.forget_verdicts(digests)
    await world.stores.keep_status("again", text)
    memory.again, memory.push_at = wanted, 0.0
    world.channel.tell("verdicts")


async def offer_mended(world: World) -> None:
    """Forget what was said about damaged bytes, once the whole entry lies in their place: it waits like any other."""
    down = await world.stores.turned_down()
    lines = await world.stores.journal_lines(sorted(set(down.values()))) if down else {}
    mended = [digest for digest, seq in down.items() if seq in lines and sha256(lines[seq]).hexdigest() != digest]
    if mended:
        await world.stores.forget_verdicts(mended)
        world.channel.tell("verdicts")
