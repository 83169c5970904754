"""A small store whose register sold, took back and voided: everything as it has to be, to be spoilt one by one."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.domain.order import Order
from app.domain.payment import Payment
from app.sync.bodies import CreditNote, Void
from app.sync.entry import Entry, Kind, file_path, parse
from e2e.torture.checker import Acknowledged, Evidence, Kept, Place, folder_of, stock_of
from server.app import create_app
from server.oms.oms import wire
from server.oms.secrets import load_or_make
from tests.conftest import line, order, payment
from tests.given_back import credit_note, pick, voided
from tests.server.browser import Browser
from tests.server.conftest import settings_in
from tests.server.conftest import template as template


@dataclass(frozen=True)
class Scene:
    """Evidence of a store, and what it takes to spoil it."""

    folder: Path
    evidence: Evidence
    browser: Browser
    lines: tuple[bytes, ...]
    orders: tuple[Order, ...] = field(default=())

    def does(self, *statements: str) -> Evidence:
        """Change the OMS's database."""
        database = sqlite3.connect(self.folder / "store-os.db")
        with database:
            for statement in statements:
                database.execute(statement)
        database.close()
        return self.evidence

    def keeps(self, change: Callable[[list[bytes]], object], place: str = "IndexedDB") -> Evidence:
        """Change what one of the two places keeps."""
        lines = list(self.lines)
        change(lines)
        places = tuple(places_of(lines)[each.name] if each.name == place else each for each in self.evidence.places)
        return replace(self.evidence, places=places)


def places_of(lines: list[bytes]) -> dict[str, Place]:
    """The two places of a register that keep these lines."""
    entries = [parse(each) for each in lines]
    good = [each for each in entries if isinstance(each, Entry)]
    rows = tuple(Kept(each.line, each.header.seq, each.header.id, each.header.number or "") for each in good)
    files = [("/".join(file_path(each.header)), each.line) for each in good]
    return {"IndexedDB": Place("IndexedDB", rows, "R1"), "folder": folder_of([*files, ("README.txt", b"Keep it.")])}


def entry(line: bytes) -> Entry:
    """Read a line that can be read."""
    found = parse(line)
    assert isinstance(found, Entry)
    return found


def split(total: int) -> tuple[Payment, ...]:
    """A card for the first hundred rupees, cash for the rest."""
    card = payment(10_000, id="p-card", tender_id="card", name="Card Swipe at Store", reference="K1-card")
    return (card, payment(total - 10_000, id="p-cash"))


@pytest.fixture(scope="session")
def whole(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The store, unspoilt; made once."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(template, folder, dirs_exist_ok=True)
    oms = wire(settings_in(folder, folder / "secrets.json"), load_or_make(folder / "secrets.json"))
    client = TestClient(create_app(oms), base_url="http://localhost", client=("127.0.0.1", 50_000))
    browser, before = Browser.enrol(client), stock_of(f"sqlite:///{folder / 'store-os.db'}")
    sold = [
        order(line("v1", 2), line("v2"), id="sold-0", notes="K1", payments=split(149_700)),
        *(order(line(f"v{at}"), id=f"sold-{at}", payments=(payment(reference=f"K{at + 1}"),)) for at in (1, 2)),
    ]
    lines = [browser.sale(each) for each in sold]
    made = [each.model_copy(update={"number": f"DS01A2627-{at:05d}"}) for at, each in enumerate(sold, start=1)]
    number = f"{browser.me.series.credit_note}2627-00001"
    back = credit_note(made[0], pick(0, 1), number=number)
    lines.append(browser.append(Kind.CREDIT_NOTE, CreditNote(note=back), number=number))
    lines.append(browser.append(Kind.VOID, Void(void=voided(made[1]))))
    browser.push(*lines)
    oms.close()
    told = tuple(
        Acknowledged(each.number, each.totals.total, tuple((pay.name, pay.amount) for pay in each.payments), f"K{at}")
        for at, each in enumerate(made, start=1)
    )
    database = f"sqlite:///{folder / 'store-os.db'}"
    marks, taken = frozenset({"K1", "K2", "K3", "K4"}), {"K1-card": 10_000}
    places = tuple(places_of(lines).values())
    evidence = Evidence(database, folder / "secrets.json", told, places, marks, taken, before)
    return Scene(folder, evidence, browser, tuple(lines), tuple(made))


@pytest.fixture
def scene(whole: Scene, tmp_path: Path) -> Scene:
    """The store, for one test to spoil."""
    shutil.copy(whole.folder / "store-os.db", tmp_path / "store-os.db")
    evidence = replace(whole.evidence, database=f"sqlite:///{tmp_path / 'store-os.db'}")
    return replace(whole, folder=tmp_path, evidence=evidence)
