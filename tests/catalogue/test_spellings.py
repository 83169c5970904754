"""Spellings: what is on the tag is found however it is written, with an apostrophe, a hyphen, a space or not."""

import pytest

from app.catalogue.search import search
from app.catalogue.words import LONGEST, runs
from tests.conftest import open_catalogue, product

NUKTA_APART, NUKTA_WITHIN = "\u091c\u093c\u0940\u0930\u093e", "\u095b\u0940\u0930\u093e"
"""The same ज़ीरा, as two characters and as one."""


def finds(typed: str, name: str) -> bool:
    return bool(search(open_catalogue(product("it", name=name, brand="")), typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("oralb", "Oral-B Brush"),
        ("oral b", "Oral-B Brush"),
        ("oral-b", "Oral B Brush"),
        ("oral-b", "OralB Brush"),
        ("cocac", "Coca\u2011Cola"),
        ("johnsons", "Johnson's Soap"),
        ("johnsons", "Johnson\u2019s Soap"),
        ("johnsons", "Johnson\u02bcs Soap"),
        ("johnson's", "Johnsons Soap"),
        ("johnson's", "Johnson Soap"),
        ("l'oreal", "Loreal Kajal"),
        ("loreal", "L'Or\u00e9al Kajal"),
        ("m&m", "M&M's Peanut"),
        ("m&m's", "M&M's Peanut"),
        ("mms", "M&M's Peanut"),
        ("readytoeat", "Ready-To-Eat Poha"),
        ("jne3781kr", "Kurta JNE3781-KR-L"),
        ("choc-chip", "Chocolate Chip Cookie"),
        ("500g", "Poha 500 g"),
        ("500 g", "Poha 500g"),
        ("500g", "Poha 500g"),
        ("1.5l", "Water 1.5 l"),
        ("1.5 l", "Water 1.5l"),
        ("7up", "7 Up"),
        ("7 up", "7UP"),
        ("7-up", "7 Up"),
        ("apples", "Apple Royal Gala"),
        ("apple", "Apples"),
        ("tomatoes", "Tomato Ketchup"),
        ("eggs", "Egg Tray"),
        ("\u092e\u0942\u0902\u0917", "\u092e\u0942\u0901\u0917 \u0926\u093e\u0932"),
        ("\u092e\u0942\u0901\u0917", "\u092e\u0942\u0902\u0917 \u0926\u093e\u0932"),
        ("\u091c\u0940\u0930\u093e", NUKTA_APART),
        ("\u091c\u0940\u0930\u093e", NUKTA_WITHIN),
        (NUKTA_APART, NUKTA_WITHIN),
        (NUKTA_WITHIN, "\u091c\u0940\u0930\u093e"),
        ("\u0936\u0915\u094d\u0915\u0930", "\u0936\u0915\u094d\u200d\u0915\u0930"),
        ("\u0936\u0915\u094d\u200c\u0915\u0930", "\u0936\u0915\u094d\u0915\u0930"),
        ("chocolate", "Choco\u00adlate"),
        ("choco\u00adlate", "Chocolate"),
        ("\ufefftea", "Tea"),
    ],
)
def test_a_spelling_finds_the_other(typed: str, name: str) -> None:
    """The customer waits while the cashier tries another spelling; "no such thing" loses the sale."""
    assert finds(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("m&m", "Mango Milk"),
        ("gas", "Ga Leaves"),
        ("basis", "Basil"),
        ("500g", "Gulab Jamun 500 ml"),
        ("500gee", "Poha 500 g"),
        ("appleses", "Apple"),
        ("\u092e\u0942\u0917", "\u092e\u0942\u0902\u0917"),
    ],
)
def test_another_thing_is_not_found(typed: str, name: str) -> None:
    """What is found beside it pushes the thing off the screen."""
    assert not finds(typed, name)


def test_a_number_has_no_unit_in_the_next_field() -> None:
    """ "Blend 43" of the brand KA is no 43ka: it would only make the index larger."""
    shelf = open_catalogue(product("it", name="Blend 43", brand="KA"))

    assert () == search(shelf, "43ka")


@pytest.mark.parametrize(
    "text", ["a-" * LONGEST, "a-bc&" * LONGEST, "b s " * LONGEST, "1 g " * LONGEST, "ab's " * LONGEST]
)
def test_a_question_of_nothing_but_runs_is_answered(text: str) -> None:
    """A key that is stuck: SQLite allows expressions of some depth only."""
    assert () == search(open_catalogue(product(name="Kurta")), text)


def test_words_stay_together_that_are_written_as_one() -> None:
    """Only what stands without a space around its sign, and a number with a short word behind it."""
    parted = runs("Oral-B - Dr. O'Neil's & Co 500 g, 2 Packs_x")

    assert [["oral", "b"], ["dr"], ["o", "neil", "s"], ["co"], ["500", "g"], ["2"], ["packs"], ["x"]] == parted
