"""What the tests of importers share: the dirty files kept beside them, files of a moment, and an empty store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.product import Product, Variant
from server.importers import read_products
from server.importers.reading import Reading, Stocked, Why
from server.oms.database import Database

FILES = Path(__file__).with_name("files")
MakeFile = Callable[[str | bytes], Path]


@pytest.fixture
def csv_file(tmp_path: Path) -> MakeFile:
    """Write a CSV for one test."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "products.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty store in a database of its own."""
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    opened.migrate()
    yield opened
    opened.close()


def read(path: Path) -> Reading:
    """Read a file that has to be readable."""
    reading = read_products(path)
    assert isinstance(reading, Reading), reading
    return reading


def own(name: str) -> Reading:
    """Read one of the small dirty files."""
    return read(FILES / name)


def named(reading: Reading, name: str) -> Stocked:
    """Find a product by its name."""
    return next(stocked for stocked in reading.products if stocked.product.name == name)


def product_named(reading: Reading, name: str) -> Product:
    return named(reading, name).product


def variants(reading: Reading) -> tuple[Variant, ...]:
    return tuple(variant for stocked in reading.products for variant in stocked.product.variants)


def left_out(reading: Reading) -> list[tuple[int, Why]]:
    return [(remark.line, remark.why) for remark in reading.skipped]


def doubts(reading: Reading) -> list[tuple[int, Why]]:
    return [(remark.line, remark.why) for remark in reading.warnings]
