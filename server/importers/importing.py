"""Imports a product file: read it, get its pictures, store what is new or different."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from server.importers.formats import read_products
from server.importers.pictures import Beside, Pictures, open_album
from server.importers.reading import Stocked, Unreadable
from server.importers.report import Report
from server.importers.storing import store

Write = Callable[[], AbstractContextManager[Session]]


def run(path: Path, write: Write, folder: Path, *, pictures: Path | None = None, recount: bool = False) -> Report:
    """Import a file; `pictures` is a folder or tar of them, `recount` lets the file overrule the books' stock."""
    reading = read_products(path)
    if isinstance(reading, Unreadable):
        return Report(failure=reading.why)
    album = open_album(pictures) if pictures else Beside(path.parent)
    if isinstance(album, Unreadable):
        return Report(failure=album.why)
    # before the writer's lock is taken: fetching may last minutes, and tills are being served
    folder.mkdir(parents=True, exist_ok=True)
    maker = Pictures(folder, album)
    pictured = tuple(_pictured(stocked, maker) for stocked in reading.products)
    with write() as session:
        stored = store(session, pictured, recount=recount, file=path.name)
    return Report(reading=reading, stored=stored, pictures=maker.made, pictures_failed=dict(maker.failed))


def _pictured(stocked: Stocked, maker: Pictures) -> Stocked:
    if not stocked.picture:
        return stocked
    product = stocked.product.model_copy(update={"picture": maker.take(stocked.picture)})
    return replace(stocked, product=product)
