"""A register whose journal is long: the real till and the real courier on CPython, over stores that find by key.

The stores of the tests look through everything they have, which a test never feels; here that would be all that is
seen. These find a place, an id or a day as the browser's database and a folder do.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.catalogue.image import Stocked
from app.courier.courier import look
from app.courier.memory import Memory, World
from app.courier.oms import Oms
from app.courier.pushing import push
from app.sync.checkpoint import CHECKPOINT
from app.sync.entry import Entry, file_path, parse
from app.sync.protocol import Verdicts
from app.sync.said import NONE, closed
from app.sync.settled import JUDGED, Settled
from app.sync.status import Synced
from app.till.ports import Appended, Fenced, FolderFailed, Meanwhile, NoRoom, Ports, Taken, nothing
from app.till.register import Register
from app.till.shifts import all_shifts
from app.till.ui.regions import drawing
from bench.sold import Past, accepted
from tests.conftest import NOW, stock
from tests.fakes.courier import FakePictures, FakeStores, FakeTimer, RandomIds
from tests.fakes.disk import FakeJournal
from tests.fakes.folder import FakeFolder
from tests.fakes.register import at_once
from tests.fakes.till import FakeDevice, FakeShelf
from tests.till.till import KEY, KURTA, REGISTERED, Till, image


class Kept(FakeJournal):
    """The journal by its places, which have no gap."""

    async def read(self, *stretches: tuple[int, int]) -> tuple[bytes, ...]:
        await asyncio.sleep(0)
        there, last = self.disk.journal, len(self.disk.journal)
        wanted = [range(max(first, 1), min(until, last) + 1) for first, until in stretches or ((1, last),)]
        return tuple(there[seq].line for places in wanted for seq in places)

    async def append(
        self,
        entries: tuple[Entry, ...],
        owner: int,
        draft_id: str | None,
        checkpoint: str = "",
        meanwhile: Meanwhile = nothing,
    ) -> Appended | Fenced | NoRoom | Taken:
        await asyncio.sleep(0)
        meanwhile()
        assert all(entry.header.seq not in self.disk.journal for entry in entries)

        def add() -> None:
            self.disk.journal.update({entry.header.seq: entry for entry in entries})
            self.disk.drafts.pop(draft_id or "", None)
            if checkpoint:
                self.disk.local[CHECKPOINT] = checkpoint

        return self.disk.write(owner, add)

    async def places(self, after: int = 0) -> tuple[int, ...]:
        await asyncio.sleep(0)
        return tuple(range(after + 1, len(self.disk.journal) + 1))


class Shelf(FakeShelf):
    """Verdicts by digest."""

    async def verdicts(self, digests: Collection[str] | None = None) -> tuple[str, ...]:
        if digests is None:
            return tuple(self.kept_verdicts.values())
        return tuple(self.kept_verdicts[digest] for digest in digests if digest in self.kept_verdicts)


@dataclass
class Drawer(FakeFolder):
    """A folder that knows what is in each of its folders."""

    listed: dict[tuple[str, ...], dict[str, None]] = field(default_factory=dict)

    def puts(self, path: tuple[str, ...], line: bytes) -> None:
        """Put a file in, and its name wherever it is looked for."""
        self.files[path] = line
        for depth in range(len(path)):
            self.listed.setdefault(path[:depth], {})[path[depth]] = None

    async def write(self, path: tuple[str, ...], line: bytes) -> object:  # type: ignore[override]
        outcome = await super().write(path, line)
        self.puts(path, self.files[path])
        return outcome

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        return await self._failed() or frozenset(self.listed.get(path, ()))


class Device(FakeDevice):
    """One profile with such stores."""

    @property
    def ports(self) -> Ports:
        return replace(super().ports, journal=Kept(self.disk, self.shelf))


@dataclass
class Stores(FakeStores):
    """The courier's, beside the till's: what has a verdict is read once, as in a browser."""

    device: FakeDevice = field(default_factory=Device)
    settled: Settled = field(default_factory=Settled)

    async def waiting(self) -> tuple[int, ...]:
        last = len(self.device.disk.journal)
        return tuple(seq for first, until in self.settled.stretches for seq in range(first, min(until, last) + 1))

    async def journal_lines(self, seqs: Sequence[int]) -> Mapping[int, bytes]:
        return {seq: self.device.disk.journal[seq].line for seq in seqs}

    async def turned_down(self) -> Mapping[str, int]:
        return self.settled.down

    async def keep_verdicts(self, verdicts: Sequence[tuple[str, int, str]], doubted: int = NONE) -> None:
        self.settled.keep(verdicts, doubted)
        self.device.shelf.records[JUDGED] = self.settled.judged("").model_dump_json()
        self.device.shelf.kept_verdicts.update({digest: text for digest, _, text in verdicts})


class AllWell(Oms):
    """An OMS that accepts whatever comes, at once: what it costs by itself is measured elsewhere."""

    def __init__(self) -> None:
        """Without a line."""

    def entries(self, token: str, lines: Sequence[bytes], limit: float) -> Verdicts:  # noqa: ARG002 - as the real one
        """Accept."""
        return Verdicts(
            verdicts=tuple(accepted(entry, NOW) for line in lines if isinstance(entry := parse(line), Entry))
        )


PLENTY = image([Stocked(KURTA, (stock("kurta-v", 1_000_000),))])


@dataclass
class Long(Till):
    """A till in such a profile; work behind a start, which takes its time with a long journal, is left out."""

    length: int = 0
    device: FakeDevice = field(default_factory=Device)

    def __post_init__(self) -> None:
        self.device.vault.keys[KEY], self.device.vault.opened = bytes(32), KEY
        self.drawer = Drawer()
        self.device.shelf, self.device.folder = Shelf(sums_up=False), self.drawer
        self.stores = Stores(device=self.device)
        past = Past(REGISTERED, self.device.vault, self.length, NOW)
        for entry, settled in past.entries():
            self._keeps(entry, settled=settled)
        self.device.disk.local[CHECKPOINT] = past.checkpoint
        super().__post_init__()
        self.memory = Memory(registered=REGISTERED, synced=Synced())

    @property
    def shift(self) -> str:
        """The shift that runs."""
        return all_shifts(self.state)[-1].opened.shift_id

    def works(self) -> "Long":
        """Sign in and open a shift."""
        self.reads_the_rest()
        self.hears("status")
        self.signs_in().says("ScreenOpened", screen="shift").says("ShiftBegun", amount="1000")
        return self

    def starts_again(self) -> "Long":
        """Start until people can sign in."""
        self.device.shelf.image = PLENTY
        self._loop.run_until_complete(self._starts())
        return self

    def reads_the_rest(self) -> "Long":
        """Wait until the older entries are open, too; what else a start has begun is left out."""

        async def is_whole() -> None:
            while not self.state.journal.whole:
                await asyncio.sleep(0)

        self._loop.run_until_complete(is_whole())
        self.stops_what_was_begun()
        return self

    def stops_what_was_begun(self) -> None:
        """The rounds of a start read the whole journal, piece by piece, while people sell."""
        self.dies_after("", 0)

    async def _starts(self) -> None:
        self.register = Register(self.device.ports, drawing, await self.device.ports.journal.take_over())
        await self.register.open()

    def couriers(self) -> None:
        """Look at what waits, and send a batch of it."""
        at_once(look(self.world, self.memory))
        at_once(push(self.world, self.memory))

    @property
    def world(self) -> World:
        """What the courier has around it."""
        device = self.device
        return World(
            stores=self.stores,
            pictures=FakePictures(),
            keys=device.vault,
            oms=AllWell(),
            clock=device.clock,
            timer=FakeTimer(),
            ids=RandomIds(),
            channel=device.channel,
        )

    def _keeps(self, entry: Entry, *, settled: bool) -> None:
        self.device.disk.journal[entry.header.seq] = entry
        self.drawer.puts(file_path(entry.header), entry.line)
        if settled:
            said = accepted(entry, NOW)
            at_once(self.stores.keep_verdicts([(said.digest, said.seq, at_once(closed(self.device.vault, said)))]))
