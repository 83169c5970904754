"""Goes round the journal beside the work: opens and checks what the start has not, and lets old entries go.

A sale goes first.
"""

import asyncio
from collections.abc import Callable, Iterable

from app.till.effects import CheckJournal, PruneJournal, ReadOlder
from app.till.events import Event, OlderRead, ShiftRead
from app.till.ports import Channel
from app.till.recorder import Recorder
from app.till.state import Kept
from app.till.turn import a_sale_goes_first

BREATH = 0.02
"""Seconds between two pieces of the older entries, which take a third of that: people sign in meanwhile."""


class Watchman:
    """`turn` is held by whoever writes the journal; `tell` takes what happened."""

    def __init__(
        self, recorder: Recorder, channel: Channel, turn: asyncio.Lock, tell: Callable[[Iterable[Event]], None]
    ) -> None:
        self._recorder = recorder
        self._channel = channel
        self._turn = turn
        self._tell = tell
        self._round = asyncio.Lock()
        """What is being checked must not be removed in the middle of it."""

    async def goes(self, effect: ReadOlder | CheckJournal | PruneJournal) -> None:
        """Go one round, after the one before; a report, for which somebody waits, is none."""
        if isinstance(effect, ReadOlder) and effect.shift_id:
            await self._open_shift(effect)
            return
        async with self._round:
            match effect:
                case ReadOlder():
                    await self._open()
                case CheckJournal():
                    await self._check()
                case PruneJournal():
                    await self._prune(effect)

    async def _open(self) -> None:
        if self._recorder.later is None:
            return
        found: list[Kept] = []
        try:
            async for some in self._recorder.older():
                found += some
                await asyncio.sleep(BREATH)
                await a_sale_goes_first(self._turn)
        finally:  # whatever went wrong, nobody waits for the rest any more
            self._tell((OlderRead(tuple(found)),))

    async def _open_shift(self, effect: ReadOlder) -> None:
        found: list[Kept] = []
        try:
            async for some in self._recorder.stretch(effect.places):
                found += some
                await a_sale_goes_first(self._turn)
        finally:  # whatever went wrong, the screen says that it was not read
            self._tell((ShiftRead(effect.shift_id, effect.places, tuple(found)),))

    async def _check(self) -> None:
        async for broken in self._recorder.check():
            if broken is not None:
                self._tell((broken,))
            await a_sale_goes_first(self._turn)

    async def _prune(self, effect: PruneJournal) -> None:
        found = None
        async for found in self._recorder.old(effect.old):  # noqa: B007 -- the last one is how far they may go
            await a_sale_goes_first(self._turn)
        if found is None or found.head.seq <= self._recorder.bottom:
            return
        async with self._turn:
            gone = await self._recorder.cut(found, effect.epoch)
        self._tell(gone)
        self._channel.tell("local")
