"""Checking what is kept, without a key: each kind of damage is found, named and placed."""

from datetime import timedelta

import pytest

from app.sync.chain import CHANGED, DOUBT, ChainReport, Finding, check_chain
from app.sync.entry import Entry, Kind, Unreadable, parse
from app.sync.journal import advanced
from tests.conftest import NOW
from tests.sync.entries import chain, entry, head

R1 = "DS01-R1"


def changed(made: Entry, old: bytes, new: bytes) -> Entry:
    found = parse(made.line.replace(old, new))
    assert not isinstance(found, Unreadable)
    return found


def test_a_whole_chain_is_whole() -> None:
    """What an untouched register made must never be called damaged."""
    assert ChainReport(entries=5) == check_chain(chain(5))


def test_the_order_of_reading_does_not_matter() -> None:
    """Folders come in the order that a disk likes."""
    assert check_chain(reversed(chain(5))).ok


def test_two_registers_are_two_chains() -> None:
    """A back office verifies the folder of a whole store."""
    assert check_chain([*chain(3), *chain(3, head(register="R2"))]).ok


def test_a_missing_entry_is_a_gap() -> None:
    """A deleted sale is what a dishonest hand would do first."""
    made = chain(4)

    assert (Finding(R1, 2, "entries 2 to 3 are missing"),) == check_chain([made[0], made[3]]).gaps[:1]


def test_a_missing_beginning_is_a_gap() -> None:
    """A chain that was cut off in front looks whole from within."""
    assert (Finding(R1, 1, "entry 1 is missing"),) == check_chain(chain(3)[1:]).gaps[:1]


def test_a_missing_number_is_a_gap() -> None:
    """Table 13 of GSTR-1 asks for each number; the chain alone would not show one left out."""
    second = entry(advanced(head(), chain(1)[0]), number="DS01A2627-00004")
    found = check_chain([*chain(1), second])

    assert (Finding(R1, 2, "2 numbers of series DS01A2627 before 4 missing"),) == found.gaps


def test_a_changed_entry_is_found_by_the_one_after_it() -> None:
    """Its own bytes still read well; only the chain knows, and tells which of two it is, but for the last two."""
    made = chain(4)
    found = [
        check_chain([changed(one, b"e2", b"e9") if one is made[1] else one for one in made[:size]]) for size in (4, 3)
    ]

    assert [(Finding(R1, 2, CHANGED),), (Finding(R1, 3, DOUBT),)] == [each.damaged for each in found]


def test_two_entries_in_one_place_are_a_fork() -> None:
    """Two tills wrote as one register."""
    found = check_chain([*chain(2), entry(advanced(head(), chain(1)[0]), Kind.REPRINT, id="other")])

    assert (Finding(R1, 2, "2 different entries"),) == found.forks


def test_the_same_file_twice_is_a_duplicate_and_nothing_worse() -> None:
    """Somebody copied a file: harmless, but a sum over files would be wrong."""
    found = check_chain([*chain(2), chain(2)[1]])

    assert ChainReport(entries=3, duplicates=(Finding(R1, 2, "the same entry is there 2 times"),)) == found


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"id": "e1", "number": "DS01A2627-00002"}, "its id stands in entry 1 too"),
        ({"id": "e2", "number": "DS01A2627-00001"}, "its number DS01A2627-00001 stands in entry 1 too"),
    ],
)
def test_an_id_or_a_number_used_twice_is_a_duplicate(fields: dict[str, str], why: str) -> None:
    """Two invoices with one number are the one thing that the law forbids outright."""
    second = entry(advanced(head(), chain(1)[0]), **fields)  # type: ignore[arg-type]

    assert (Finding(R1, 2, why),) == check_chain([*chain(1), second]).duplicates


def test_time_goes_back_only_at_an_entry_of_kind_clock() -> None:
    """A manager may set a clock right, and that leaves a trace; nobody else may."""
    first = chain(1)[0]
    early = NOW - timedelta(days=1)
    confirmed = entry(advanced(head(), first), Kind.CLOCK, early)
    secret = entry(advanced(head(), first), Kind.REPRINT, early)

    assert ((), (Finding(R1, 2, "its time precedes the entry before it"),)) == (
        check_chain([first, confirmed]).damaged,
        check_chain([first, secret]).damaged,
    )
