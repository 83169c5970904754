"""Rows of a browser's journal are damaged or gone: the till mends them from its folder, or tells of them."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from app.catalogue.image import Stocked
from app.sync.entry import Entry
from e2e.torture.plan import Tally
from e2e.torture.registers.spoiling import changed
from tests.conftest import stock
from tests.till.test_recording import sells
from tests.till.till import KURTA, Till, image

ENTRIES = 12


@dataclass
class Rows:
    """A till with a journal that is spoilt again and again."""

    dice: Random
    done: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.till = Till()
        self.till.device.shelf.image = image([Stocked(KURTA, (stock("kurta-v", 50),))])
        sells(self.till.starts_again().signs_in(), ENTRIES)
        disk = self.till.device.disk
        self._journal, self._local = dict(disk.journal), dict(disk.local)
        self._files = dict(self.till.device.folder.files)
        self._folder = self.till.device.folder.chosen

    def tally(self, times: int) -> Tally:
        """Change one byte so often with a folder and so often without; take rows away a tenth as often."""
        for _ in range(times):
            self._tries("byte of a row, with a folder", folder=True)
            self._tries("byte of a row, without", folder=False)
        for _ in range(times // 10):
            self._tries("row gone, with a folder", folder=True, gone=True)
        self._tries("nothing at all", folder=True, damage=False)
        self.till.close()
        tally = Tally("rows", self.done.total(), measures={"entries": ENTRIES, **self.done})
        return tally.also(f"not found: {each}" for each in self.unseen)

    def _tries(self, name: str, *, folder: bool, gone: bool = False, damage: bool = True) -> None:
        device, seq = self.till.device, self.dice.choice(list(self._journal))
        device.disk.journal, device.disk.local = dict(self._journal), dict(self._local)
        device.folder.files, device.folder.chosen = dict(self._files), self._folder if folder else ""
        entry = device.disk.journal.pop(seq)
        if not gone:
            device.disk.journal[seq] = Entry(entry.header, changed(entry.line, self.dice) if damage else entry.line)
        self.done[name] += damage
        self.till.starts_again()
        if folder and self._lines() != self._lines(self._journal):
            self.unseen.append(f"{name}: entry {seq} was not mended")
        if bool(self.till.state.trouble) is not damage:
            self.unseen.append(f"{name} to entry {seq}, and this was told: {self.till.state.trouble or 'nothing'}")

    def _lines(self, journal: dict[int, Entry] | None = None) -> dict[int, bytes]:
        rows = self.till.device.disk.journal if journal is None else journal
        return {seq: entry.line for seq, entry in rows.items()}
