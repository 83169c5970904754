"""The till's wish that a lost register's journal is brought: taken up once, begun anew where the OMS has forgotten."""

from app.courier.memory import Memory, World
from app.sync.records import read_record
from app.sync.recovering import RECOVERY, Recovery, Wish, begun


async def wished(world: World, memory: Memory, text: str) -> None:
    """Take up what the till wishes: a new wish begins at its first line, the same one goes on."""
    wish = read_record(Wish, text)
    if wish is not None and (memory.recovery is None or memory.recovery.id != wish.id):
        await keep(world, memory, begun(wish))
        memory.recover_at, memory.recover_failures = 0.0, 0
    memory.wish = wish


async def begin_again(world: World, memory: Memory) -> None:
    """The OMS was restored from a backup: what was brought since is offered once more, while it is here."""
    if memory.wish is not None:
        await keep(world, memory, begun(memory.wish))
        memory.recover_at = 0.0


async def keep(world: World, memory: Memory, recovery: Recovery) -> None:
    """Write down how far it is, for the till and for the next start."""
    await world.stores.keep_status(RECOVERY, recovery.model_dump_json())
    memory.recovery = recovery
    world.channel.tell("status")
