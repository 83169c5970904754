"""Images of the formats before: a register that was updated sells from the one it has until the new one is here."""

import gzip
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.catalogue.changes import apply
from app.catalogue.image import FORMAT, Catalogue, open_image
from app.catalogue.search import search
from app.domain.product import Product
from app.sync.protocol import ProductChange
from tests.conftest import open_catalogue, product

GOLDEN = Path(__file__).parents[1] / "golden"
FORMATS = range(1, FORMAT + 1)
NAMES = st.text(alphabet="aAb1 7-'&g\u200d\u00ad\u0901\u0902\u093c\u095b\u0915", min_size=1, max_size=12)


def shelf_of(made: int, *products: Product) -> Catalogue:
    """A catalogue whose image was made in this format."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.catalogue.image.FORMAT", made)
        return open_catalogue(*products)


def index(shelf: Catalogue) -> list[tuple[str, int]]:
    """Every word of the index, and in how many products it is."""
    shelf.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    return shelf.db.execute("SELECT term, doc FROM vocabulary").fetchall()


def named(name: str) -> Product:
    return product("it", name=name)


@pytest.mark.parametrize("made", FORMATS)
@given(before=NAMES, after=NAMES)
@example(before="\u0915\u200d\u0915", after="\u0915\u0915")  # the same to one format, another to the other
@example(before="Oral-B", after="Oral B")
def test_a_changed_name_leaves_the_index_as_if_made_anew(made: int, before: str, after: str) -> None:
    """The index has to be told what it forgets in the very words it was given, or it finds what is not there."""
    changed, anew = shelf_of(made, named(before)), shelf_of(made, named(after))
    apply(changed, [ProductChange(id="it", revision=1, value=named(after))])

    assert index(anew) == index(changed)


@pytest.mark.parametrize("made", FORMATS)
def test_a_product_that_goes_leaves_no_word(made: int) -> None:
    """A recalled product must not be found by the spelling that only one release knew."""
    shelf = shelf_of(made, named("Oral-B 500 g शक्\u200dकर"))
    apply(shelf, [ProductChange(id="it", revision=1, gone=True)])

    assert [] == index(shelf)


@pytest.mark.parametrize("typed", ["oral-b", "oral b", "मूँग", "500 g"])
def test_an_image_of_format_1_is_asked_in_its_own_words(typed: str) -> None:
    """Until the new image is here everything is found as it was the day before."""
    assert search(shelf_of(1, named("Oral-B मूँग 500 g")), typed)


@pytest.mark.parametrize("made", FORMATS)
def test_a_golden_image_is_sold_from_and_changed(made: int) -> None:
    """Images that lie on registers were made by releases that are gone; each is kept here as it was made."""
    shelf = open_image(gzip.decompress((GOLDEN / f"catalogue-{made}.sqlite.gz").read_bytes()))
    assert isinstance(shelf, Catalogue)
    found = [each.id for each in search(shelf, "kurta")]
    gone = [ProductChange(id=each.id, revision=43, gone=True) for each in search(shelf, "")]
    apply(shelf, gone)

    assert (["kurta"], []) == (found, index(shelf))
