"""The till's worker: wiring only."""

import asyncio

from app.browser.factory import TillWorld, till_world
from app.browser.store import StoreFailed
from app.till.register import Register
from app.till.state import Screen
from app.till.ui.regions import drawing
from app.till.ui.regions import main as main_region
from app.till.ui.starting import no_room

AGAIN_SECONDS = 5


async def main() -> None:
    """Start the till; that this returns tells the page that the worker is up."""
    world = till_world()
    world.page.mark("imported")
    owner = await _taken_over(world)
    world.pulse.start(_begun(world, owner).live() if owner else _when_there_is_room(world))


async def _when_there_is_room(world: TillWorld) -> None:
    """A disk that is full does not even take the note of who sells here: that is said, and tried until it does."""
    world.page.listen(lambda _: None)
    world.page.patch({"main": str(main_region(screen=Screen.STARTING, view=no_room))})
    while not (owner := await _taken_over(world)):
        await asyncio.sleep(AGAIN_SECONDS)
    await _begun(world, owner).live()


async def _taken_over(world: TillWorld) -> int:
    """The number of this start; 0 where there is no room for it."""
    try:
        return await world.ports.journal.take_over()
    except StoreFailed as failed:
        if failed.full:
            return 0
        raise


def _begun(world: TillWorld, owner: int) -> Register:
    register = Register(world.ports, drawing, owner)
    world.page.mark("register taken")
    world.channel.listen(register.heard)
    world.page.listen(register.receive)
    return register
