"""A folder that is not waited for longer than a customer would: a drive of a network may never answer."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from app.sync.status import FolderState
from app.till.ports import Folder, FolderFailed, SpareFolder, Written

PATIENCE = 3.0
"""Seconds that anybody waits for the folder."""
SILENT = FolderFailed(FolderState.LOST, "the folder does not answer")
Answer = TypeVar("Answer")


class PatientFolder:
    """The folder, which has failed where it does not answer."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    async def state(self) -> tuple[FolderState, str]:
        found = await _in_time(self._folder.state())
        return (found.state, "") if isinstance(found, FolderFailed) else found

    async def write(self, path: tuple[str, ...], line: bytes) -> Written | FolderFailed:
        return await _in_time(self._folder.write(path, line))

    async def read(self, path: tuple[str, ...]) -> bytes | FolderFailed:
        return await _in_time(self._folder.read(path))

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        return await _in_time(self._folder.names(path))


class PatientSpare(PatientFolder):
    """The spare place, likewise."""

    def __init__(self, place: SpareFolder) -> None:
        super().__init__(place)
        self._place = place

    async def remove(self, path: tuple[str, ...]) -> FolderFailed | None:
        return await _in_time(self._place.remove(path))


async def _in_time(answer: Coroutine[Any, Any, Answer]) -> Answer | FolderFailed:
    try:
        return await asyncio.wait_for(answer, PATIENCE)
    except TimeoutError:
        return SILENT
    except Exception as broken:  # noqa: BLE001 -- the journal has what was to be copied: its sale must not seem unsaved
        return FolderFailed(FolderState.LOST, f"the folder broke ({type(broken).__name__})")
