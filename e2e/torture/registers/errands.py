"""The courier's side of a register: the real courier, one turn at a time, which may die at any of them."""

import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

from app.courier.courier import hear, look, remember, rest_seconds, step
from app.courier.errands import Errand
from app.courier.memory import Memory, World
from e2e.torture.registers.profile import Profile
from e2e.torture.registers.turns import paced, turn
from e2e.torture.registers.wire import Wire

MOST_REST = 2.0
"""Seconds of a rest that pass at once; a word may come meanwhile."""


@dataclass
class Courier:
    """One worker that syncs a profile; a second one is that of another tab."""

    profile: Profile
    wire: Wire
    rest: float = 0.0
    """Real seconds of each rest."""
    rested: bool = False
    """Whether nothing was left to be done when it looked last."""

    def __post_init__(self) -> None:
        self._life: Coroutine[Any, Any, None] | None = None

    def has_a_turn(self) -> None:
        """Go on to the next look at a store; a dead one starts again."""
        if self._life is None:
            self._life = self._lives(self._world())
        self._life.send(None)

    def dies(self) -> None:
        """Be killed where it stands: what is in the stores is all that is left."""
        if self._life is not None:
            self._life.close()
        self._life, self.rested = None, False

    def _world(self) -> World:
        world = self.profile.world(self.wire, self.wire.line.address)
        return replace(world, stores=paced(world.stores))

    async def _lives(self, world: World) -> None:
        """What `courier.run` does, with turns in place of waiting."""
        memory = await remember(world)
        heard = len(self.profile.device.channel.said)
        while True:
            errand = await step(world, memory)
            self.rested = errand is Errand.REST and not memory.waiting and up_to_date(memory)
            if errand is Errand.REST:
                self.profile.timer.at += min(MOST_REST, rest_seconds(world, memory)) or 0.1
                time.sleep(self.rest)
                await look(world, memory)
            said = self.profile.device.channel.said
            for word in said[heard:]:
                await hear(world, memory, word)
            heard = len(said)
            await turn()


def up_to_date(memory: Memory) -> bool:
    """Whether everything that the OMS offers is here."""
    offered = memory.manifest.image.sha256 if memory.manifest else ""
    return memory.synced.complete and offered == memory.image_sha256 and memory.synced.cursor >= memory.revision
