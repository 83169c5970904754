"""Round "damage": a thousand single bytes of a folder are changed, files are cut, swapped and lost; all of it is found.

`verify` looks with the OMS's key, and without: then nobody vouches for a register's last entry, and it says so.
Rows of the browser's journal are damaged, too: the till mends them from its folder at its start, or tells of them.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from e2e.store import Store
from e2e.torture.plan import Measure, Plan, Tally
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.rows import Rows
from e2e.torture.registers.shop import Shop, plenty
from e2e.torture.registers.spoiling import WAYS, Files, Way, one_byte
from e2e.torture.registers.summing import together
from server.oms.oms import Oms, open_oms
from server.oms.verify import verify_folder
from server.settings import read_settings
from tests.fakes.folder import OnDisk

NAME = "damage"
BYTES, OTHERS = 1_000, 40
"""How often one byte is changed, and how often each other thing is done."""
ENTRIES = 14
VOUCHED_BY_NOBODY = "the last entry, which only the OMS can vouch for"


def run(plan: Plan) -> Tally:
    """Damage files, then rows."""
    rows = min(BYTES, max(BYTES // 10, plan.orders // 5))
    parts = {"files": _files(plan), "rows": Rows(plan.random("rows")).tally(rows)}
    return together(NAME, parts)


@dataclass
class Search:
    """What was done to a folder, and what of it was not seen."""

    root: Path
    oms: Oms
    last: Path
    """The file of the last entry."""
    done: Counter[str] = field(default_factory=Counter)
    limits: int = 0
    unseen: list[str] = field(default_factory=list)

    def tries(self, name: str, way: Way, dice: Random) -> None:
        """Damage one file, look with the key and without, and put everything back."""
        files: Files = {path: path.read_bytes() for path in sorted(self.root.rglob("*.json"))}
        path, before = dice.choice(list(files)), dict(files)
        way(files, path, dice)
        if files == before:
            return  # a cut at the very end, a swap of equals
        self.done[name] += 1
        with lies_there(files, before):
            with_key, without = verify_folder(self.root, self.oms).good, verify_folder(self.root).good
        if with_key:
            self.unseen.append(f"{name} of {path.name}, with the OMS's key")
        if without and files[self.last] != before[self.last]:
            self.limits += 1
        elif without:
            self.unseen.append(f"{name} of {path.name}, without a key")


@contextmanager
def lies_there(files: Files, before: Files) -> Iterator[None]:
    """Let the files be on the disk as they are wanted, and afterwards as they were."""
    _put(files)
    yield
    _put({**dict.fromkeys(files), **before})


def _put(files: Files) -> None:
    for path, content in files.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)


def _files(plan: Plan) -> Tally:
    room, dice = plan.room(f"{NAME}-files"), plan.random(NAME)
    folder = room / "folder"
    store = Store(data=demo_data(room)).opens()
    shop = Shop("t1", store)
    shop.profile.device.folder.files = OnDisk(folder)
    shop.till.starts_again()
    shop.signs_in()
    for product in plenty()[:ENTRIES]:
        shop.sells(product)
    shop.syncs()
    store.closes()
    oms = open_oms(read_settings(store.data))
    try:
        whole = verify_folder(folder, oms)
        search = Search(folder, oms, max(folder.rglob("*.json")))
        for _ in range(BYTES):
            search.tries("one byte", one_byte, dice)
        for name, way in WAYS.items():
            for _ in range(OTHERS):
                search.tries(name, way, dice)
        return _tally(search, len(shop.saved), (*whole.faults, *verify_folder(folder, oms).faults))
    finally:
        oms.close()
        shop.closes()


def _tally(search: Search, entries: int, faults: tuple[str, ...]) -> Tally:
    """Whether each damage is seen is all that is measured here: nothing is sold meanwhile."""
    wrong = [f"not found: {each}" for each in search.unseen] + [f"a whole folder: {fault}" for fault in faults]
    measures: dict[str, Measure] = {"entries": entries, VOUCHED_BY_NOBODY: search.limits, **search.done}
    return Tally(NAME, search.done.total(), measures=measures).also(wrong)
