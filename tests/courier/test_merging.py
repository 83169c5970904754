"""Pages of changes between two images: however many sales there were, a start opens few, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from app.catalogue.changes import latest
from app.courier.merging import MOST_PAGES, sealed
from app.courier.oms import Oms
from app.courier.pulling import pull_changes, pull_manifest
from app.sync.blob import CHANGES, unpack
from app.sync.entry import Unreadable
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import Change, ChangesPage, CustomerChange, StockChange
from app.sync.status import Synced
from tests.conftest import customer, stock
from tests.courier.test_features import Store as OneChange
from tests.courier.test_features import register
from tests.fakes.register import Register, at_once

__all__ = ["register"]
SALES, VARIANTS = 400, 30
"""A few days of a small shop: it counts far fewer variants than make a new image worth its while."""
EVERYBODY = tuple(CustomerChange(id=f"c{number}", revision=number, value=customer()) for number in range(1, 80))
"""A page larger than all that one sale changes."""


@dataclass
class Store(OneChange):
    """An OMS in which a sale has changed one count whenever it is asked."""

    made: list[Change] = field(default_factory=list)

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage:
        del token, datasets, most
        self.asked.append(cursor)
        self.revision += 1
        variant_id = f"v{self.revision % VARIANTS}"
        self.made.append(StockChange(id=variant_id, revision=self.revision, value=stock(variant_id)))
        return ChangesPage(changes=(self.made[-1],), cursor=self.revision, more=False)


def sells(register: Register, store: Store, sales: int = SALES) -> int:
    """Read the change of each sale; return how many pages there were at most."""
    world, most = replace(register.world, oms=cast("Oms", store)), 0
    for _ in range(sales):
        at_once(pull_changes(world, register.memory))
        most = max(most, len(register.stores.pages))
    return most


def read(register: Register) -> list[Change]:
    """Everything that the pages say."""
    parts = [unpack(page, CHANGES) for page in register.stores.pages]
    plain = [at_once(register.keys.unseal(part)) for part in parts if not isinstance(part, Unreadable)]
    return [change for page in plain if isinstance(page, bytes) for change in CHANGE_LIST.validate_json(page)]


def test_a_small_shop_that_sells_has_few_pages(register: Register) -> None:
    """No image is made for it, so each sale left a page for ever, and each start opened all of them."""
    most = sells(register, store := Store())

    assert (True, True) == (most <= MOST_PAGES, len(read(register)) <= 3 * VARIANTS + MOST_PAGES)
    assert latest(store.made) == latest(read(register))


def test_what_an_earlier_release_has_left_is_merged(register: Register) -> None:
    """A register that was updated has thousands of pages."""
    for number in range(1, 301):
        change = StockChange(id=f"v{number % VARIANTS}", revision=number, value=stock())
        register.stores.pages.append(at_once(sealed(register.world, (change,))))
    at_once(pull_manifest(replace(register.world, oms=cast("Oms", store := Store(revision=400))), register.memory))
    sells(register, store, 1)

    assert (True, VARIANTS) == (len(register.stores.pages) <= MOST_PAGES, len(latest(read(register))))


def test_a_large_page_is_not_opened_anew_for_a_few_sales(register: Register) -> None:
    """A store with many customers: the till opens each new page, and all of them at once take a moment of a sale's."""
    everybody = at_once(sealed(register.world, EVERYBODY))
    register.stores.pages.append(everybody)
    sells(register, Store(), MOST_PAGES + 1)

    assert (everybody, True) == (register.stores.pages[0], len(register.stores.pages) < MOST_PAGES)


def test_a_page_that_does_not_open_has_everything_read_again(register: Register) -> None:
    """What it said is lost; a crash behind the merging must not forget that."""
    register.stores.pages.append(b"damaged")
    sells(register, Store(), MOST_PAGES + 1)
    assert b"damaged" not in register.stores.pages
    kept = Synced.model_validate_json(register.stores.records["synced"])

    assert (0, False) == (kept.cursor, kept.complete)


def test_without_room_the_pages_stay(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: nothing is lost, and it is tried again with the next page."""
    sells(register, store := Store(), MOST_PAGES)
    merge = register.stores.merge_changes

    async def full(*values: object) -> object:
        register.stores.full = True
        kept = await merge(*values)  # type: ignore[arg-type]
        register.stores.full = False
        return kept

    with monkeypatch.context() as patched:
        patched.setattr(register.stores, "merge_changes", full)
        sells(register, store, 2)
    assert MOST_PAGES + 2 == len(register.stores.pages)
    sells(register, store, 1)

    assert (True, latest(store.made)) == (len(register.stores.pages) < MOST_PAGES, latest(read(register)))
