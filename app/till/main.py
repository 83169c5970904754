"""The till's worker: wiring only."""

from app.browser.factory import till_world
from app.till.register import Register
from app.till.ui.regions import redraw


async def main() -> None:
    """Start the till; that this returns tells the page that the worker is up."""
    world = till_world()
    register = Register(world.ports, redraw, await world.ports.journal.take_over())
    world.channel.listen(register.heard)
    world.page.listen(register.receive)
    world.pulse.start(register.live())
