"""A page of the catalogue that the disk has damaged: what needs it is not found, all else is, and it comes again."""

import gzip
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue.image import Stocked
from app.catalogue.stored import StoredImage
from app.sync.protocol import ProductChange, RateChange
from app.till.effects import SeekQuick
from app.till.library import PART_DAMAGED
from tests.conftest import product, rate
from tests.contracts.image_port import arrived
from tests.till.till import SHELVES, Till, image

PAGE = 4096
THINGS = [product(f"thing-{each}", name=f"Thing {each:03}") for each in range(400)]
WHOLE = image([*SHELVES, *map(Stocked, THINGS)], cursor=20)


def stored() -> StoredImage:
    """The image as a browser keeps it: its pages are compared when they are read."""
    return replace(arrived(gzip.decompress(WHOLE.data)), sha256=WHOLE.sha256, paged=True)


def damage(image: StoredImage, text: bytes) -> StoredImage:
    """Turn the page over on which a text lies last: there SQLite itself sees that it is none."""
    file = Path(image.file)
    data = bytearray(file.read_bytes())
    page = data.rindex(text) // PAGE * PAGE
    data[page : page + PAGE] = b"\xa5" * PAGE
    file.write_bytes(data)
    return image


def finds(till: Till, text: str) -> list[str]:
    till.says("SearchTyped", value=text)
    return [tile.product.name for tile in till.state.browse.tiles]


@pytest.fixture
def damaged(selling: Till) -> Till:
    """A register with a page of its catalogue damaged, which nothing has needed yet."""
    selling.device.shelf.image = damage(stored(), b"Thing 300")
    selling.hears("image")
    assert "" == selling.state.trouble
    selling.device.channel.said.clear()
    return selling


def test_what_needs_the_page_is_not_found_and_the_rest_is(damaged: Till) -> None:
    """A wrong price is worse than none; and one page of ten thousand must not end the day's sales."""
    finds(damaged, "thing 300")
    told = damaged.state.trouble
    damaged.says("TroubleSeen")

    assert PART_DAMAGED.why == told
    assert (["Cotton Kurta"], "") == (finds(damaged, "kurta"), damaged.state.trouble)


def test_a_scan_that_needs_the_page_leaves_the_cart(damaged: Till) -> None:
    """The cashier hears of it, and goes on with the goods that are there."""
    damaged.picks()
    damaged.says("CodeScanned", code="SKU-thing-300-v")

    assert (PART_DAMAGED.why, 1) == (damaged.state.trouble, len(damaged.state.cart.lines))


def test_the_courier_hears_of_it(damaged: Till) -> None:
    """It compares all of the image, and fetches it again: nobody has to ask for that."""
    finds(damaged, "thing 300")

    assert "damaged" in damaged.device.channel.said


def test_a_change_that_needs_the_page_is_told(damaged: Till) -> None:
    """Applied in part it would be a catalogue that never was; the one in use stays as it is."""
    damaged.gets([ProductChange(id="thing-300", revision=21, value=THINGS[300].model_copy(update={"name": "New"}))])
    damaged.hears("changes")

    assert (PART_DAMAGED.why, "damaged") == (damaged.state.trouble, damaged.device.channel.said[-1])
    assert ["Cotton Kurta"] == finds(damaged, "kurta")


def test_what_else_goes_wrong_is_a_bug_and_no_damage(damaged: Till) -> None:
    """Said to be damage, a bug would have every register fetch its catalogue again, and nobody would mend it."""
    library = damaged.register.runner._library
    assert library._catalogue is not None
    library._catalogue.db.execute("CREATE TRIGGER stop BEFORE INSERT ON rate BEGIN SELECT raise(ABORT, 'no'); END")
    with pytest.raises(sqlite3.IntegrityError):
        library.update([RateChange(id="new", revision=44, value=rate())])
    library._catalogue.db.close()

    with pytest.raises(sqlite3.ProgrammingError):
        library.answer(SeekQuick("kurta"))


def test_the_same_image_comes_again_whole(damaged: Till) -> None:
    """The OMS has no other one: it is the hash that is the same, and what lay here that was not."""
    finds(damaged, "thing 300")
    damaged.device.shelf.image = stored()

    damaged.hears("changes")
    waits = finds(damaged, "thing 300")
    damaged.hears("image")

    assert ("Thing 300" in waits, ["Thing 300"]) == (False, finds(damaged, "thing 300"))


def test_an_image_that_its_changes_do_not_fit_into_is_not_used(selling: Till) -> None:
    """Half brought up to date it would sell at the prices of before."""
    selling.gets([ProductChange(id="thing-300", revision=21, value=THINGS[300].model_copy(update={"name": "New"}))])
    selling.device.shelf.image = damage(stored(), b"Thing 300")

    selling.hears("image", "changes")

    assert "it has changed on this device" in selling.state.trouble
    assert "damaged" == selling.device.channel.said[-1]
    assert ["Cotton Kurta"] == finds(selling, "kurta")
