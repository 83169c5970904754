"""The open catalogue and the sales of this register that it does not know yet: tiles with what may still be sold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from app.catalogue.changes import apply, revision_of
from app.catalogue.image import BadImage, Catalogue
from app.catalogue.search import LabelFound, NotFound, SeveralFound, find_code, search
from app.catalogue.stored import StoredImage, open_stored
from app.domain.product import Product
from app.sync.balances import BOOKED
from app.sync.bodies import Body, Sale, given_back
from app.sync.protocol import Change, Dataset, StockRow, Verdict
from app.till.events import CodeFound, CodeShared, CodeUnknown
from app.till.state import CatalogueInfo, Kept, Tile

NOT_YET = "The catalogue is still being loaded. The cart is as it was. Wait a moment, then try again."


class Library:
    """Answers every question about products; a new catalogue takes the old one's place in one step."""

    def __init__(self) -> None:
        self.sha256 = ""
        self._catalogue: Catalogue | None = None
        self._generation = 0
        self._sold: dict[str, list[tuple[Kept, Decimal]]] = {}
        """By variant: in which entry, and how many."""
        self.verdicts: Mapping[str, Verdict] = {}
        """What the OMS has said, by digest."""
        self._counted: set[str] = set()
        """Digests of the entries that are in it."""

    def open(self, stored: StoredImage, changes: Sequence[Change]) -> CatalogueInfo | BadImage:
        """Open another image and bring it up to date; a bad one leaves the one in use as it is."""
        opened = open_stored(stored)
        if isinstance(opened, BadImage):
            return opened
        apply(opened, changes)
        old, self._catalogue, self.sha256 = self._catalogue, opened, stored.sha256
        if old is not None:
            old.close()
        return self._info(opened)

    def update(self, changes: Sequence[Change]) -> CatalogueInfo | None:
        """Apply what changed to the catalogue in use."""
        if self._catalogue is None:
            return None
        apply(self._catalogue, changes)
        return self._info(self._catalogue)

    def sell(self, entries: Iterable[Kept]) -> None:
        """Count sales and returns of this register, until the stock that is here includes them."""
        for kept in entries:
            if kept.digest in self._counted:
                continue
            self._counted.add(kept.digest)
            for variant_id, quantity in _moved(kept.body):
                self._sold.setdefault(variant_id, []).append((kept, quantity))

    def available(self, variant_id: str) -> Decimal | None:
        """How many may still be sold; None where nobody counts them."""
        if self._catalogue is None:
            return None
        if not (sold := self._sold.get(variant_id)):
            return self._catalogue.quantity(variant_id)
        if (row := self._catalogue.stock(variant_id)) is None:
            return None
        revision = revision_of(self._catalogue, Dataset.STOCK, variant_id)
        beside = (count for kept, count in sold if not _included(kept, self.verdicts.get(kept.digest), row, revision))
        return row.quantity - sum(beside, Decimal(0))

    def search(self, text: str, category: str) -> tuple[Tile, ...]:
        if self._catalogue is None:
            return ()
        return tuple(self._tile(product) for product in search(self._catalogue, text, category or None))

    def product(self, product_id: str) -> Tile | None:
        product = self._catalogue.product(product_id) if self._catalogue else None
        return self._tile(product) if product else None

    def price(self, variant_id: str) -> int | None:
        """What a variant costs now, minor units; None where it is gone, or has no price."""
        product = self._catalogue.product_of(variant_id) if self._catalogue else None
        return product.variant(variant_id).price if product else None

    def code(self, code: str) -> CodeFound | CodeShared | CodeUnknown:
        """Say which variant a scanned or typed code means, and how much of it where the code tells."""
        if self._catalogue is None:
            return CodeUnknown(code, NOT_YET)
        found = find_code(self._catalogue, code)
        if isinstance(found, NotFound):
            return CodeUnknown(code, found.why)
        if isinstance(found, SeveralFound):
            return CodeShared(code, tuple(self._tile(product) for product in found.products))
        quantity = found.quantity if isinstance(found, LabelFound) else None
        return CodeFound(self._tile(found.product), found.variant.id, quantity)

    def goods(self, code: str) -> frozenset[str]:
        """Every variant that a code may mean; none where nothing bears it."""
        found = self.code(code)
        if isinstance(found, CodeFound):
            return frozenset({found.variant_id})
        tiles = found.tiles if isinstance(found, CodeShared) else ()
        return frozenset(variant.id for tile in tiles for variant in tile.product.variants)

    def _tile(self, product: Product) -> Tile:
        counts = {variant.id: self.available(variant.id) for variant in product.variants}
        return Tile(product, {variant_id: count for variant_id, count in counts.items() if count is not None})

    def _info(self, catalogue: Catalogue) -> CatalogueInfo:
        self._generation += 1
        return CatalogueInfo(
            products=catalogue.count(),
            categories=tuple((category.name, category.count) for category in catalogue.categories()),
            rates=catalogue.rates(),
            made_at=catalogue.made_at,
            generation=self._generation,
            version=self.sha256[:12],
        )


def _included(kept: Kept, verdict: Verdict | None, row: StockRow, revision: int) -> bool:
    """Whether a stock row of a revision has an entry in its count: entries arrive in any order, refused ones again.

    Where the verdict names no revision (an older OMS gave it), the row's highest place of the register has to do.
    """
    if verdict is None or verdict.kind not in BOOKED:
        return False
    if verdict.revision:
        return verdict.revision <= revision
    return kept.header.seq <= row.included.get(kept.header.register, 0)


def _moved(body: Body | None) -> Iterator[tuple[str, Decimal]]:
    """What an entry took from the shelf, by variant; what came back in good order is negative."""
    if isinstance(body, Sale):
        yield from ((line.variant_id, line.quantity) for line in body.order.lines)
    elif (back := given_back(body)) is not None:
        yield from ((line.variant_id, -line.quantity) for line in back.restocked)
