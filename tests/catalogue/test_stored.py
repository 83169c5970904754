"""The image on the device: unpacked when it arrives, compared at each start, and never half of one."""

import gzip
import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue.changes import apply
from app.catalogue.image import BadImage, Catalogue
from app.catalogue.search import search
from app.catalogue.stored import StoredImage, open_arrived, open_stored
from app.sync.protocol import Change, ProductChange, RateChange
from tests.catalogue.test_image import KURTA, image, why
from tests.conftest import rate, stock


def served(data: bytes | None = None) -> tuple[bytes, str]:
    gz = gzip.compress(image() if data is None else data, mtime=0)
    return gz, hashlib.sha256(gz).hexdigest()


def arrived(data: bytes | None = None) -> tuple[StoredImage, Catalogue]:
    opened = open_arrived(*served(data), 42)
    assert not isinstance(opened, BadImage)
    return opened


@pytest.fixture
def kept(tmp_path: Path) -> StoredImage:
    """An image that arrived some time ago."""
    stored, catalogue = arrived()
    place = tmp_path / "kept.sqlite"
    place.write_bytes(Path(stored.file).read_bytes())
    catalogue.close()
    return replace(stored, data=b"", file=str(place))


def test_what_was_kept_is_the_catalogue(kept: StoredImage) -> None:
    """The next start sells what the back office entered, without unpacking anything."""
    catalogue = open_stored(kept)
    assert isinstance(catalogue, Catalogue)

    assert (KURTA, stock("rice-1", "12.500", included={"R1": 7})) == (
        catalogue.product("kurta"),
        catalogue.stock("rice-1"),
    )
    assert ["Rice"] == [found.name for found in search(catalogue, "ri")]


def test_its_file_goes_with_the_catalogue(kept: StoredImage) -> None:
    """Each image takes as much memory as it is large: the one before must not stay."""
    catalogue = open_stored(kept)
    assert isinstance(catalogue, Catalogue)

    catalogue.close()

    assert not Path(kept.file).exists()


def test_asking_leaves_the_file_as_it_is() -> None:
    """The courier opens an image before it puts it away: what it puts away has to be what arrived."""
    stored, catalogue = arrived()
    search(catalogue, "ri")

    assert image() == Path(stored.file).read_bytes()


@pytest.mark.parametrize("place", [0, 5_000, -1])
def test_one_bit_that_turned_over_is_noticed(kept: StoredImage, place: int) -> None:
    """A disk that errs once shows a wrong price as willingly as a right one."""
    data = bytearray(Path(kept.file).read_bytes())
    data[place] ^= 1
    Path(kept.file).write_bytes(data)

    assert "it has changed on this device" in why(open_stored(kept))
    assert not Path(kept.file).exists()


def test_an_end_that_is_missing_is_noticed(kept: StoredImage) -> None:
    """The power went while the file was written."""
    Path(kept.file).write_bytes(Path(kept.file).read_bytes()[:-4096])

    assert "it has changed on this device" in why(open_stored(kept))


def test_a_file_that_is_gone_is_told(kept: StoredImage) -> None:
    """Somebody, or the browser, has cleared it."""
    Path(kept.file).unlink()

    assert "it is gone from this device" in why(open_stored(kept))


def test_changes_are_applied_whole_or_not_at_all(kept: StoredImage) -> None:
    """A change that breaks off in the middle leaves the catalogue as it was."""
    catalogue = open_stored(kept)
    assert isinstance(catalogue, Catalogue)
    catalogue.db.execute("CREATE TRIGGER stop BEFORE INSERT ON rate BEGIN SELECT raise(ABORT, 'no'); END")
    renamed = KURTA.model_copy(update={"name": "Silk Kurta"})
    changes: list[Change] = [
        ProductChange(id="kurta", revision=43, value=renamed),
        RateChange(id="new", revision=44, value=rate()),
    ]

    with pytest.raises(sqlite3.IntegrityError):
        apply(catalogue, changes)
    before = [found.name for found in search(catalogue, "silk")]
    apply(catalogue, changes[:1])

    assert ([], ["Silk Kurta"]) == (before, [found.name for found in search(catalogue, "silk")])


def test_what_arrives_is_compared_with_its_hash() -> None:
    """A byte that differs is a price that differs."""
    gz, _ = served()

    assert "its checksum differs" in why(_bad(gz, "0" * 64))


def test_what_arrives_is_looked_through() -> None:
    """The hash can be right and the pages wrong, when they were wrong at their source."""
    data = bytearray(image())
    page = data.index(b"Cotton Kurta") // 4096 * 4096
    data[page : page + 64] = b"\xff" * 64

    assert "damaged" in why(_bad(*served(bytes(data))))


def test_without_room_for_it_the_old_one_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that is too small says so, and goes on selling."""

    def full(*_: object) -> int:
        raise OSError("no space")

    monkeypatch.setattr("app.catalogue.stored.unpack_into", full)

    assert why(_bad(*served())).startswith("The new catalogue does not fit into the memory of this device.")


def test_an_image_that_a_release_before_kept_is_opened() -> None:
    """After an update, without a network, the register sells from what is there: packed, as it was served."""
    gz, digest = served()
    catalogue = open_stored(StoredImage(digest, 42, gz))
    assert isinstance(catalogue, Catalogue)

    assert KURTA == catalogue.product("kurta")


def _bad(gz: bytes, digest: str) -> BadImage:
    opened = open_arrived(gz, digest, 42)
    assert isinstance(opened, BadImage)
    return opened
