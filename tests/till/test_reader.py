"""What a start opens of a journal is the same, wherever the last checkpoint stands."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.shift import Closed, Opened
from app.sync.bodies import Shift
from app.sync.checkpoint import CHECKPOINT, Places, checkpoint, placed, written
from app.sync.entry import Entry, Kind, Sealed, Unreadable, assemble, header_bytes
from app.sync.journal import Broken, Head, advanced, next_header
from app.sync.settled import Settled
from app.till import reader
from app.till.reader import MISFIT, Read, Reader
from tests.conftest import NOW
from tests.fakes.till import FakeDevice
from tests.sync.entries import head
from tests.till.till import Till

KINDS = st.sampled_from([Kind.SALE, Kind.SALE, Kind.REPRINT, Kind.SHIFT])


OPENED = Shift(happened=Opened(shift_id="s", at=NOW, opening_float=0, staff_id="asha", staff_name="Asha"))
CLOSED = Shift(
    happened=Closed(shift_id="s", number=1, at=NOW, count=(), expected=0, staff_id="asha", staff_name="Asha")
)


@dataclass
class Register:
    """A device with a journal on it, every entry of which is sealed with its key."""

    device: FakeDevice
    entries: list[Entry]

    def start(self, noted: int | None, verdicts: Sequence[int] = (), down: Collection[int] = ()) -> Read:
        """Start with a checkpoint at a place, or without one."""
        self.device.disk.local[CHECKPOINT] = "" if noted is None else written(checkpoint(*self.stood(noted)))
        said = {seq: '{"kind":"refused"}' if seq in down else "{}" for seq in verdicts}
        judged = Settled((self.entries[seq - 1].digest, seq, text) for seq, text in said.items()).judged("")
        return asyncio.run(Reader(self.device.ports).read(head(), judged, reader.RECENT))

    def stood(self, place: int) -> tuple[Head, Places]:
        """Where the till stood after so many entries."""
        at = head()
        for made in self.entries[:place]:
            at = advanced(at, made)
        return at, placed(Places(), (made.header for made in self.entries[:place]))


def register(plan: Sequence[tuple[Kind, int]]) -> Register:
    """A journal of such kinds, each so many hours after the one before; every second turn of a shift closes it."""
    device, at, moment, made, turns = FakeDevice(), head(), NOW, list[Entry](), 0
    device.vault.keys["k1"], device.vault.opened = bytes(32), "k1"
    for kind, hours in plan:
        moment += timedelta(hours=hours)
        header = next_header(at, kind, f"e{at.seq + 1}", moment)
        body = CLOSED if turns % 2 else OPENED
        turns += kind is Kind.SHIFT
        made.append(
            assemble(header, *asyncio.run(device.vault.seal(header_bytes(header), body.model_dump_json().encode())))
        )
        at = advanced(at, made[-1])
    device.disk.journal = {each.header.seq: each for each in made}
    device.clock.at = moment
    return Register(device, made)


def seen(read: Read) -> tuple[object, ...]:
    return read.head, read.places, read.kept, read.broken


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(KINDS, st.integers(0, 20)), min_size=1, max_size=20), st.data())
def test_wherever_the_checkpoint_stands_the_start_is_the_same(
    plan: list[tuple[Kind, int]], data: st.DataObject
) -> None:
    """What waits or was refused, a shift that runs, the caps of the day, the next Z number: nothing is missing."""
    here = register(plan)
    places = range(1, len(here.entries) + 1)
    judged, down = (data.draw(st.sets(st.sampled_from(places))) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "RECENT", data.draw(st.integers(0, 4)))

        found = here.start(data.draw(st.sampled_from(places)), sorted(judged), down)
        whole = here.start(None, sorted(judged), down)

    assert seen(whole) == seen(found)
    assert judged & down <= {kept.header.seq for kept in found.kept}


def test_entries_are_opened_many_at_a_time_and_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a browser an opening is mostly waiting: one after the other, a journal of 2,000 nearly doubled a start."""
    monkeypatch.setattr(reader, "AT_ONCE", 4)
    here, running, most = register([(Kind.SALE, 1)] * 10), 0, 0
    unseal = here.device.vault.unseal

    async def counted(sealed: Sealed) -> bytes | Unreadable:
        nonlocal running, most
        running, most = running + 1, max(most, running + 1)
        await asyncio.sleep(0)
        running -= 1
        return await unseal(sealed)

    monkeypatch.setattr(here.device.vault, "unseal", counted)
    read = here.start(None)

    assert (4, [*range(1, 11)]) == (most, [each.header.seq for each in read.kept])


def checked(here: Register, read: Read) -> list[Broken | None]:
    """Check the rest of a start, piece by piece."""

    async def all_of_it() -> list[Broken | None]:
        return [each async for each in Reader(here.device.ports).check(read.begun, head())]

    return asyncio.run(all_of_it())


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 6), st.integers(1, 12), st.integers(1, 12))
def test_between_the_start_and_the_check_no_entry_falls_through(size: int, noted: int, spoilt: int) -> None:
    """One damaged byte anywhere is found by one of the two, whatever the size of the pieces."""
    here = WHOLE
    read = here.start(noted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "SLICE", size)
        assert {None} >= set(checked(here, read))
        before = here.device.disk.journal[spoilt]
        here.device.disk.journal[spoilt] = Entry(before.header, before.line[:-1] + b"?")
        again = here.start(noted)
        found = [again.broken, *checked(here, again)]
        here.device.disk.journal[spoilt] = before

    assert any(found)


def test_a_checkpoint_that_was_wrong_is_found_out() -> None:
    """Counters that differ from what the entries say are the next number given twice: whoever wrote them has a bug."""
    read = WHOLE.start(6)

    (*_, found) = checked(WHOLE, replace(read, begun=replace(read.begun, counters={"DS01A2627": 9})))

    assert (6, MISFIT) == (found.seq, found.why) if found else False


WHOLE = register([(Kind.REPRINT, 0)] * 12)


def test_a_last_entry_that_was_changed_is_told(selling: Till) -> None:
    """No entry behind it names its bytes, and without a folder nothing else has them."""
    selling.picks().pays()
    selling.device.folder.chosen, disk = "", selling.device.disk
    entry = disk.journal[1]
    at = entry.line.index(b'"sealed":"') + 20
    letter = b"A" if entry.line[at : at + 1] != b"A" else b"B"
    disk.journal[1] = Entry(entry.header, entry.line[:at] + letter + entry.line[at + 1 :])
    selling.starts_again()

    assert "damaged at entry 1: it does not open, so it was changed" in selling.state.trouble
