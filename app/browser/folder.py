"""The folder that a person chose once, and the browser's own: write-once files through the File System Access API.

Whoever is asked has a name here until the answer is there: a handle that is collected meanwhile never answers, and
whoever waits for it waits for ever (Chromium 156).
"""

from typing import Any

import js
from pyodide.ffi import JsException, to_js

from app.browser.store import Database, record
from app.sync.status import FolderState
from app.till.ports import FolderFailed, Written

HANDLE = "folder"
LOST = "lost"
"""The folder of a register that is lost, chosen to be read."""
PERMISSIONS = {"granted": FolderState.OK, "prompt": FolderState.PROMPT}
MISSING = frozenset({"NotFoundError", "TypeMismatchError"})
"""What the browser says of a name that is not there, or is a folder where a file is wanted and the other way round."""
NOT_CHOSEN = FolderFailed(FolderState.NONE, "No folder has been chosen.")
SPARE = "Spare"
"""How the spare place is called in the origin private file system."""


class Folder:
    def __init__(self, database: Database, handle: str = HANDLE) -> None:
        self._database = database
        self._handle = handle
        self._root: Any = None
        self._known: dict[tuple[str, ...], Any] = {}
        """Folders below the root that were found before: each step down costs as much as writing a file."""

    async def state(self) -> tuple[FolderState, str]:
        root = await self._look()
        if root is None:
            return FolderState.NONE, ""
        state = PERMISSIONS.get(str(await root.queryPermission(record(mode="readwrite"))), FolderState.LOST)
        if state is FolderState.OK:
            try:
                await _is_there(root)
            except JsException as error:
                state = _failed(error).state
        return state, str(root.name)

    async def write(self, path: tuple[str, ...], line: bytes) -> Written | FolderFailed:
        root = self._root or await self._look()
        if root is None:
            return NOT_CHOSEN
        try:
            folder = self._known.get(path[:-1]) or await _descend(root, path[:-1], create=True)
            self._known[path[:-1]] = folder
            return await _write(folder, path[-1], line)
        except JsException as error:
            self._root, self._known = None, {}
            return _failed(error)

    async def read(self, path: tuple[str, ...]) -> bytes | FolderFailed:
        root = self._root or await self._look()
        if root is None:
            return NOT_CHOSEN
        try:
            folder = self._known.get(path[:-1]) or await _descend(root, path[:-1], create=False)
            self._known[path[:-1]] = folder
            handle = await folder.getFileHandle(path[-1])
            there = await handle.getFile()
            return bytes((await there.arrayBuffer()).to_bytes())
        except JsException as error:
            self._root, self._known = None, {}
            return await _unread(root, path[-1], error)

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        root = await self._look()
        if root is None:
            return NOT_CHOSEN
        try:
            await _is_there(root)  # tells a folder that is gone from one that lacks this path
        except JsException as error:
            return _failed(error)
        try:
            folder = await _descend(root, path, create=False)
            return frozenset((await js.Array.fromAsync(folder.keys())).to_py())
        except JsException as error:
            return frozenset() if error.name in MISSING else _failed(error)

    async def _look(self) -> Any:
        """Read the handle again: the page may have stored another one meanwhile."""
        item = await self._database.get("handles", self._handle)
        self._root, self._known = (item.handle if item else None), {}
        return self._root


class SpareFolder(Folder):
    """The spare place: a folder that the browser keeps for this origin, in other files than those of IndexedDB."""

    async def remove(self, path: tuple[str, ...]) -> FolderFailed | None:
        root = self._root or await self._look()
        if root is None:
            return NOT_CHOSEN
        try:
            folder = await _descend(root, path[:-1], create=False)
            await folder.removeEntry(path[-1])
        except JsException as error:
            self._root, self._known = None, {}
            return None if error.name in MISSING else _failed(error)
        return None

    async def _look(self) -> Any:
        """Find it, or make it; a browser that has none to give is like a folder that nobody chose."""
        try:
            root = await js.navigator.storage.getDirectory()
            self._root = await root.getDirectoryHandle(SPARE, record(create=True))
        except JsException:
            self._root = None
        self._known = {}
        return self._root


async def _is_there(root: Any) -> None:
    """Ask a folder for the first name in it; what the browser says where it is gone is raised."""
    names = root.keys()
    await names.next()


async def _descend(folder: Any, path: tuple[str, ...], *, create: bool) -> Any:
    for name in path:
        folder = await folder.getDirectoryHandle(name, record(create=create))
    return folder


async def _write(folder: Any, name: str, line: bytes) -> Written | FolderFailed:
    handle = await folder.getFileHandle(name, record(create=True))
    # Empty is what a crash leaves between making a file and closing it: only then, or when it is new, we write.
    there = await handle.getFile()
    if there.size == len(line) and (await there.arrayBuffer()).to_bytes() == line:
        return Written()
    if there.size:
        return FolderFailed(FolderState.OK, f"{name} in the folder holds something else; it was left as it is.")
    stream = await handle.createWritable()
    await js.Promise.all(to_js([stream.write(to_js(line)), stream.close()]))  # what fails first is raised
    return Written()


async def _unread(root: Any, name: str, error: Any) -> FolderFailed:
    """Tell a file that is not there, or that the disk does not give, from a folder that is gone."""
    try:
        await _is_there(root)
    except JsException as gone:
        return _failed(gone)
    why = "is not in the folder" if error.name in MISSING else f"cannot be read: {error.message}"
    return FolderFailed(FolderState.OK, f"{name} {why}")


def _failed(error: Any) -> FolderFailed:
    state = FolderState.PROMPT if error.name == "NotAllowedError" else FolderState.LOST
    return FolderFailed(state, str(error.message))
