"""What changed since an image: applied to the till's copy, folded to the newest, kept as few as needed.

Of several changes to one thing the highest revision wins, in whatever order and however often they come.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.catalogue.image import Catalogue
from app.catalogue.tables import (
    change_product,
    find_product,
    found_alike,
    put_product,
    put_rate,
    put_stock,
    take_product,
)
from app.domain.account import Account
from app.domain.customer import Customer
from app.domain.extension import Extension
from app.domain.payment import Tender
from app.domain.product import Product
from app.domain.promotion import Promotion
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.voucher import Voucher
from app.sync.protocol import (
    AccountChange,
    Change,
    CustomerChange,
    Dataset,
    ExtensionChange,
    ProductChange,
    PromotionChange,
    RateChange,
    SettingsChange,
    StaffChange,
    StockChange,
    TenderChange,
    VoucherChange,
)

IN_IMAGE = frozenset({Dataset.PRODUCTS, Dataset.STOCK, Dataset.RATES})
"""What an image holds; everything else is about people and settings and comes as changes alone."""
Key = tuple[Dataset, str]
Noun = TypeVar("Noun", Tender, StaffMember, Customer, Promotion, Extension)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many things of each kind are different now."""

    products: int = 0
    stock: int = 0
    rates: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The newest of what a register knows about people and settings."""

    tenders: tuple[Tender, ...] = ()
    """In the order in which the store shows them."""
    staff: tuple[StaffMember, ...] = ()
    customers: tuple[Customer, ...] = ()
    settings: Settings | None = None
    promotions: tuple[Promotion, ...] = ()
    extensions: tuple[Extension, ...] = ()
    customers_revision: int = 0
    """The newest change of a customer, those who are gone included."""
    vouchers: Mapping[str, Voucher] = field(default_factory=dict)
    """By code."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """House accounts by the id of their customer."""


def latest(changes: Iterable[Change]) -> dict[Key, Change]:
    """Keep the newest change of each thing."""
    newest: dict[Key, Change] = {}
    for change in changes:
        key = (change.dataset, change.id)
        if key not in newest or newest[key].revision < change.revision:
            newest[key] = change
    return newest


def apply(catalogue: Catalogue, changes: Sequence[Change]) -> Applied:
    """Bring an open catalogue up to date, whole or not at all; what it already holds is passed over."""
    counts = dict.fromkeys(IN_IMAGE, 0)
    with catalogue.db as db:
        db.execute("BEGIN")
        for change in latest(changes).values():
            if change.dataset in IN_IMAGE and change.revision > revision_of(catalogue, change.dataset, change.id):
                _apply_one(db, change)
                db.execute("REPLACE INTO applied VALUES (?, ?, ?)", (change.dataset, change.id, change.revision))
                counts[change.dataset] += 1
    return Applied(counts[Dataset.PRODUCTS], counts[Dataset.STOCK], counts[Dataset.RATES])


def compacted(pages: Iterable[Sequence[Change]], image_cursor: int) -> tuple[Change, ...]:
    """Merge stored pages to the newest change of each thing, without what an image of this cursor holds."""
    newest = latest(change for page in pages for change in page).values()
    kept = (change for change in newest if change.dataset not in IN_IMAGE or change.revision > image_cursor)
    return tuple(sorted(kept, key=lambda change: (change.revision, change.dataset, change.id)))


def people(changes: Iterable[Change]) -> Known:
    """Fold all changes into what is known now about people, settings, and what else no image holds."""
    newest = latest(changes).values()
    here = [change for change in newest if not change.gone]
    settings = [each.value for each in here if isinstance(each, SettingsChange)]
    return Known(
        tenders=_in_order(
            (each.value for each in here if isinstance(each, TenderChange)), lambda one: (one.position, one.name)
        ),
        staff=_in_order((each.value for each in here if isinstance(each, StaffChange)), lambda one: one.name),
        customers=_in_order((each.value for each in here if isinstance(each, CustomerChange)), lambda one: one.name),
        settings=settings[-1] if settings else None,
        promotions=_in_order((each.value for each in here if isinstance(each, PromotionChange)), lambda one: one.name),
        extensions=_in_order((each.value for each in here if isinstance(each, ExtensionChange)), lambda one: one.name),
        customers_revision=max((each.revision for each in newest if isinstance(each, CustomerChange)), default=0),
        vouchers={each.id: each.value for each in here if isinstance(each, VoucherChange) and each.value},
        accounts={each.id: each.value for each in here if isinstance(each, AccountChange) and each.value},
    )


def _in_order(found: Iterable[Noun | None], place: Callable[[Noun], Any]) -> tuple[Noun, ...]:
    """Sort as people expect it; what stands at the same place goes by its id."""
    return tuple(sorted((each for each in found if each is not None), key=lambda one: (place(one), one.id)))


def revision_of(catalogue: Catalogue, dataset: Dataset, thing_id: str) -> int:
    """Return the revision of a thing as the catalogue has it: at least the image's cursor."""
    question = "SELECT revision FROM applied WHERE dataset = ? AND id = ?"
    found = catalogue.db.execute(question, (dataset, thing_id)).fetchone()
    return catalogue.cursor if found is None else max(catalogue.cursor, int(found[0]))


def _apply_one(db: sqlite3.Connection, change: Change) -> None:
    match change:
        case ProductChange():
            _put_product(db, change.id, None if change.gone else change.value)
        case StockChange():
            db.execute("DELETE FROM stock WHERE variant = ?", (change.id,))
            if change.value is not None and not change.gone:
                put_stock(db, change.value)
        case RateChange():
            db.execute("DELETE FROM rate WHERE id = ?", (change.id,))
            if change.value is not None and not change.gone:
                put_rate(db, change.id, change.value)


def _put_product(db: sqlite3.Connection, product_id: str, product: Product | None) -> None:
    """Replace a product at its place among the best sellers; a new one comes after all others."""
    found = find_product(db, product_id)
    if found is None:
        (row,) = db.execute("SELECT coalesce(max(row), 0) + 1 FROM product").fetchone()
    elif product is not None and found_alike(db, product, found[1]):
        change_product(db, found[0], product)
        return
    else:
        row, present = found
        take_product(db, row, present)
    if product is not None:
        put_product(db, row, product)
