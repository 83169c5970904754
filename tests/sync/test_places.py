"""Which entry belongs in a place: what does not fit is named, and of two that open the chain decides."""

import pytest

from app.sync.entry import Entry, Kind, Unreadable
from app.sync.journal import advanced
from app.sync.places import NOT_AFTER, NOT_BEFORE, OTHER_BROWSER, SECOND, chosen, own
from tests.sync.entries import chain, entry, head


def other(at: int) -> Entry:
    """An entry of a copy of the profile, in the place after so many."""
    before = head()
    for each in chain(at):
        before = advanced(before, each)
    return entry(before, Kind.REPRINT, id="other")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (chain(1, head(register="R2"))[0].line, "it belongs to register R2 of store DS01"),
        (chain(1, head(key="k2"))[0].line, OTHER_BROWSER),
        (chain(2)[1].line, "it holds entry 2"),
        (b"torn", "the line is cut or damaged"),
    ],
)
def test_what_is_not_the_entry_of_a_place_is_named(line: bytes, why: str) -> None:
    """A register puts back its own entries, each in its place, and nothing else."""
    assert Unreadable(why) == own(line, 1, head())


def test_the_entry_of_a_place_is_read() -> None:
    """What belongs there must come back."""
    made = chain(1)[0]

    assert made == own(made.line, 1, head())


def test_rows_around_decide_between_two() -> None:
    """Two browsers sold in one place: the one whose entry the chain goes on with had it first."""
    made, second = chain(4), other(1)
    rows = {1: made[0], 3: made[2]}

    found, useless = chosen({2: [("b", second), ("a", made[1])]}, rows)

    assert ({2: made[1]}, [("b", NOT_AFTER)]) == (found, useless)


def test_what_follows_in_the_folder_decides_where_no_row_is_left() -> None:
    """The end of the journal was lost in the browser, and the folder holds two ends: the longer one is a chain."""
    made, second = chain(3), other(1)

    found, useless = chosen({2: [("a", second), ("b", made[1])], 3: [("c", made[2])]}, {1: made[0]})

    assert ({2: made[1], 3: made[2]}, [("a", SECOND)]) == (found, useless)


def test_an_entry_of_a_fork_that_does_not_follow_is_not_taken() -> None:
    """It opens, but the folder has two entries for the place before it: it goes on from the other one."""
    made = chain(2)

    assert ({}, [("a", NOT_BEFORE)]) == chosen({2: [("a", made[1])]}, {1: other(0)}, forks={1})


@pytest.mark.parametrize("seq", [2, 3])
def test_an_entry_that_names_bytes_nobody_has_is_taken(seq: int) -> None:
    """A row was damaged when the next was written: if one of the two were left out, its number would be given again."""
    made, damaged = chain(2), other(1)
    upon = entry(advanced(advanced(head(), made[0]), damaged), Kind.SALE, id="upon")
    whole = {1: made[0], 2: made[1], 3: upon}
    rows = {place: each for place, each in whole.items() if place != seq}

    assert ({seq: whole[seq]}, []) == chosen({seq: [("a", whole[seq])]}, rows)


def test_a_gap_keeps_nothing_out() -> None:
    """Of three lost entries one file is damaged: the two others come back all the same."""
    made = chain(4)

    found, useless = chosen({2: [("a", made[1])], 4: [("c", made[3])]}, {1: made[0]})

    assert ({2: made[1], 4: made[3]}, []) == (found, useless)
