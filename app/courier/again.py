"""Sending entries once more that the OMS had turned down, because a person asked for it: their verdict is put aside."""

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
