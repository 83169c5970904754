"""A start reads on from the last checkpoint, and damage behind it is found all the same."""

import asyncio

import pytest

from app.catalogue.image import Stocked
from app.sync.checkpoint import CHECKPOINT, END, Checkpoint, Places, checkpoint, read_mark, written
from app.sync.journal import Head
from app.till.effects import CheckJournal
from tests.conftest import stock
from tests.fakes.disk import FakeJournal
from tests.sync.entries import head
from tests.till.till import KURTA, Till, image

Stretches = tuple[tuple[int, int], ...]
WHOLE = ((1, END),)


@pytest.fixture
def noting(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Every second entry takes a checkpoint along; only the newest entry counts as recent."""
    monkeypatch.setattr("app.till.recorder.EVERY", 2)
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    monkeypatch.setattr("app.till.reader.SLICE", 2)
    selling.device.shelf.image = image((Stocked(KURTA, (stock("kurta-v", 50),)),))
    selling.hears("image")
    return selling


@pytest.fixture
def stretches(monkeypatch: pytest.MonkeyPatch) -> list[Stretches]:
    """What was read of the journal, read by read."""
    seen: list[Stretches] = []
    read = FakeJournal.read

    async def noticed(self: FakeJournal, *asked: tuple[int, int]) -> tuple[bytes, ...]:
        seen.append(asked)
        return await read(self, *asked)

    monkeypatch.setattr(FakeJournal, "read", noticed)
    return seen


def sells(till: Till, times: int = 1) -> Till:
    for _ in range(times):
        till.picks().pays().says("SaleLeft")
    return till


def noted(till: Till) -> int:
    """Where the checkpoint on the disk is."""
    mark = read_mark(Checkpoint, till.device.disk.local.get(CHECKPOINT, ""), Head.start("DS01", "R1", "key-1"))
    return mark.seq if mark else 0


def spoils(till: Till, seq: int) -> None:
    """A row is damaged where the folder cannot mend it."""
    till.device.folder.files.clear()
    found = till.device.disk.journal[seq]
    object.__setattr__(found, "line", found.line.replace(b'"header"', b'"hea~er"'))


def test_a_checkpoint_comes_with_its_entry(noting: Till) -> None:
    """It costs no write of its own, and never says more than the disk holds."""
    sells(noting, 5)

    assert 4 == noted(noting)


def test_a_start_reads_on_from_the_checkpoint(noting: Till, stretches: list[Stretches]) -> None:
    """A register of three years must not read three years before it sells."""
    sells(noting, 5).is_judged()
    noting.time_passes(24 * 60 * 60)
    del stretches[:]

    noting.starts_again()

    assert WHOLE not in stretches
    assert [5] == [kept.header.seq for kept in noting.state.journal.kept]
    assert noting.state.journal.head is not None
    assert (5, {"DS01A2627": 5}) == (noting.state.journal.head.seq, noting.state.journal.head.counters)


def test_numbers_go_on_after_a_start_from_a_checkpoint(noting: Till) -> None:
    """A gap has to be explained to the tax office, a double cannot be."""
    sells(noting, 5).starts_again().signs_in()

    sells(noting, 2)

    assert [f"DS01A2627-0000{number}" for number in range(1, 8)] == [order.number for order in noting.orders()]


@pytest.mark.parametrize("spoilt", ["", "x" * 70, "of another register"])
def test_a_checkpoint_that_does_not_fit_is_ignored(noting: Till, spoilt: str) -> None:
    """It is a shorter way and nothing else: without it everything is read."""
    sells(noting, 5)
    other = written(checkpoint(head(register="R2", seq=4), Places()))
    noting.device.disk.local[CHECKPOINT] = other if "another" in spoilt else spoilt

    sells(noting.starts_again().signs_in())

    assert ("", "DS01A2627-00006") == (noting.state.trouble, noting.orders()[-1].number)


def test_a_checkpoint_of_other_bytes_is_ignored(noting: Till, stretches: list[Stretches]) -> None:
    """The entry that it stands at was changed: the start trusts nothing that was noted, and reads everything."""
    sells(noting, 5)
    spoils(noting, 4)
    del stretches[:]

    noting.starts_again()

    assert WHOLE in stretches
    assert "The journal on this device is damaged at entry 4" == noting.state.trouble[:48]


def test_damage_before_the_checkpoint_is_told_while_the_till_sells(noting: Till) -> None:
    """What is not read before the first sale is read behind it, every time."""
    sells(noting, 7)
    spoils(noting, 3)

    noting.starts_again().signs_in()
    told = noting.state.trouble
    sells(noting)

    assert "The journal on this device is damaged at entry 3" == told[:48]
    assert "DS01A2627-00008" == noting.entries()[-1].header.number


def test_an_entry_that_is_gone_before_the_checkpoint_is_told(noting: Till) -> None:
    """Something deleted it: nobody may find that out from the tax office."""
    sells(noting, 6)
    del noting.device.disk.journal[5]
    noting.device.folder.files.clear()

    noting.starts_again()

    assert "is damaged at entry 5: it has sequence 6, but 5 was due" in noting.state.trouble


def test_a_whole_journal_is_checked_in_silence(noting: Till) -> None:
    """A cry of wolf at each start would be learnt to be ignored."""
    sells(noting, 7).starts_again()

    assert (6, "") == (noted(noting), noting.state.trouble)


def test_after_damage_nothing_is_noted(noting: Till) -> None:
    """A checkpoint behind damage would say that it was checked."""
    sells(noting, 3)
    spoils(noting, 1)
    noting.device.disk.local.pop(CHECKPOINT)

    sells(noting.starts_again().signs_in(), 4)

    assert 0 == noted(noting)


def test_a_sale_goes_before_the_check(noting: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customer waits; the year before last does not."""
    sells(noting, 6)
    order: list[str] = []
    read, append = FakeJournal.read, FakeJournal.append

    async def reads(self: FakeJournal, *asked: tuple[int, int]) -> tuple[bytes, ...]:
        order.append("read")
        return await read(self, *asked)

    async def appends(self: FakeJournal, *asked: object) -> object:
        for _ in range(9):
            await asyncio.sleep(0)
        order.append("sale")
        return await append(self, *asked)  # type: ignore[arg-type]

    noting.starts_again().signs_in().picks().says("CheckoutOpened")
    monkeypatch.setattr(FakeJournal, "read", reads)
    monkeypatch.setattr(FakeJournal, "append", appends)

    async def both() -> None:
        noting.register.runner.run(CheckJournal())
        noting.register.receive('{"event": "SaleCompleted"}')

    noting._finish(both())

    assert ["read", "sale", "read", "read"] == order
