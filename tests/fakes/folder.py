"""A folder that a person chose: its files in memory, or in a real directory, and its faults as a test sets them."""

import asyncio
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from app.sync.status import FolderState
from app.till.ports import FolderFailed, Written


class OnDisk(MutableMapping[tuple[str, ...], bytes]):
    """The files of a real directory, as a mapping from path to content."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __getitem__(self, path: tuple[str, ...]) -> bytes:
        try:
            return self.root.joinpath(*path).read_bytes()
        except OSError as error:
            raise KeyError(path) from error

    def __setitem__(self, path: tuple[str, ...], content: bytes) -> None:
        file = self.root.joinpath(*path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def __delitem__(self, path: tuple[str, ...]) -> None:
        self.root.joinpath(*path).unlink()

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter([file.relative_to(self.root).parts for file in self.root.rglob("*") if file.is_file()])

    def __len__(self) -> int:
        return len(list(iter(self)))


@dataclass
class FakeFolder:
    """A real directory's manners: `chosen` is its name, `fault` how it fails."""

    files: MutableMapping[tuple[str, ...], bytes] = field(default_factory=dict)
    chosen: str = ""
    fault: FolderState = FolderState.OK
    silent: bool = False
    """A network drive that never answers."""

    async def state(self) -> tuple[FolderState, str]:
        return (self.fault if self.chosen else FolderState.NONE), self.chosen

    async def write(self, path: tuple[str, ...], line: bytes) -> Written | FolderFailed:
        if failed := await self._failed():
            return failed
        if not self.files.get(path):
            self.files[path] = line
        if self.files[path] != line:
            return FolderFailed(FolderState.OK, f"{path[-1]} holds something else; it was left as it is.")
        return Written()

    async def read(self, path: tuple[str, ...]) -> bytes | FolderFailed:
        if failed := await self._failed():
            return failed
        content = self.files.get(path)
        return FolderFailed(FolderState.OK, f"{path[-1]} is not in the folder") if content is None else content

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        if failed := await self._failed():
            return failed
        return frozenset(name[len(path)] for name in self.files if name[: len(path)] == path and len(name) > len(path))

    async def remove(self, path: tuple[str, ...]) -> FolderFailed | None:
        """Only of the spare place."""
        if failed := await self._failed():
            return failed
        self.files.pop(path, None)
        return None

    async def _failed(self) -> FolderFailed | None:
        if self.silent:
            await asyncio.Event().wait()
        state, _ = await self.state()
        return None if state is FolderState.OK else FolderFailed(state, "it cannot be written")
