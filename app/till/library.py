"""The open catalogue and the sales of this register that it does not know yet: tiles with what may still be sold."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from sqlite3 import DatabaseError
from typing import TypeVar

from app.catalogue.changes import apply, revision_of
from app.catalogue.image import BadImage, Catalogue, damaged
from app.catalogue.search import LabelFound, NotFound, SeveralFound, find_code, search
from app.catalogue.stored import CHANGED, StoredImage, is_damage, open_stored
from app.domain.product import Product
from app.sync.balances import BOOKED
from app.sync.bodies import Body, Sale, given_back
from app.sync.protocol import Change, Dataset, StockRow, Verdict
from app.till.effects import (
    CheckPrices,
    CheckStock,
    FindCode,
    FindGoods,
    ProductQuestion,
    Search,
    SeekQuick,
    ShowProduct,
    ShowQuick,
)
from app.till.events import (
    CatalogueDamaged,
    CodeFound,
    CodeShared,
    CodeUnknown,
    Event,
    Found,
    GoodsFound,
    PricesChecked,
    ProductShown,
    QuickFound,
    QuickShown,
    StockChecked,
)
from app.till.state import CatalogueInfo, Kept, Tile

NOT_YET = "The catalogue is still being loaded. The cart is as it was. Wait a moment, then try again."
GONE = "This product is not in the catalogue any more. The cart is as it was. Search again."
PART_DAMAGED = BadImage(
    "Part of the catalogue on this device is damaged, so this was not found. Sales and the cart are safe. "
    "The catalogue is fetched again as soon as the internet is there; other products can be sold meanwhile."
)
Told = TypeVar("Told")


class Library:
    """Answers every question about products; a new catalogue takes the old one's place in one step."""

    def __init__(self) -> None:
        self.sha256 = ""
        self.distrusted = False
        """Whether a damaged page was met in the image that is in use: the same one may come again, mended."""
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
        seen = _unless_damaged(lambda: self._brought_up(opened, changes, stored.sha256))
        if seen is None:
            opened.close()
            return damaged(CHANGED)
        old, self._catalogue, self.sha256, self.distrusted = self._catalogue, opened, stored.sha256, False
        if old is not None:
            old.close()
        return seen

    def update(self, changes: Sequence[Change]) -> CatalogueInfo | BadImage | None:
        """Apply what changed to the catalogue in use."""
        if (catalogue := self._catalogue) is None:
            return None
        seen = _unless_damaged(lambda: self._brought_up(catalogue, changes, self.sha256))
        self.distrusted |= seen is None
        return seen or PART_DAMAGED

    def answer(self, question: ProductQuestion) -> Event:
        """Answer a question about products; where a page of the catalogue that it needs is damaged, say that."""
        answer = _unless_damaged(lambda: self._answer(question))
        self.distrusted |= answer is None
        return answer or CatalogueDamaged(PART_DAMAGED.why)

    def _answer(self, question: ProductQuestion) -> Event:
        match question:
            case Search(text, category, asked):
                return Found(asked, self.search(text, category))
            case FindCode(code):
                return self.code(code)
            case ShowProduct(product_id):
                tile = self.product(product_id)
                return ProductShown(tile) if tile else CodeUnknown(product_id, GONE)
            case CheckStock(variant_id, wanted, line_index):
                return StockChecked(variant_id, wanted, self.available(variant_id), line_index)
            case CheckPrices(variant_ids):
                return PricesChecked({each: self.price(each) for each in variant_ids})
            case ShowQuick(product_ids):
                tiles = (self.product(each) for each in product_ids)
                return QuickShown(tuple(tile for tile in tiles if tile))
            case SeekQuick(text):
                return QuickFound(text, self.search(text, ""))
            case FindGoods(code):
                return GoodsFound(code, self.goods(code))

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

    def _brought_up(self, catalogue: Catalogue, changes: Sequence[Change], sha256: str) -> CatalogueInfo:
        apply(catalogue, changes)
        self._generation += 1
        return CatalogueInfo(
            products=catalogue.count(),
            categories=tuple((category.name, category.count) for category in catalogue.categories()),
            rates=catalogue.rates(),
            made_at=catalogue.made_at,
            generation=self._generation,
            version=sha256[:12],
        )


def _unless_damaged(ask: Callable[[], Told]) -> Told | None:
    try:
        return ask()
    except DatabaseError as error:
        if is_damage(error):
            return None
        raise


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
