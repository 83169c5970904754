"""What the OMS said is read once: a till that drains a month of sales hears a word after every batch."""

import asyncio
from collections.abc import Collection
from dataclasses import replace

import pytest

from app.sync.checkpoint import END
from app.sync.mode import Mode
from app.sync.protocol import Verdict, VerdictKind
from app.sync.said import closed
from app.sync.settled import JUDGED, Judged
from app.sync.status import EPOCH
from app.till import hearing
from app.till.ports import FolderFailed, Written
from app.till.slices.orders import LookingBack
from app.till.standing import mode_now, unbooked
from app.till.state import State
from tests.fakes.disk import FakeJournal
from tests.fakes.folder import FakeFolder
from tests.fakes.till import FakeShelf
from tests.till.till import Till


@pytest.fixture
def sold(selling: Till) -> Till:
    """Three sales; the OMS has booked two and refused one."""
    for kind in (VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.REFUSED):
        selling.picks().pays().says("SaleLeft")
        selling.is_judged(kind)
    return selling


def heard(till: Till) -> int:
    """How many verdicts are read when the courier says that there are some."""
    before = till.device.shelf.read
    till.hears("verdicts")
    return till.device.shelf.read - before


def kinds(till: Till) -> list[VerdictKind]:
    return [till.state.journal.verdicts[entry.digest].kind for entry in till.entries()]


def test_only_what_is_new_is_read(sold: Till) -> None:
    """Of what was booked nothing changes any more; a refusal may be followed by another verdict."""
    assert 1 == heard(sold)

    sold.picks().pays().says("SaleLeft")
    before = sold.device.shelf.read
    sold.is_judged()

    assert 2 == sold.device.shelf.read - before


def test_another_verdict_on_a_refused_entry_is_heard(sold: Till) -> None:
    """The back office has mended the reason, and the sale was sent again between two looks."""
    digest = sold.entries()[-1].digest
    accepted = Verdict(digest=digest, kind=VerdictKind.ACCEPTED)
    sold.device.shelf.kept_verdicts[digest] = accepted.model_dump_json()

    sold.hears("verdicts")

    assert [VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.ACCEPTED] == kinds(sold)


def test_a_verdict_that_was_put_aside_is_forgotten(sold: Till) -> None:
    """Else an order that waits again stands there as refused."""
    first, second, refused = (entry.digest for entry in sold.entries())
    del sold.device.shelf.kept_verdicts[refused]

    sold.hears("verdicts")

    assert {first, second} == sold.state.journal.verdicts.keys()


def test_what_was_booked_and_then_put_aside_is_forgotten(sold: Till) -> None:
    """Somebody pressed twice: it was booked, the second asking put that aside; and then it is refused."""
    kept, refused = sold.device.shelf.kept_verdicts, sold.state.journal.kept[-1]
    sold.says("OrderSentAgain", order_id=sold.orders()[-1].id)
    says(sold, VerdictKind.ACCEPTED)
    booked = unbooked(sold.state.journal)
    del kept[refused.digest]
    sold.hears("verdicts")
    waits = unbooked(sold.state.journal), refused.digest in sold.state.journal.verdicts
    says(sold, VerdictKind.REFUSED)
    again = unbooked(sold.state.journal)
    says(sold, VerdictKind.ACCEPTED)

    assert ((), ((refused,), False), (refused,)) == (booked, waits, again)
    assert ((), VerdictKind.ACCEPTED) == (unbooked(sold.state.journal), kinds(sold)[-1])


def test_what_was_booked_and_is_refused_now_may_be_booked_again(sold: Till) -> None:
    """The same between two looks: the last word counts, and the next one is heard as well."""
    says(sold, VerdictKind.ACCEPTED)
    sold.register.loop.state = asks_again(sold.state, sold.entries()[-1].digest)
    says(sold, VerdictKind.REFUSED)
    refused = len(unbooked(sold.state.journal))
    sold.register.loop.state = replace(sold.state, looking_back=LookingBack())
    says(sold, VerdictKind.ACCEPTED)

    assert (1, ()) == (refused, unbooked(sold.state.journal))


def asks_again(state: State, digest: str) -> State:
    """The asking of before it was booked, as the device remembers it."""
    return replace(state, looking_back=replace(state.looking_back, again={digest: "asking"}))


def says(till: Till, kind: VerdictKind) -> None:
    """The OMS says something about the newest sale."""
    entry = till.entries()[-1]
    verdict = Verdict(digest=entry.digest, seq=entry.header.seq, kind=kind)
    till.device.shelf.kept_verdicts[entry.digest] = verdict.model_dump_json()
    till.hears("verdicts")


def test_under_another_epoch_everything_is_read_again(sold: Till) -> None:
    """The OMS was restored: what it had said about the same bytes was said by one that is gone."""
    sold.device.shelf.records[EPOCH] = "another"

    assert 3 == heard(sold)


def test_after_a_restore_everything_waits(sold: Till) -> None:
    """What is put aside by it is counted as waiting, and each is heard of again."""
    sold.device.shelf.records[EPOCH] = "another"
    sold.device.shelf.kept_verdicts.clear()
    sold.hears("verdicts")
    waits = len(unbooked(sold.state.journal)), sold.state.journal.opened_to
    sold.is_judged()

    assert ((3, 0), (), 3) == (waits, unbooked(sold.state.journal), sold.state.journal.opened_to)


def test_a_verdict_that_comes_before_the_sale_is_told_is_heard(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """The courier is quick and the folder slow: no second word comes, and the sale would wait for ever."""
    write = FakeFolder.write

    async def slow(self: FakeFolder, path: tuple[str, ...], line: bytes) -> Written | FolderFailed:
        for entry in selling.entries():
            verdict = Verdict(digest=entry.digest, seq=entry.header.seq, kind=VerdictKind.ACCEPTED)
            selling.device.shelf.kept_verdicts[entry.digest] = verdict.model_dump_json()
        await selling.register.attend(frozenset({"verdicts"}))
        return await write(self, path, line)

    monkeypatch.setattr(FakeFolder, "write", slow)
    selling.picks().pays()

    assert (1, ()) == (len(selling.entries()), unbooked(selling.state.journal))


def test_a_verdict_that_comes_while_the_journal_is_read_is_heard(
    selling: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its word goes by before anybody listens: the verdicts were read already, and the entry was not."""
    selling.picks().pays().says("SaleLeft")
    [entry], read = selling.entries(), FakeJournal.read

    async def meanwhile(self: FakeJournal, *stretches: tuple[int, int]) -> tuple[bytes, ...]:
        verdict = Verdict(digest=entry.digest, seq=1, kind=VerdictKind.ACCEPTED)
        selling.device.shelf.kept_verdicts[entry.digest] = verdict.model_dump_json()
        return await read(self, *stretches)

    monkeypatch.setattr(FakeJournal, "read", meanwhile)
    selling.starts_again()

    assert (1, ()) == (len(selling.state.journal.kept), unbooked(selling.state.journal))


def test_of_many_that_wait_only_what_is_there_is_read(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a month offline thousands wait, and each batch brings a hundred: nobody asks for all of them one by one."""
    monkeypatch.setattr(hearing, "FEW", 1)
    asked: list[int] = []
    verdicts = FakeShelf.verdicts

    async def counted(self: FakeShelf, digests: Collection[str] | None = None) -> tuple[str, ...]:
        asked.append(-1 if digests is None else len(digests))
        return await verdicts(self, digests)

    monkeypatch.setattr(FakeShelf, "verdicts", counted)
    for _ in range(2):
        sold.picks().pays().says("SaleLeft")
    says(sold, VerdictKind.ACCEPTED)

    assert ([2], 2) == (asked, len(unbooked(sold.state.journal)))


def test_who_looked_earlier_does_not_have_the_last_word(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two look at once, one of them when a verdict was not there yet: it must not be forgotten for that."""
    refused, read = sold.entries()[-1], FakeShelf.verdicts
    slow = [3, 0]

    async def slowly(self: FakeShelf, digests: Collection[str] | None = None) -> tuple[str, ...]:
        found = await read(self, digests)
        for _ in range(slow.pop(0) if slow else 0):
            await asyncio.sleep(0)
            self.kept_verdicts[refused.digest] = accepted
        return found

    accepted = Verdict(digest=refused.digest, seq=3, kind=VerdictKind.ACCEPTED).model_dump_json()
    del sold.device.shelf.kept_verdicts[refused.digest]
    monkeypatch.setattr(FakeShelf, "verdicts", slowly)
    look = sold.register._hearing.look

    async def both() -> None:
        await asyncio.gather(look(), look())

    sold._loop.run_until_complete(both())

    assert VerdictKind.ACCEPTED is sold.register._hearing.seen.verdicts[refused.digest].kind


@pytest.mark.parametrize("summed", [True, False], ids=["noted", "by an earlier courier"])
def test_verdicts_of_what_is_not_open_are_not_held(
    sold: Till, monkeypatch: pytest.MonkeyPatch, *, summed: bool
) -> None:
    """A register has hundreds of thousands of them; and yet it knows how far the OMS has its journal."""
    sold.device.shelf.sums_up = summed
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    sold.says("SaleLeft")
    says(sold, VerdictKind.ACCEPTED)
    sold.time_passes(24 * 60 * 60)
    sold.starts_again()

    assert ([sold.entries()[-1].digest], 3) == (list(sold.state.journal.verdicts), sold.state.journal.opened_to)


@pytest.mark.parametrize("summed", [True, False], ids=["noted", "by an earlier courier"])
def test_after_a_start_what_was_said_is_the_same(selling: Till, *, summed: bool) -> None:
    """Nothing of what the OMS said may depend on which release of the courier wrote it down."""
    selling.device.shelf.sums_up = summed
    kept, keys = selling.device.shelf.kept_verdicts, selling.device.vault
    for kind, why in SAID:
        selling.picks().pays().says("SaleLeft")
        [*_, entry] = selling.entries()
        said = Verdict(digest=entry.digest, seq=entry.header.seq, kind=kind, why=why, order_number="7", revision=3)
        kept[entry.digest] = selling._loop.run_until_complete(closed(keys, said))
    selling.hears("verdicts")
    before = selling.state.journal.verdicts, selling.state.journal.opened_to
    selling.starts_again()

    assert (before, 2) == ((selling.state.journal.verdicts, selling.state.journal.opened_to), before[1])
    assert [why for _, why in SAID] == [before[0][entry.digest].why for entry in selling.entries()]


def test_what_was_noted_before_a_restore_counts_for_nothing(sold: Till) -> None:
    """The OMS has lost its newest entries since: a register that believed the note would refuse every sale."""
    shelf = sold.device.shelf
    shelf.sums_up = False
    shelf.records[JUDGED] = Judged(epoch="before", open=((4, END),), booked_to=3_000).model_dump_json()
    sold.starts_again()

    assert (2, {1, 2, 3}) == (sold.state.journal.opened_to, {each.header.seq for each in sold.state.journal.kept})
    assert 1 == len(sold.signs_in().picks().pays().entries()) - 3


SAID = (
    (VerdictKind.ACCEPTED, ""),
    (VerdictKind.ATTENTION, "None were left."),
    (VerdictKind.REFUSED, ""),
    (VerdictKind.REFUSED, "It cannot be read."),
)


def test_a_verdict_on_a_sale_that_was_written_unnoticed_is_no_loss(selling: Till) -> None:
    """The storage broke after the write, and the courier sends what lies there: nothing is gone, nobody is told so."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted")

    selling.is_judged()

    assert (Mode.ONLINE, 1) == (mode_now(selling.state), len(selling.state.journal.kept))
