"""A store whose app is published anew again and again, for registers that are updated while they sell."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

from e2e.store import ROOT, Store
from server.dist.make import write_service_worker

IN_STOCK = """
    SELECT barcode FROM variants JOIN stock ON stock.variant_id = variants.id
    JOIN records ON records.dataset = 'products' AND records.id = variants.product_id
    WHERE barcode IS NOT NULL AND quantity >= 50000 AND records.value LIKE '%"weighed":false%' ORDER BY barcode
"""
"""Things that come in pieces, of which there are fifty at least."""
EXTRA = 500_000
"""Bytes that only one version has, so that an update has something to fetch."""


class Site:
    """The store, its server, and the folder that it serves."""

    def __init__(self, place: Path) -> None:
        self.dist = Path(shutil.copytree(ROOT / "dist", place / "dist"))
        self._page = (self.dist / "index.html").read_text("utf-8")
        self._versions = 0
        self.publishes()
        self.store = Store(data=place / "data", dist=self.dist).opens()

    def codes(self) -> list[str]:
        """What can be sold again and again without a question: barcodes."""
        return codes_of(self.store.data)

    def publishes(self) -> None:
        """Put another version up: another page, one file more, and the service worker that lists both."""
        self._versions += 1
        for older in (self.dist / "assets").glob("version.*"):
            older.unlink()
        extra = f"{self._versions} ".encode() * EXTRA
        (self.dist / "assets" / f"version.{self._versions}.txt").write_bytes(extra[:EXTRA])
        (self.dist / "index.html").write_text(f"{self._page}<!-- version {self._versions} -->\n", "utf-8")
        write_service_worker(self.dist, ROOT / "public")
        for name in ("index.html", "service-worker.js"):
            for twin in self.dist.glob(f"{name}.*"):
                twin.unlink()


def codes_of(data: Path) -> list[str]:
    """What a store has plenty of, and sells in pieces: barcodes."""
    with contextlib.closing(sqlite3.connect(data / "store-os.db")) as database:
        return [str(code) for (code,) in database.execute(IN_STOCK)]
