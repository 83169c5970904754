"""A checkpoint is a shorter way to what the entries say, from any place of the journal; a damaged one is none."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.checkpoint import (
    DAYS,
    END,
    Checkpoint,
    Places,
    began,
    checkpoint,
    head_at,
    placed,
    read_mark,
    slices,
    spans,
    written,
)
from app.sync.entry import Entry, Kind
from app.sync.journal import Head, advanced, resume
from tests.conftest import NOW, TODAY
from tests.sync.entries import entry, head

GOLDEN = Path(__file__).parent.parent / "golden"
KINDS = st.sampled_from([Kind.SALE, Kind.SALE, Kind.SHIFT, Kind.REPRINT, Kind.CLOCK])


@st.composite
def journals(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries of any kind, hours or days apart; a clock may be set back."""
    at, made, moment = head(), list[Entry](), NOW
    for kind, hours in draw(st.lists(st.tuples(KINDS, st.integers(0, 60)), min_size=1, max_size=25)):
        moment += timedelta(hours=-30 if kind is Kind.CLOCK else hours)
        made.append(entry(at, kind, moment))
        at = advanced(at, made[-1])
    return tuple(made)


def noted(entries: tuple[Entry, ...]) -> Checkpoint:
    """The checkpoint behind some entries, as it is read back from the disk."""
    found = resume([each.line for each in entries], head())
    assert isinstance(found, Head)
    text = written(checkpoint(found, placed(Places(), (each.header for each in entries))))
    mark = read_mark(Checkpoint, text, head())
    assert mark is not None
    return mark


@given(journals(), st.data())
def test_from_any_checkpoint_the_head_is_that_of_the_whole(entries: tuple[Entry, ...], data: st.DataObject) -> None:
    """A start that reads less must not give one number twice, nor leave one out."""
    place = data.draw(st.integers(0, len(entries)))
    mark, tail = noted(entries[:place]), entries[place:]

    head_found = resume([each.line for each in tail], head_at(mark, head()))
    places = placed(mark.places, (each.header for each in tail))

    whole = noted(entries)
    assert (head_at(whole, head()), whole.places) == (head_found, places)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_checkpoint_with_one_damaged_byte_is_none(place: int, change: int) -> None:
    """A counter that lost one bit would give a legal number away twice."""
    text = written(noted((entry(head()),))).encode("latin-1")
    place %= len(text)
    damaged = bytes([*text[:place], text[place] ^ change, *text[place + 1 :]])

    assert read_mark(Checkpoint, damaged.decode("latin-1"), head()) is None


def test_a_checkpoint_lies_on_the_disk_as_its_hash_and_its_json() -> None:
    """Today's form is read by every later version."""
    text = (GOLDEN / "checkpoint-1.json").read_text()
    mark = read_mark(Checkpoint, f"{sha256(text.encode()).hexdigest()} {text}", head())

    assert (4711, 3402) == (mark.seq, mark.counters["DS01A2627"]) if mark else False
    assert written(mark).endswith(text) if mark else False


@pytest.mark.parametrize("text", ["", "none of ours", "0" * 64 + " {}"])
def test_what_is_no_checkpoint_is_none(text: str) -> None:
    """The first start finds nothing; that is no error."""
    assert read_mark(Checkpoint, text, head()) is None


def test_the_checkpoint_of_another_register_is_none() -> None:
    """A copied profile must not go on in somebody else's series."""
    assert read_mark(Checkpoint, written(noted((entry(head()),))), head(register="R2")) is None


def test_a_day_that_is_not_remembered_is_no_day_without_entries() -> None:
    """The caps of a day would begin anew if the clock was set back beyond what is remembered."""
    days = [TODAY + timedelta(days=day) for day in range(DAYS + 3)]
    at, made = head(), list[Entry]()
    for day in range(len(days)):
        made.append(entry(at, Kind.REPRINT, NOW + timedelta(days=day)))
        at = advanced(at, made[-1])
    places = placed(Places(), (each.header for each in made))

    assert [None, None, None, 4] == [began(places, day) for day in days[:4]]
    assert (END, END) == (began(places, days[-1] + timedelta(days=1)), began(Places(), date(2000, 1, 1)))


def test_places_are_joined_to_stretches() -> None:
    """What lies beside each other is read at once."""
    assert ((1, 3), (5, 5), (8, 9)) == spans({9, 1, 2, 3, 5, 8})


def test_a_stretch_is_cut_into_pieces_that_leave_nothing_out() -> None:
    """The last entry of all is the one that a check must not miss."""
    assert [(4, 6), (7, 9), (10, 10)] == list(slices(4, 10, 3))
    assert [] == list(slices(1, 0, 3))
