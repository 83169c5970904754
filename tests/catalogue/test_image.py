"""The image: built by the server, opened by the till, and whatever can be wrong with it on the way."""

import gzip
import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.catalogue.image import (
    APPLICATION_ID,
    FORMAT,
    BadImage,
    Catalogue,
    Category,
    Stocked,
    build,
    open_image,
    unpack,
)
from tests.conftest import NOW, open_catalogue, product, rate, stock, variant

KURTA = product("kurta", variant("kurta-m", size="M"), variant("kurta-l", size="L"))
RICE = product("rice", variant("rice-1", 8_000), name="Rice", category="Grocery", weighed=True, unit="KGS")
DAL = product("dal", variant("dal-1", 12_000), name="Dal", category="Grocery", weighed=True, unit="KGS")
SHELF = (Stocked(RICE, (stock("rice-1", "12.500", included={"R1": 7}),)), Stocked(KURTA), Stocked(DAL))
GOLDEN = Path(__file__).parents[1] / "golden"


def image() -> bytes:
    return build(SHELF, [rate(), rate("food", 5)], cursor=42, made_at=NOW)


def why(opened: Catalogue | bytes | BadImage) -> str:
    assert isinstance(opened, BadImage)
    return opened.why


def changed(**pragmas: int) -> bytes:
    """An image whose header says something else."""
    db = sqlite3.connect(":memory:")
    db.deserialize(image())
    for name, value in pragmas.items():
        db.execute(f"PRAGMA {name} = {value}")
    return db.serialize()


def test_a_product_comes_back_whole() -> None:
    """What the till sells has to be what the back office entered, each size with its own price and code."""
    assert KURTA == open_catalogue(*SHELF).product("kurta")


def test_a_product_is_found_by_its_variant() -> None:
    """A cart line and a stock row name the variant only."""
    assert DAL == open_catalogue(*SHELF).product_of("dal-1")


def test_an_unknown_product_is_none() -> None:
    """A draft may name a product that has gone since."""
    shelf = open_catalogue(*SHELF)

    assert (None, None, None) == (shelf.product("sari"), shelf.product_of("sari-m"), shelf.stock("sari-m"))


def test_stock_comes_back_with_the_sales_it_includes() -> None:
    """Without the included sequence a sale would be subtracted twice, or for a moment not at all."""
    assert stock("rice-1", "12.500", included={"R1": 7}) == open_catalogue(*SHELF).stock("rice-1")


def test_rates_come_back() -> None:
    """A class without its rate cannot be sold."""
    assert (rate("food", 5), rate()) == open_catalogue(rates=(rate(), rate("food", 5))).rates()


def test_the_image_says_what_it_holds() -> None:
    """The courier asks for changes from the cursor on; the popup of the blue cloud shows the age."""
    shelf = open_image(image())
    assert isinstance(shelf, Catalogue)

    assert (42, NOW, 3) == (shelf.cursor, shelf.made_at, shelf.count())


def test_categories_are_counted_the_largest_first() -> None:
    """The chips above the grid: the first ones have to be the useful ones."""
    assert (Category("Grocery", 2), Category("Apparel", 1)) == open_catalogue(*SHELF).categories()


def test_products_without_category_make_no_chip() -> None:
    """An imported grocery list has blank categories; a chip without a word cannot be read out."""
    assert () == open_catalogue(Stocked(product(category=""))).categories()


def test_an_empty_catalogue_opens() -> None:
    """A new store has no products yet; its register has to start all the same."""
    assert 0 == open_catalogue().count()


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    """The image is named by its hash: if it changed by itself, every register would fetch 10 MB again."""
    program = (
        "from hashlib import sha256; from tests.catalogue.test_image import image; print(sha256(image()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)

    assert hashlib.sha256(image()).hexdigest() == other.stdout.strip()


def test_the_image_is_in_rollback_mode() -> None:
    """A SQLite file in WAL mode does not open by deserialize (bytes 18 and 19 of its header)."""
    assert b"\x01\x01" == image()[18:20]


def test_the_image_names_its_format() -> None:
    """A later release tells by it what it reads."""
    db = sqlite3.connect(":memory:")
    db.deserialize(image())
    stated = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]

    assert [APPLICATION_ID, FORMAT] == stated


@pytest.mark.parametrize("made", range(1, FORMAT + 1))
def test_the_golden_image_of_each_format_is_read(made: int) -> None:
    """A register may hold an image made by any release; each was made by the first with it and is never made again."""
    shelf = open_image(gzip.decompress((GOLDEN / f"catalogue-{made}.sqlite.gz").read_bytes()))
    assert isinstance(shelf, Catalogue)

    assert (
        KURTA,
        stock("rice-1", "12.500", included={"R1": 7}),
        (rate("food", 5), rate()),
        42,
    ) == (shelf.product("kurta"), shelf.stock("rice-1"), shelf.rates(), shelf.cursor)


def test_what_a_newer_release_adds_to_a_product_is_passed_over() -> None:
    """Formats only grow: a register that was not updated yet goes on with what it understands."""
    db = sqlite3.connect(":memory:")
    db.deserialize(image())
    db.execute("UPDATE product SET body = json_set(body, '$.allergens', json_array('nuts'))")
    db.commit()
    shelf = open_image(db.serialize())
    assert isinstance(shelf, Catalogue)

    assert KURTA == shelf.product("kurta")


@pytest.mark.parametrize(
    ("data", "how"),
    [
        (b"", "it is empty"),
        (b"<html>Sign in to the hotel Wi-Fi</html>", "it cannot be read"),
        (b"SQLite format 3\x00" + b"\x00" * 4096, "it cannot be read"),
    ],
    ids=["empty", "a portal's page", "only a header"],
)
def test_what_is_no_database_is_refused(data: bytes, how: str) -> None:
    """Whatever a network hands over instead of the image, the till goes on with the one it has."""
    assert how in why(open_image(data))


@pytest.mark.parametrize("keep", [100, 4096, 20_000, -4096])
def test_a_cut_image_is_refused(keep: int) -> None:
    """A download that stopped must not replace a whole catalogue."""
    assert why(open_image(image()[:keep])).startswith("The new catalogue arrived damaged")


def test_another_programs_database_is_refused() -> None:
    """Any SQLite file opens; only ours is a catalogue."""
    assert "it is not a catalogue" in why(open_image(changed(application_id=1)))


def test_a_newer_format_asks_for_an_update() -> None:
    """Fetching it again would fail again: the cashier has to restart, not to sync."""
    opened = open_image(changed(user_version=FORMAT + 1))

    assert (
        BadImage(
            "The new catalogue is made for a newer Store OS. Sales and the catalogue in use are safe. "
            "Restart the register to update it.",
            newer=True,
        )
        == opened
    )


def test_an_image_larger_than_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tablet with little memory has to go on selling from the catalogue that it has."""

    class Full:
        def deserialize(self, _data: bytes) -> None:
            raise MemoryError

        def close(self) -> None:
            """Nothing to let go."""

    monkeypatch.setattr("app.catalogue.image.sqlite3.connect", lambda *_, **__: Full())

    assert why(open_image(b"x")).startswith("The new catalogue does not fit into the memory of this device.")


def test_a_missing_table_is_refused() -> None:
    """Half a catalogue would fail in the middle of a sale."""
    db = sqlite3.connect(":memory:")
    db.deserialize(image())
    db.execute("DROP TABLE stock")
    db.execute("VACUUM")

    assert "tables are missing" in why(open_image(db.serialize()))


def test_a_missing_cursor_is_refused() -> None:
    """Without its cursor nobody knows which changes the image holds."""
    db = sqlite3.connect(":memory:")
    db.deserialize(image())
    db.execute("DELETE FROM meta WHERE name = 'cursor'")
    db.commit()

    assert "it cannot be read" in why(open_image(db.serialize()))


def test_damaged_pages_are_refused() -> None:
    """A bad sector or a bad transfer must show when the image is opened, not when a customer waits."""
    data = bytearray(image())
    place = data.index(b"Cotton Kurta")
    page = place // 4096 * 4096
    data[page : page + 64] = b"\xff" * 64

    assert "damaged" in why(open_image(bytes(data)))


@pytest.mark.parametrize("step", range(0, 100, 7))
def test_a_damaged_header_never_raises(step: int) -> None:
    """Opening answers with a value, whatever byte is wrong: an exception would stop the register's start."""
    data = bytearray(image())
    data[step] ^= 0xFF

    assert isinstance(open_image(bytes(data)), Catalogue | BadImage)


def test_a_packed_image_is_unpacked() -> None:
    """The way that every image takes."""
    gz = gzip.compress(image(), mtime=0)

    assert image() == unpack(gz, hashlib.sha256(gz).hexdigest())


def test_an_image_with_another_hash_is_refused() -> None:
    """A byte that differs is a price that differs."""
    assert "its checksum differs" in why(unpack(gzip.compress(image()), "0" * 64))


@pytest.mark.parametrize(
    ("gz", "how"),
    [(b"not gzip", "it does not unpack"), (gzip.compress(b"x" * 99)[:-9], "its end is missing"), (b"", "its end")],
    ids=["not gzip", "cut", "empty"],
)
def test_what_does_not_unpack_is_refused(gz: bytes, how: str) -> None:
    """The hash can be right and the file wrong, when it was wrong at its source."""
    assert how in why(unpack(gz, hashlib.sha256(gz).hexdigest()))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks without end would take the register's memory with it."""
    monkeypatch.setattr("app.catalogue.image.MOST_BYTES", 1000)
    gz = gzip.compress(b"\x00" * 100_000)

    assert "it is too large" in why(unpack(gz, hashlib.sha256(gz).hexdigest()))
