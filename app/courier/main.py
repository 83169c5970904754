"""The courier's worker: wiring only."""

from app.browser.factory import courier_world
from app.courier.courier import run


async def main() -> None:
    """Start the courier; that this returns tells the page that the worker is up."""
    world, words, pulse = courier_world()
    pulse.start(run(world, words))
