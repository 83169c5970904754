"""The promises of the folder that a person chose: written once, read back byte for byte, and no fault is a crash."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Protocol

from app.sync.status import FolderState
from app.till.ports import FolderFailed, Ports, Written


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def ports(self) -> Ports: ...

    async def choose_folder(self) -> None:
        """Let a person choose a folder."""


Check = Callable[[Device], Coroutine[Any, Any, None]]


async def no_folder_is_a_state(device: Device) -> None:
    """A register that was never given a folder sells all the same."""
    folder = device.ports.folder

    written = await folder.write(("DS01-R1", "a.json"), b"line")
    assert (FolderState.NONE, "") == await folder.state()
    read = await folder.read(("DS01-R1", "a.json"))

    assert isinstance(written, FolderFailed)
    assert isinstance(read, FolderFailed)
    assert (FolderState.NONE, FolderState.NONE) == (written.state, read.state)


async def a_file_is_written_once(device: Device) -> None:
    """What is in the folder is evidence: nobody writes over it, not even we."""
    await device.choose_folder()
    folder = device.ports.folder
    path = ("DS01-R1", "journal", "2026-11-21", "000001-sale-o1.json")

    again = [await folder.write(path, b"line"), await folder.write(path, b"line")]
    other = await folder.write(path, b"other")

    assert [Written(), Written()] == again
    assert (True, b"line") == (isinstance(other, FolderFailed) and other.works, await folder.read(path))
    assert FolderState.OK == (await folder.state())[0]


async def a_file_that_is_empty_is_written(device: Device) -> None:
    """A crash between making a file and closing it leaves an empty one: that is no evidence of anything."""
    await device.choose_folder()
    folder = device.ports.folder
    await folder.write(("DS01-R1", "a.json"), b"")

    assert (Written(), b"line") == (
        await folder.write(("DS01-R1", "a.json"), b"line"),
        await folder.read(("DS01-R1", "a.json")),
    )


async def names_are_those_below_a_path(device: Device) -> None:
    """What is missing in the folder is told from its names."""
    await device.choose_folder()
    folder = device.ports.folder
    await folder.write(("DS01-R1", "journal", "2026-11-21", "a.json"), b"a")
    await folder.write(("DS01-R1", "journal", "2026-11-22", "b.json"), b"b")

    assert frozenset({"2026-11-21", "2026-11-22"}) == await folder.names(("DS01-R1", "journal"))
    assert frozenset({"a.json"}) == await folder.names(("DS01-R1", "journal", "2026-11-21"))
    assert frozenset({"DS01-R1"}) == await folder.names(())
    assert frozenset() == await folder.names(("DS01-R1", "journal", "2026-11-23"))
    assert frozenset() == await folder.names(("DS01-R1", "journal", "2026-11-21", "a.json"))


async def a_file_is_read_back_byte_for_byte(device: Device) -> None:
    """What is put back from the folder has to be what was written: one other byte breaks the chain."""
    await device.choose_folder()
    folder = device.ports.folder
    content = bytes(range(256)) * 9
    await folder.write(("DS01-R1", "a.json"), content)

    assert content == await folder.read(("DS01-R1", "a.json"))


async def a_file_that_is_not_there_is_no_lost_folder(device: Device) -> None:
    """One file that somebody deleted must not look like a folder that is gone."""
    await device.choose_folder()
    folder = device.ports.folder
    await folder.write(("DS01-R1", "journal", "a.json"), b"a")

    missing = [("DS01-R1", "b.json"), ("DS02-R1", "journal", "a.json"), ("DS01-R1", "journal")]
    found = [await folder.read(path) for path in missing]

    assert [True] * 3 == [isinstance(each, FolderFailed) and each.works for each in found]


async def several_files_that_are_not_there_are_no_trouble(device: Device) -> None:
    """The folder is mended beside the sales: what one finds out must not take the ground from another."""
    await device.choose_folder()
    folder = device.ports.folder
    await folder.write(("DS01-R1", "a.json"), b"a")

    missing = [("DS01-R1", "b.json"), ("DS02-R1", "a.json"), ("DS01-R1", "c.json"), ("DS03-R1", "a.json")]
    found = await asyncio.gather(*(folder.read(path) for path in missing))

    assert [True] * 4 == [isinstance(each, FolderFailed) and each.works for each in found]
    assert b"a" == await folder.read(("DS01-R1", "a.json"))


@dataclass(frozen=True)
class Spared:
    """A device whose folder is its spare place: nobody has to choose that."""

    device: Device

    @property
    def ports(self) -> Ports:
        ports = self.device.ports
        return replace(ports, folder=ports.spare)

    async def choose_folder(self) -> None:
        """It is there."""


def of_the_spare_place(check: Check) -> Check:
    """The same promise, of the spare place."""

    async def checked(device: Device) -> None:
        await check(Spared(device))

    checked.__name__, checked.__doc__ = f"{check.__name__}_in_the_spare_place", check.__doc__
    return checked


async def what_is_removed_is_gone(device: Device) -> None:
    """A file that the folder has by now is removed; one that is gone already, or never was, is no trouble."""
    spare = device.ports.spare
    for name in ("a.json", "b.json"):
        await spare.write(("DS01-R1", name), b"line")

    outcomes = [await spare.remove(("DS01-R1", "a.json")) for _ in range(2)]
    outcomes += [await spare.remove(("DS02-R1", "journal", "a.json"))]

    assert [None] * 3 == outcomes
    assert frozenset({"b.json"}) == await spare.names(("DS01-R1",))
    assert Written() == await spare.write(("DS01-R1", "a.json"), b"another")
    assert b"another" == await spare.read(("DS01-R1", "a.json"))


async def the_spare_place_is_no_folder_of_anybody(device: Device) -> None:
    """It is there without a choice, and what lies in it is not in the folder."""
    await device.choose_folder()
    ports = device.ports
    await ports.spare.write(("DS01-R1", "a.json"), b"line")

    assert frozenset() == await ports.folder.names(("DS01-R1",))
    assert b"line" == await device.ports.spare.read(("DS01-R1", "a.json"))


ALIKE: tuple[Check, ...] = (
    a_file_is_written_once,
    a_file_that_is_empty_is_written,
    names_are_those_below_a_path,
    a_file_is_read_back_byte_for_byte,
    a_file_that_is_not_there_is_no_lost_folder,
    several_files_that_are_not_there_are_no_trouble,
)
FOLDER_CONTRACT: tuple[Check, ...] = (
    no_folder_is_a_state,
    *ALIKE,
    *map(of_the_spare_place, ALIKE),
    what_is_removed_is_gone,
    the_spare_place_is_no_folder_of_anybody,
)
