"""The courier's worker: wiring only."""

import asyncio

from app.browser.factory import courier_world
from app.courier.courier import run

_running: set[asyncio.Task[None]] = set()
"""A task that nobody holds may be collected in the middle of its work."""


async def main() -> None:
    """Start the courier; it works on after this returns."""
    world, words = await courier_world()
    _running.add(asyncio.ensure_future(run(world, words)))
