"""Two places hold the journal, and either rebuilds the other: what one loses comes back from the other at the start."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.sync.folder import check_folder
from e2e.places import Places
from e2e.store import Store
from e2e.till import Till


@pytest.fixture(scope="module")
def sold(store: Store, warm_till: Till) -> list[str]:
    """The numbers of three sales."""
    return [warm_till.sells("Brown Bread") for _ in range(3)]


@pytest.fixture
def places(warm_till: Till, sold: list[str]) -> Iterator[Places]:
    """Both places, while the register rests; what a test leaves in them is the same in both."""
    made = Places(warm_till)
    made.rest()
    yield made
    made.rest()
    found = check_folder((path, text.encode()) for path, text in made.files().items())
    assert found.ok
    assert made.lines() == [each.entry.line.decode() for span in found.spans for each in span.entries]


def tells(till: Till, sentence: str) -> None:
    """The notice is there, and somebody has read it."""
    expect(till.page.locator("#trouble")).to_contain_text(sentence)
    till.page.get_by_role("button", name="OK", exact=True).click()


def test_a_lost_end_comes_back_and_the_next_number_follows(places: Places, warm_till: Till, sold: list[str]) -> None:
    """The browser lost the last sales of a day: without the folder their numbers would be given a second time.

    Nobody has to read the notice before signing in: it covers nothing that is pressed there.
    """
    before = places.lines()
    places.forgets(len(before) - 1, len(before))

    places.wake()
    expect(warm_till.page.locator("#trouble")).to_contain_text("2 entries had gone from this browser")
    warm_till.signs_in()
    tells(warm_till, "2 entries had gone from this browser")
    number = warm_till.sells("Brown Bread", offline=None)

    assert int(sold[-1][-5:]) + 1 == int(number[-5:])


def test_a_damaged_row_is_mended(places: Places, warm_till: Till) -> None:
    """One bit in the browser's storage: the file in the folder is the proof of the sale, and takes its place."""
    before = places.lines()
    places.spoils(2)
    assert before != places.lines()

    places.wake()
    tells(warm_till, "Entry 2 was damaged in this browser")

    places.rest()
    assert before == places.lines()


def test_a_damaged_file_stays_and_gets_a_good_copy(places: Places, warm_till: Till) -> None:
    """The disk of the folder fails: the file is named, kept as it is, and the folder holds the entry again."""
    path = next(iter(places.files()))
    places.writes(path, places.files()[path].replace('"iv":"', '"iv":"!', 1))
    damaged = places.files()[path]

    places.wake()
    tells(warm_till, f"The file {path.rpartition('/')[2]} in the folder is damaged")

    places.rest()
    assert (damaged, places.lines()[0]) == (places.files()[path], places.files()[path.replace(".json", ".good.json")])
