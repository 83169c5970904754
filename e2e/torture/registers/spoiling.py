"""Ways to spoil what is kept: one changed byte, half a file, nothing at all, the wrong thing in a place."""

from collections.abc import Callable, MutableMapping
from pathlib import Path
from random import Random

Files = MutableMapping[Path, bytes | None]
"""What lies where; None stands for nothing."""
Way = Callable[[Files, Path, Random], None]


def one_byte(files: Files, path: Path, dice: Random) -> None:
    files[path] = changed(files[path] or b"", dice)


def changed(content: bytes, dice: Random) -> bytes:
    """The same bytes but for one, which is another."""
    at = dice.randrange(len(content))
    return content[:at] + bytes([(content[at] + dice.randint(1, 255)) % 256]) + content[at + 1 :]


def cut(files: Files, path: Path, dice: Random) -> None:
    content = files[path] or b""
    files[path] = content[: dice.randrange(len(content))]


def zeroed(files: Files, path: Path, dice: Random) -> None:
    """What a file system leaves that knew the length, and lost the content."""
    files[path] = bytes(len(files[path] or b""))


def removed(files: Files, path: Path, _: Random) -> None:
    files[path] = None


def half_written(files: Files, path: Path, dice: Random) -> None:
    """The browser died before the file was closed: its part is there, under another name."""
    content = files[path] or b""
    files[path], files[path.with_name(path.name + ".crswap")] = None, content[: dice.randrange(len(content))]


def swapped(files: Files, path: Path, dice: Random) -> None:
    other = dice.choice([each for each in files if each != path])
    files[path], files[other] = files[other], files[path]


def renamed(files: Files, path: Path, _: Random) -> None:
    """It stands under the number of the next entry."""
    seq, rest = path.name.split("-", 1)
    files[path.with_name(f"{int(seq) + 1:06d}-{rest}")], files[path] = files[path], None


def doubled(files: Files, path: Path, _: Random) -> None:
    """A copy of it lies on another day."""
    files[path.parent.with_name("2020-01-01") / path.name] = files[path]


WAYS: dict[str, Way] = {
    "cut": cut,
    "zeroed": zeroed,
    "removed": removed,
    "half written": half_written,
    "swapped": swapped,
    "renamed": renamed,
    "doubled": doubled,
}
"""Beside the one byte, which is done a thousand times."""
