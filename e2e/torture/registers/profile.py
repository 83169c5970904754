"""A browser profile without a browser: the till's stores and the courier's are those of one device, as in IndexedDB."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.courier.memory import World
from app.courier.oms import Oms
from app.courier.ports import Kept as Keeping
from app.sync.lease import LEASE, read_lease
from app.sync.status import Registered
from app.till.ports import NoRoom, StoredImage
from e2e.torture.checker import Kept, Place, folder_of
from e2e.torture.registers.wire import NO_ANSWER, Wire
from tests.fakes.courier import FakePictures, FakeStores, FakeTimer, RandomIds
from tests.fakes.disk import FakeDisk
from tests.fakes.till import FakeDevice, FakeShelf

MOST_PICTURES = 10


@dataclass
class OneStore(FakeStores):
    """The courier's stores, which look at the journal, the settings and the questions of the till on the same disk."""

    disk: FakeDisk = field(default_factory=FakeDisk)

    def places(self) -> tuple[int, ...]:
        return tuple(sorted(self.disk.journal))

    async def journal_lines(self, seqs: Sequence[int]) -> Mapping[int, bytes]:
        return {seq: self.disk.journal[seq].line for seq in seqs if seq in self.disk.journal}

    async def local(self) -> Mapping[str, str]:
        return dict(self.disk.local)

    async def questions(self) -> Mapping[str, bytes]:
        return {key: sealed for key, sealed in self.disk.questions.items() if key not in self.answers}

    async def forget_verdicts(self, digests: Collection[str]) -> None:
        for digest in digests:
            self.verdicts.pop(digest, None)
        self._sums_up()


@dataclass
class OneShelf(FakeShelf):
    """What the till finds: whatever the courier has put into the stores."""

    stores: FakeStores = field(default_factory=FakeStores)

    async def image_and_changes(self, known: str) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        there = self.stores.stored
        wanted = None if there is None or there.sha256 == known else self.stores.laid_down()
        return wanted, tuple(self.stores.pages)

    def said(self) -> Mapping[str, str]:
        return {digest: text for digest, (_, text) in self.stores.verdicts.items()}

    async def status(self) -> Mapping[str, str]:
        return dict(self.stores.records)


class FewPictures(FakePictures):
    """A cache with room for a few: hundreds would only take time."""

    async def keep(self, sha256: str, data: bytes) -> Keeping | NoRoom:
        return NoRoom("The disk is full.") if len(self.pictures) >= MOST_PICTURES else await super().keep(sha256, data)


@dataclass
class Profile:
    """One register's profile, with its folder; it outlives every start of its workers."""

    name: str
    """What the round calls it."""
    device: FakeDevice = field(default_factory=FakeDevice)
    timer: FakeTimer = field(default_factory=FakeTimer)
    pictures: FakePictures = field(default_factory=FewPictures)

    def __post_init__(self) -> None:
        self.stores = OneStore(disk=self.device.disk)
        self.device.shelf = OneShelf(stores=self.stores)
        self.device.folder.chosen = "Offline sales"

    @property
    def registered(self) -> Registered | None:
        """Who the register is, once the courier has written it down."""
        text = self.stores.records.get("registered")
        return Registered.model_validate_json(text) if text else None

    @property
    def copied(self) -> bool:
        """Whether the register believes that it exists twice."""
        registered, text = self.registered, self.stores.records.get(LEASE, "")
        lease = read_lease(text, registered.enrolment) if registered else None
        return lease is not None and lease.copied

    @property
    def waiting(self) -> int:
        """How many entries have no verdict yet."""
        settled = {seq for seq, _ in self.stores.verdicts.values()}
        return sum(1 for seq in self.device.disk.journal if seq not in settled)

    def world(self, wire: Wire, address: str) -> World:
        """What a courier has around it in this profile, at the end of a line of its own."""
        return World(
            stores=self.stores,
            pictures=self.pictures,
            keys=self.device.vault,
            oms=Oms(base=address, session=wire, no_answer=NO_ANSWER),
            clock=self.device.clock,
            timer=self.timer,
            ids=RandomIds(),
            channel=self.device.channel,
        )

    def places(self) -> tuple[Place, ...]:
        """Both places that keep its entries, for the checker."""
        registered = self.registered
        name = registered.register if registered else ""
        journal = sorted(self.device.disk.journal.items())
        kept = tuple(Kept(row.line, seq, row.header.id, row.header.number or "") for seq, row in journal)
        files = (("/".join(path), content) for path, content in self.device.folder.files.items())
        return Place(f"IndexedDB of {self.name}", kept, name), replace(
            folder_of(files, name), name=f"folder of {self.name}"
        )
