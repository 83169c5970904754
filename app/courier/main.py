"""The courier's worker: wiring only."""

from app.browser.factory import courier_world
from app.courier.courier import run


async def main() -> None:
    """Start the courier and never come back."""
    world, words = await courier_world()
    await run(world, words)
