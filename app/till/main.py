"""The till's worker: wiring only."""

from app.browser.factory import till_world
from app.till.ports import Ports
from app.till.register import Register
from app.till.ui.regions import redraw


async def main() -> None:
    """Start the till; that this returns tells the page that the worker is up."""
    world = till_world()
    ports = Ports(
        journal=world.journal,
        drafts=world.drafts,
        local=world.local,
        shelf=world.shelf,
        folder=world.folder,
        vault=world.vault,
        page=world.page,
        clock=world.clock,
        ids=world.ids,
        channel=world.channel,
    )
    register = Register(ports, redraw, await world.journal.take_over())
    world.channel.listen(register.heard)
    world.page.listen(register.receive)
    world.pulse.start(register.live())
