"""Keeps the catalogue's image: made ahead of the registers that ask for it, named by its hash, written whole.

A register that asks gets the image that is there; a stale one only means more changes after it. A keeper thread
makes a new one when enough has changed, so that no till waits for it.
"""

import gzip
import logging
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue.image import FORMAT, Stocked, build
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import API, Dataset, ImageOffer
from server.oms.database import Database
from server.oms.files import write_whole
from server.oms.postgresql import IMAGES
from server.oms.records import read_all
from server.oms.revisions import current
from server.oms.stock import stock_row
from server.oms.tables import Record, Stock, VariantRow
from server.oms.times import now

log = logging.getLogger("store_os.images")
STALE_AFTER = 500
"""Changes of products and rates since an image that make a new one worth its while."""
COUNTS = 10
"""So many counts of stock weigh as much: sales move them all day, every register would load each new image whole."""
LOOK_EVERY = 2.0
"""Seconds between two looks of the keeper."""
LEVEL = 6
"""Of gzip: beyond it an image takes longer to make and is hardly smaller."""
KEPT = 3
"""Images that stay on disk: a download of the one before may still be under way."""
CURRENT = "current.json"
"""The file that names the newest image."""
IN_IMAGE = (Dataset.PRODUCTS.value, Dataset.RATES.value)


class Images:
    """The image that registers are offered, and its successor when it has grown old."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._building = threading.Lock()
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="images", daemon=True)
        folder.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Have an image before the first register asks, then look after it."""
        present = self._current()
        if present is not None and not self._whole(present):
            log.error("the catalogue's image %s is damaged on the disk, and is made anew", present.sha256)
            self.forget()
        self.refresh()
        self._keeper.start()

    def stop(self) -> None:
        self._stop.set()
        if self._keeper.is_alive():
            self._keeper.join()

    def offer(self) -> ImageOffer:
        """Return the image to download now."""
        return self._current() or self.refresh()

    def path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.sqlite.gz"

    def forget(self) -> None:
        """Offer none that was made before a restore."""
        self._offer_file().unlink(missing_ok=True)

    def refresh(self) -> ImageOffer:
        """Make a new image if there is none or the one that is there is stale."""
        with self._building, self._database.read() as session:
            present = self._current()
            if present is not None and not self._stale(session, present):
                return present
            if present is not None and not self._database.alone(session, IMAGES):
                return present  # another server is at it
            made = self._current()
            # Judged by a later moment than this session sees: whatever another server has just made is new enough.
            return made if made is not None and made != present else self._make(session)

    def _keep(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            try:
                self.refresh()
            except Exception:
                # The old image keeps serving; the next look tries again.
                log.exception("the catalogue's image could not be made")

    def _offer_file(self) -> Path:
        return self._folder / CURRENT

    def _current(self) -> ImageOffer | None:
        try:
            offer = ImageOffer.model_validate_json(self._offer_file().read_text())
        except (FileNotFoundError, ValidationError):
            return None
        return offer if offer.format == FORMAT and self.path(offer.sha256).exists() else None

    def _whole(self, offer: ImageOffer) -> bool:
        """Registers compare what they were served with its name, and would fetch a damaged one for nothing."""
        return sha256(self.path(offer.sha256).read_bytes()).hexdigest() == offer.sha256

    def _stale(self, session: Session, offer: ImageOffer) -> bool:
        if offer.cursor > current(session):
            return True  # of a database that was there before a restore
        # The datasets are no condition: SQLite would look them up, and walk through every product that there is.
        in_image = func.count().filter(Record.dataset.in_(IN_IMAGE))
        records = session.scalar(select(in_image).where(Record.revision > offer.cursor)) or 0
        stock = session.scalar(select(func.count()).select_from(Stock).where(Stock.revision > offer.cursor)) or 0
        return COUNTS * records + stock > COUNTS * STALE_AFTER

    def _make(self, session: Session) -> ImageOffer:
        cursor, made_at = current(session), now()
        rates = read_all(session, Dataset.RATES, TaxRate)
        packed = gzip.compress(build(_stocked(session), rates, cursor, made_at), LEVEL, mtime=0)
        digest = sha256(packed).hexdigest()
        offer = ImageOffer(
            url=f"{API}/images/{digest}",
            bytes=len(packed),
            sha256=digest,
            format=FORMAT,
            cursor=cursor,
            made_at=made_at,
        )
        write_whole(self.path(digest), packed)
        write_whole(self._offer_file(), offer.model_dump_json().encode())
        self._drop_old(digest)
        return offer

    def _drop_old(self, newest: str) -> None:
        files = sorted(self._folder.glob("*.sqlite.gz"), key=_age, reverse=True)
        for old in [file for file in files if file != self.path(newest)][KEPT - 1 :]:
            old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another server has just dropped it
        return 0


def _stocked(session: Session) -> Iterator[Stocked]:
    """Products in the order of what sells best, then of their ids (imports number them as they come)."""
    stock = {row.variant_id: stock_row(row) for row in session.scalars(select(Stock))}
    sold = func.coalesce(func.sum(VariantRow.sold), 0)
    query = (
        select(Record.value)
        .outerjoin(VariantRow, VariantRow.product_id == Record.id)
        .where(Record.dataset == Dataset.PRODUCTS.value, Record.gone.is_(False))
        .group_by(Record.id, Record.value, Record.dataset)
        .order_by(sold.desc(), Record.id)
    )
    for text in session.scalars(query):
        product = Product.model_validate_json(text)
        yield Stocked(product, tuple(stock[each.id] for each in product.variants if each.id in stock))
