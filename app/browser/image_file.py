"""Where the catalogue's image lies unpacked: a file of the origin private file system, under the name of its hash.

IndexedDB took ten times as long to give it back. The file is there before the record that names it, and what no
record names any more is removed; it can be fetched again, so nothing is lost with it.
"""

from itertools import count
from typing import Any

import js
from pyodide.ffi import JsException
from pyodide_js import FS

from app.browser.store import FULL, StoreFailed, record
from app.catalogue.stored import StoredImage, checksum_of, remove

FOLDER = "Catalogue"
GONE = "/gone"
"""No file: whoever opens it hears that the image is not there."""
NO_FILES = (JsException, AttributeError)
"""What comes of a browser that refuses a file, or knows no such files at all."""
_numbers = count(1)


async def laid_down(sha256: str) -> str:
    """Lay a copy of an image into the memory of this worker, outside of Python's own; return its path."""
    try:
        file = await (await _folder()).getFileHandle(sha256)
        data = await _read(file)
    except NO_FILES:
        return GONE
    path = f"/image-{next(_numbers)}.sqlite"
    FS.writeFile(path, data, record(canOwn=True))
    return path


async def put_away(image: StoredImage) -> bool:
    """Keep the file of an image, and read it back before it is relied upon.

    False where the browser has no place for files, or does not give them back. Raises StoreFailed without room.
    Not by a handle that writes at once: Chromium 156 forgets what that wrote, and once such a file is removed it counts
    four gigabytes as used, which no later start takes back.
    """
    try:
        file = await (await _folder()).getFileHandle(image.sha256, record(create=True))
        writing = await file.createWritable()
        await writing.write(FS.readFile(image.file))
        await writing.close()
    except NO_FILES as error:
        if isinstance(error, JsException) and error.name in FULL:
            raise StoreFailed(str(error.name), str(error.message)) from error
        return False
    copy = await laid_down(image.sha256)
    whole = copy != GONE and checksum_of(copy) == image.checksum
    remove(copy)
    return whole


async def keep_alone(sha256: str) -> None:
    """Remove every image but one; what is being read is removed the next time."""
    try:
        folder = await _folder()
        for name in (await js.Array.fromAsync(folder.keys())).to_py():
            if name != sha256:
                await folder.removeEntry(name)
    except NO_FILES:
        return  # it takes room, and does no harm


async def _folder() -> Any:
    return await (await js.navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, record(create=True))


async def _read(file: Any) -> Any:
    """Read a file whole: past the browser's own process, where the browser lets several read at a time."""
    try:
        access = await file.createSyncAccessHandle(record(mode="read-only"))
    except NO_FILES:
        return js.Uint8Array.new(await (await file.getFile()).arrayBuffer())
    try:
        data = js.Uint8Array.new(access.getSize())
        access.read(data)
    finally:
        access.close()
    return data
