"""What the names in a folder say: which register, which day, which entry; no file is opened for that.

The path of an entry is made by `entry.file_path`; this is the way back.
"""

import re
from dataclasses import dataclass

from app.sync.entry import Header

JOURNAL = "journal"
"""The folder of a register that holds its days."""
GOOD = ".good.json"
"""How the good copy of a damaged file ends; what is damaged stays as it is, because it is evidence."""
_NAME = re.compile(r"(\d{6,16})-([a-z_]+)-([A-Za-z0-9_-][A-Za-z0-9._-]{0,63}?)(\.good)?\.json")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A file's name, read: the place in the journal, and the kind and id of the entry that it was written for."""

    seq: int
    kind: str
    id: str
    good: bool = False
    """Whether it is the good copy of a file that is damaged."""


def read_name(text: str) -> Name | None:
    """Read the name of an entry's file; None for whatever else lies there."""
    found = _NAME.fullmatch(text)
    return Name(int(found[1]), found[2], found[3], found[4] is not None) if found else None


def good_copy(path: tuple[str, ...]) -> tuple[str, ...]:
    """Where the good copy of a damaged file goes."""
    return (*path[:-1], path[-1].removesuffix(".json") + GOOD)


def is_day(text: str) -> bool:
    """Whether a folder is one of a day."""
    return _DAY.fullmatch(text) is not None


def folder_of(store: str, register: str) -> str:
    """How the folder of a register is called."""
    return f"{store}-{register}"


def belongs(header: Header, folder: str) -> bool:
    """Whether an entry is of the register whose folder it lies in."""
    return folder_of(header.store, header.register) == folder
