"""The promises of the journal's store: exact bytes, each place once, all or nothing, only by who holds the register."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol

from app.sync.checkpoint import ANCHOR, CHECKPOINT, END
from app.sync.entry import GENESIS, Entry, Header, Kind, assemble
from app.till.ports import Appended, Fenced, Ports, Taken

AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def ports(self) -> Ports: ...


Check = Callable[[Device], Coroutine[Any, Any, None]]


def entry(seq: int = 1, id_: str = "o1", number: str | None = None) -> Entry:
    """An entry as far as a store looks at it; its line holds every byte there is beyond ASCII's controls."""
    header = Header(
        v=1, store="DS01", register="R1", seq=seq, kind=Kind.SALE, id=id_, at=AT, prev=GENESIS, key="k", number=number
    )
    return assemble(header, "aXY=", "c2VhbGVk")


async def journal_gives_back_the_exact_bytes_in_order(device: Device) -> None:
    """A byte that differs breaks the chain and every verdict."""
    journal = device.ports.journal
    owner = await journal.take_over()
    entries = [entry(seq, f"o{seq}") for seq in range(1, 13)]

    outcomes = [await journal.append((each,), owner, None) for each in entries]

    assert [Appended()] * 12 == outcomes
    assert tuple(each.line for each in entries) == await journal.read()


async def journal_takes_a_place_an_id_and_a_number_once(device: Device) -> None:
    """Two entries in one place are two sales of which one is lost; one number twice is unlawful."""
    journal = device.ports.journal
    owner = await journal.take_over()
    await journal.append((entry(1, "o1", "DS01A2627-00001"),), owner, None)

    same_place = await journal.append((entry(1, "o2"),), owner, None)
    same_id = await journal.append((entry(2, "o1"),), owner, None)
    same_number = await journal.append((entry(2, "o2", "DS01A2627-00001"),), owner, None)

    assert [True] * 3 == [isinstance(outcome, Taken) for outcome in (same_place, same_id, same_number)]
    assert (entry(1, "o1", "DS01A2627-00001").line,) == await journal.read()


async def journal_has_time_for_something_else_while_it_writes(device: Device) -> None:
    """What is shown of a sale is worked out then: once, and not instead of writing."""
    journal = device.ports.journal
    owner = await journal.take_over()
    done: list[str] = []

    outcome = await journal.append((entry(1, "o1"),), owner, None, "", lambda: done.append("first"))
    taken = await journal.append((entry(1, "o2"),), owner, None, "", lambda: done.append("second"))

    assert (Appended(), True) == (outcome, isinstance(taken, Taken))
    assert ["first"] == done[:1]
    assert 1 == done.count("first")
    assert (entry(1, "o1").line,) == await journal.read()


async def two_entries_are_written_both_or_not_at_all(device: Device) -> None:
    """An exchange is a credit note and a sale: one without the other is money that nobody can explain."""
    journal = device.ports.journal
    owner = await journal.take_over()
    await journal.append((entry(1, "o1"),), owner, None)
    assert isinstance(await journal.append((entry(2, "n1"), entry(3, "o1")), owner, None), Taken)
    assert (entry(1, "o1").line,) == await journal.read()
    assert Appended() == await journal.append((entry(2, "n1"), entry(3, "o2")), owner, None)


async def an_entry_takes_its_draft_along(device: Device) -> None:
    """A draft that outlives its sale would be sold a second time."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.drafts.keep("d1", b"sealed", owner)

    await ports.journal.append((entry(),), owner, "d1")

    assert () == await ports.drafts.read()


async def a_refused_entry_leaves_its_draft(device: Device) -> None:
    """Money taken stands in the draft alone, until the sale is in the journal."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.journal.append((entry(),), owner, None)
    await ports.drafts.keep("d1", b"sealed", owner)

    await ports.journal.append((entry(),), owner, "d1")

    assert (("d1", b"sealed"),) == await ports.drafts.read()


async def who_was_taken_over_writes_nothing(device: Device) -> None:
    """Two tabs that write give two sales one number."""
    ports = device.ports
    old = await ports.journal.take_over()
    await ports.drafts.keep("d1", b"before", old)
    new = await ports.journal.take_over()

    outcomes = [await ports.journal.append((entry(),), old, "d1"), await ports.drafts.keep("d1", b"after", old)]
    await ports.drafts.drop("d1", old)

    assert [Fenced(), Fenced()] == outcomes
    assert ((), (("d1", b"before"),)) == (await ports.journal.read(), await ports.drafts.read())
    assert new > old


async def nobody_writes_where_the_data_was_cleared(device: Device) -> None:
    """A journal that began again under an open till would give its numbers a second time."""
    ports = device.ports

    outcomes = [await ports.journal.append((entry(),), 1, None), await ports.drafts.keep("d1", b"open", 1)]

    assert [Fenced(cleared=True)] * 2 == outcomes
    assert ((), ()) == (await ports.journal.read(), await ports.drafts.read())


async def the_journal_is_read_in_stretches(device: Device) -> None:
    """A start reads what it needs, in one look; what is not there is left out, and is no error."""
    journal = device.ports.journal
    owner = await journal.take_over()
    lines = {seq: entry(seq, f"o{seq}") for seq in (1, 2, 3, 5, 8, 9)}
    await journal.append(tuple(lines.values()), owner, None)

    some = await journal.read((2, 3), (5, 5), (8, END))

    assert tuple(lines[seq].line for seq in (2, 3, 5, 8, 9)) == some
    assert ((), lines[9].line) == (await journal.read((6, 7)), (await journal.read((9, 9)))[0])


async def a_checkpoint_is_kept_with_its_entries_or_not_at_all(device: Device) -> None:
    """One that says more than the journal holds would leave places and numbers out."""
    ports = device.ports
    old = await ports.journal.take_over()
    owner = await ports.journal.take_over()
    await ports.journal.append((entry(1, "o1"),), owner, None, "first")

    taken = await ports.journal.append((entry(2, "n1"), entry(3, "o1")), owner, None, "taken")
    fenced = await ports.journal.append((entry(2, "n1"),), old, None, "fenced")
    await ports.journal.append((entry(2, "n1"),), owner, None)

    assert (True, Fenced()) == (isinstance(taken, Taken), fenced)
    assert {CHECKPOINT: "first"} == dict(await ports.local.read())


async def the_oldest_entries_go_with_their_anchor(device: Device) -> None:
    """Entries without the anchor in their place would be a broken chain, and numbers that come twice."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.journal.append(tuple(entry(seq, f"o{seq}") for seq in range(1, 7)), owner, None)

    gone = [await ports.journal.prune(2, "first", "", owner), await ports.journal.prune(4, "second", "", owner)]

    assert ([True, True], "second") == (gone, (await ports.local.read())[ANCHOR])
    assert tuple(entry(seq, f"o{seq}").line for seq in (5, 6)) == await ports.journal.read()


async def nothing_goes_against_an_owner_or_an_epoch(device: Device) -> None:
    """A tab that was taken over removes nothing; nor does anybody while a restored OMS may lack it."""
    ports = device.ports
    old = await ports.journal.take_over()
    owner = await ports.journal.take_over()
    await ports.journal.append((entry(),), owner, None)

    gone = [await ports.journal.prune(1, "old", "", old), await ports.journal.prune(1, "other", "other", owner)]

    assert [False, False] == gone
    assert ((entry().line,), {}) == (await ports.journal.read(), dict(await ports.local.read()))


JOURNAL_CONTRACT: tuple[Check, ...] = (
    journal_gives_back_the_exact_bytes_in_order,
    journal_takes_a_place_an_id_and_a_number_once,
    two_entries_are_written_both_or_not_at_all,
    an_entry_takes_its_draft_along,
    a_refused_entry_leaves_its_draft,
    who_was_taken_over_writes_nothing,
    nobody_writes_where_the_data_was_cleared,
    the_journal_is_read_in_stretches,
    a_checkpoint_is_kept_with_its_entries_or_not_at_all,
    the_oldest_entries_go_with_their_anchor,
    nothing_goes_against_an_owner_or_an_epoch,
)
