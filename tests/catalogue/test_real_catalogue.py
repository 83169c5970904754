"""Search and scan over 20,000 barcodes and names as people really wrote them."""

import csv
import gzip
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.catalogue.image import Catalogue
from app.catalogue.search import Found, SeveralFound, find_code, search
from app.domain.barcode import is_gtin
from tests.conftest import REAL_INPUT, open_catalogue, product, variant

FOOD = "openfoodfacts_barcode_name_818k.csv.gz"
Names = dict[str, str]


@pytest.fixture(scope="module")
def names() -> Names:
    """The first 20,000 barcodes of the list with their names."""
    path = REAL_INPUT / FOOD
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return {row["barcode"]: row["name"] for row in islice(csv.DictReader(file), 20_000) if row["name"].strip()}


@pytest.fixture(scope="module")
def opened(names: Names) -> Iterator[Catalogue]:
    shelf = open_catalogue(
        *(product(code, variant(code, barcode=code), name=name[:500]) for code, name in names.items())
    )
    yield shelf
    shelf.close()


@pytest.fixture
def shelf(shared_data: Callable[[str], Path], opened: Catalogue) -> Catalogue:
    """The open list; a test of it is named as not run where the list is missing."""
    shared_data(FOOD)
    return opened


def test_every_real_barcode_is_found(shelf: Catalogue, names: Names) -> None:
    """Lists have bad check digits and odd lengths: each code is found, among others that differ in leading zeros."""
    lost = [code for code in names if not isinstance(find_code(shelf, code), Found | SeveralFound)]

    assert [] == lost


def test_the_real_barcodes_hold_bad_check_digits(shelf: Catalogue, names: Names) -> None:
    """If they did not, the test above would prove less than it says."""
    assert len(names) == shelf.count()
    assert any(not is_gtin(code) for code in names)


def test_every_real_name_finds_its_product(shelf: Catalogue, names: Names) -> None:
    """Accents, entities and scripts of real names: typing the whole name finds the product among its namesakes."""
    typed = {code: name for code, name in islice(names.items(), 0, None, 40) if any(map(str.isalnum, name))}
    lost = [name for code, name in typed.items() if code not in {hit.id for hit in search(shelf, name, limit=20_000)}]

    assert [] == lost


def test_search_is_much_quicker_than_reading_every_name(shelf: Catalogue, names: Names) -> None:
    """It runs at each key, on slow tablets too; beside a bare scan in the same run the bound holds on any machine."""
    typed = [name.split()[0][:4] for name in islice(names.values(), 0, None, 400)]
    scan = "SELECT body FROM product WHERE body LIKE ?"

    ours = _nearly_slowest(lambda text: search(shelf, text), typed)
    bare = _nearly_slowest(lambda text: shelf.db.execute(scan, (f"%{text}%",)).fetchall(), typed)

    assert ours * 2 < bare


def _nearly_slowest(ask: Callable[[str], object], texts: list[str]) -> float:
    """Return the 95th percentile of what the questions take, in seconds: the best of three times."""
    rounds = []
    for _ in range(3):
        taken = []
        for text in texts:
            start = time.perf_counter()
            ask(text)
            taken.append(time.perf_counter() - start)
        rounds.append(sorted(taken)[int(len(taken) * 0.95)])
    return min(rounds)
