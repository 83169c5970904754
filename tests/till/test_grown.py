"""A journal only grows, by one entry with each sale: whatever is asked of it must not go over all of it again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.status import EPOCH
from app.till.slices.same import Grown, Left
from app.till.standing import oldest_pending, pending, unbooked
from app.till.state import Kept
from tests.till.till import Till

Entries = tuple[str, ...]


class Looking:
    """Finds the even ones among texts of digits, and counts how many it looked at."""

    def __init__(self) -> None:
        self.count = 0
        self.even = Grown(self._even)

    def _even(self, text: str, *_: object) -> int | None:
        self.count += 1
        return None if int(text) % 2 else int(text)

    def at(self, entries: Entries, *beside: object) -> tuple[tuple[int, ...], int]:
        """What is found, and how many had to be looked at for that."""
        self.count = 0
        return self.even(entries, *beside), self.count


def test_only_what_is_new_is_looked_at() -> None:
    """With ten thousand entries a sale would wait for the other 9,999."""
    looking, beside = Looking(), object()
    first = ("1", "2", "4")

    assert ((2, 4), 3) == looking.at(first, beside)
    assert ((2, 4), 0) == looking.at(first, beside)
    assert ((2, 4, 6), 2) == looking.at((*first, "5", "6"), beside)


@pytest.mark.parametrize("other", [("2", "9", "8"), ("2",), (), ("0", "2", "4", "6")])
def test_another_journal_is_looked_at_whole(other: Entries) -> None:
    """An entry that is told late stands in the middle, and old ones go: what was found before is worth nothing then."""
    looking = Looking()
    looking.at(("2", "4", "6"))

    assert (tuple(int(each) for each in other if not int(each) % 2), len(other)) == looking.at(other)


def test_with_other_verdicts_everything_is_looked_at_again() -> None:
    """What the OMS says may be about any entry, and equal is not the same."""
    looking = Looking()
    looking.at(("2", "4"), {})

    assert ((2, 4), 2) == looking.at(("2", "4"), {})


def test_what_could_not_be_looked_at_is_looked_at_again() -> None:
    """A bug in one entry must not hide it for the rest of the day."""
    looking = Looking()
    looking.at(("2",))
    with pytest.raises(ValueError, match="invalid literal"):
        looking.at(("2", "4", "x"))

    assert ((2, 4, 6), 2) == looking.at(("2", "4", "6"))


@pytest.fixture
def sold(selling: Till) -> Till:
    """Three sales, of which the OMS has booked the first two."""
    for _ in range(2):
        selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    return selling.picks().pays().says("SaleLeft")


def test_an_entry_that_is_told_late_stands_in_its_place(sold: Till) -> None:
    """The screens read the journal in its order, and an order must not be there twice."""
    journal = sold.state.journal
    first, second, *others = journal.kept
    late = replace(journal, kept=(first, *others))

    assert (first, second, *others) == late.with_(second) == journal.with_(replace(second))


def test_what_waits_is_known_at_each_step(sold: Till) -> None:
    """The banner counts it while sales are made and verdicts come in."""
    third = sold.state.journal.kept[-1]

    assert ((third,), 1, third.header.at) == _waits(sold)

    sold.picks().pays().says("SaleLeft")
    assert (2, third.header.at) == _waits(sold)[1:]

    sold.is_judged()
    assert ((), 0, None) == _waits(sold)


def _waits(till: Till) -> tuple[tuple[Kept, ...], int, object]:
    return unbooked(till.state.journal), pending(till.state), oldest_pending(till.state)


def test_the_last_place_that_was_opened_is_known(sold: Till) -> None:
    """By it a till knows that its journal has lost its end; when old entries and their verdicts go, it stays."""
    places = [kept.header.seq for kept in sold.state.journal.kept]
    found = [sold.state.journal.opened_to]
    del sold.device.shelf.kept_verdicts[sold.state.journal.kept[0].digest]
    sold.hears("verdicts")
    found.append(sold.state.journal.opened_to)
    sold.is_judged()

    assert [places[1], places[1], places[2]] == [*found, sold.state.journal.opened_to]


def test_under_another_epoch_nothing_was_opened_yet(sold: Till) -> None:
    """An OMS that was restored may lack the end of this journal: that is no loss here, and selling goes on."""
    sold.device.shelf.records[EPOCH] = "another"
    sold.device.shelf.kept_verdicts.clear()
    sold.hears("verdicts")

    assert (0, {}) == (sold.state.journal.opened_to, dict(sold.state.journal.verdicts))


LIVES = (object(), object())
STEPS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(LIVES), st.integers(0, 6)), max_size=8)
ENTRIES = tuple(object() for _ in range(6))


@given(STEPS, st.lists(st.permutations(range(6)), min_size=2, max_size=2))
def test_what_is_left_is_always_what_a_look_at_everything_finds(
    steps: list[tuple[int, object, int]], orders: list[list[int]]
) -> None:
    """Whoever asks, also with a state of before or after a restore: else the banner counts what is at the server."""
    by_life = dict(zip(LIVES, orders, strict=True))

    def stays(each: object, gone: set[object]) -> bool:
        return each not in gone

    left = Left(stays)
    for length, life, heard in steps:
        kept, gone = ENTRIES[:length], {ENTRIES[at] for at in by_life[life][:heard]}
        assert tuple(each for each in kept if each not in gone) == left(kept, gone, life, heard)


def test_without_a_life_everything_is_looked_at() -> None:
    """Nobody has said that what is booked stays so."""
    left = Left(lambda each, gone: each not in gone)
    kept = tuple("ab")

    assert [("b",), ("a",)] == [left(kept, {"a"}, None, 0), left(kept, {"b"}, None, 0)]
