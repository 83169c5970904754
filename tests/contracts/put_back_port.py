"""The promises of putting entries back: only the holder does it, only where the places are as they were seen."""

from typing import Protocol

from app.till.ports import Appended, Fenced, Mended, Ports, Taken
from tests.contracts.journal_port import entry


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def ports(self) -> Ports: ...


async def what_was_lost_is_put_back(device: Device) -> None:
    """Rows that are gone come back in their places with their exact bytes; the rest stands as it did."""
    journal = device.ports.journal
    owner = await journal.take_over()
    await journal.append((entry(2, "o2"),), owner, None)

    outcome = await journal.put_back((Mended(entry(1, "o1")), Mended(entry(3, "o3"))), owner, {})

    assert (Appended(), (1, 2, 3), (3,)) == (outcome, await journal.places(), await journal.places(2))
    assert tuple(entry(seq, f"o{seq}").line for seq in (1, 2, 3)) == await journal.read()


async def a_damaged_row_is_replaced_and_its_bytes_are_kept(device: Device) -> None:
    """Evidence and mending come together, or not at all."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.journal.append((entry(1, "o1"),), owner, None)

    outcome = await ports.journal.put_back((Mended(entry(1, "o9"), entry(1, "o1").line),), owner, {"damaged-1": "aXY="})

    assert (Appended(), (entry(1, "o9").line,)) == (outcome, await ports.journal.read())
    assert {"damaged-1": "aXY="} == dict(await ports.local.read())


async def nothing_is_put_over_what_was_not_seen(device: Device) -> None:
    """A sale that was written meanwhile, or other bytes than those that were judged, must not be lost."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.journal.append((entry(1, "o1"), entry(2, "o2", "DS01A2627-00001")), owner, None)
    lines = await ports.journal.read()

    outcomes = [
        await ports.journal.put_back(mended, owner, {"damaged-1": "aXY="})
        for mended in (
            (Mended(entry(3, "o3")), Mended(entry(1, "o9"))),
            (Mended(entry(3, "o3")), Mended(entry(1, "o9"), b"other bytes")),
            (Mended(entry(3, "o3")), Mended(entry(4, "o1"))),
            (Mended(entry(3, "o3", "DS01A2627-00001")),),
        )
    ]

    assert [True] * 4 == [isinstance(outcome, Taken) for outcome in outcomes]
    assert (lines, {}) == (await ports.journal.read(), dict(await ports.local.read()))


async def who_was_taken_over_puts_nothing_back(device: Device) -> None:
    """The tab that holds the register now has read the journal already."""
    ports = device.ports
    old = await ports.journal.take_over()
    await ports.journal.take_over()

    assert Fenced() == await ports.journal.put_back((Mended(entry(1, "o1")),), old, {"damaged-1": "aXY="})
    assert ((), {}) == (await ports.journal.places(), dict(await ports.local.read()))


PUT_BACK_CONTRACT = (
    what_was_lost_is_put_back,
    a_damaged_row_is_replaced_and_its_bytes_are_kept,
    nothing_is_put_over_what_was_not_seen,
    who_was_taken_over_puts_nothing_back,
)
