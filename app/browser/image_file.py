"""Where the catalogue's image lies unpacked: a file of the origin private file system, under the name of its hash.

IndexedDB took ten times as long to give it back. It is read where it lies, page by page as questions need them, and
each page is compared with what it was (public/paged.mjs). The file is there before the record that names it, and what
no record names any more is removed; it can be fetched again, so nothing is lost with it.
"""

from itertools import count
from typing import Any

import js
from paged import lay, sumsOf
from pyodide.ffi import JsException
from pyodide_js import FS

from app.browser.store import FULL, StoreFailed, record
from app.catalogue.stored import StoredImage, is_whole, remove

FOLDER = "Catalogue"
GONE = "/gone"
"""No file: whoever opens it hears that the image is not there."""
NO_FILES = (JsException, AttributeError)
"""What comes of a browser that refuses a file, or knows no such files at all."""
_numbers = count(1)


async def laid_down(sha256: str, sums: Any) -> str:
    """Lay an image before this worker, to be read where it lies; return its path. Removing that closes the file."""
    try:
        folder = await _folder()
        file = await folder.getFileHandle(sha256)
        access = await file.createSyncAccessHandle(record(mode="read-only"))  # both workers have it open
    except NO_FILES:
        return GONE
    return str(lay(FS, f"image-{next(_numbers)}.sqlite", access, sums))


async def put_away(image: StoredImage) -> Any | None:
    """Keep the file of an image, read it back before it is relied upon, and return the sums of its pages.

    None where the browser has no place for files, does not give them back, or somebody has just this one open. Raises
    StoreFailed without room. Not by a handle that writes at once: Chromium 156 forgets what that wrote, and once such a
    file is removed it counts four gigabytes as used, which no later start takes back.
    """
    data = FS.readFile(image.file)
    try:
        folder = await _folder()
        file = await folder.getFileHandle(image.sha256, record(create=True))
        writing = await file.createWritable()
        await writing.write(data)
        await writing.close()
    except NO_FILES as error:
        if isinstance(error, JsException) and error.name in FULL:
            raise StoreFailed(str(error.name), str(error.message)) from error
        return None
    sums = sumsOf(data)
    copy = await laid_down(image.sha256, sums)
    whole = copy != GONE and is_whole(copy, image.checksum)
    remove(copy)
    return sums if whole else None


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
    root = await js.navigator.storage.getDirectory()  # what is asked has a name until it answers, as in folder.py
    return await root.getDirectoryHandle(FOLDER, record(create=True))
