"""The head of a journal: what follows, which number comes next, and which time it bears."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.numbers import NoNumber
from app.sync.entry import GENESIS, Kind
from app.sync.journal import At, Broken, Head, Jumped, advanced, business_time, next_header, next_number, resume
from tests.conftest import NOW, TODAY
from tests.sync.entries import PREFIX, chain, entry, head

HOUR = timedelta(hours=1)
SERIES = "DS01A2627"


def lines(length: int) -> list[bytes]:
    return [made.line for made in chain(length)]


def test_the_first_entry_names_nothing_before_it() -> None:
    """The beginning of a chain is told from a chain whose beginning was cut off."""
    header = next_header(Head.start("DS01", "R1", "k1"), Kind.SALE, "o1", NOW)

    assert (1, GENESIS, "k1") == (header.seq, header.prev, header.key)


def test_the_next_entry_names_the_one_before_it() -> None:
    """This is the chain: a changed entry no longer fits what follows it."""
    first = entry(head())
    header = next_header(advanced(head(), first), Kind.REPRINT, "r1", NOW)

    assert (2, first.digest) == (header.seq, header.prev)


def test_times_are_written_in_utc() -> None:
    """The bytes must not depend on where a till stands."""
    header = next_header(head(), Kind.SALE, "o1", datetime.fromisoformat("2026-11-21T12:00:00+05:30"))

    assert (NOW, timedelta(0)) == (header.at, header.at.utcoffset())


def test_advancing_with_an_entry_that_does_not_follow_is_a_bug() -> None:
    """Two entries were made from one head: going on would write a fork."""
    first = entry(head())

    with pytest.raises(ValueError, match="sequence 1, but 2 was due"):
        advanced(advanced(head(), first), first)


def test_a_number_that_leaves_one_out_does_not_follow() -> None:
    """A gap in a series has to be explained to the tax office, for ever."""
    with pytest.raises(ValueError, match="does not follow"):
        advanced(head(), entry(head(), number="DS01A2627-00002"))


def test_numbers_of_different_series_do_not_disturb_each_other() -> None:
    """Invoices, credit notes and training each count for themselves, and each year does."""
    at = head(counters={SERIES: 41, "DS01C2627": 7})

    assert ("DS01A2627-00042", "DS01C2627-00008", "DS01A2728-00001") == (
        next_number(at, PREFIX, TODAY),
        next_number(at, "DS01C", TODAY),
        next_number(at, PREFIX, date(2027, 4, 1)),
    )


def test_a_series_that_is_used_up_gives_no_number() -> None:
    """Asked at checkout, before any money is taken."""
    assert isinstance(next_number(head(counters={SERIES: 999_999}), PREFIX, TODAY), NoNumber)


def test_the_head_is_read_back_from_the_entries() -> None:
    """After a crash there is nothing but the lines; the head must be what it was."""
    at = head()
    for made in chain(3):
        at = advanced(at, made)

    assert at == resume(lines(3), head())


def test_an_empty_journal_resumes_at_the_start() -> None:
    """The first start of a register is no special case."""
    assert head() == resume([], head())


def test_a_damaged_entry_is_told_and_selling_can_go_on_after_it() -> None:
    """The head after the damage uses no sequence and no number twice."""
    kept = lines(3)
    kept[1] = kept[1][:-5]
    found = resume(kept, head())

    assert isinstance(found, Broken)
    assert (2, 3, {SERIES: 3}) == (found.seq, found.head.seq, found.head.counters)


def test_a_damaged_last_entry_does_not_give_its_number_away_again() -> None:
    """Its invoice was printed: the number is taken, even if the rest of the line cannot be read."""
    kept = lines(3)
    kept[2] = kept[2][:-5]
    found = resume(kept, head())

    assert isinstance(found, Broken)
    assert (3, {SERIES: 3}) == (found.head.seq, found.head.counters)


@pytest.mark.parametrize("digits", [b"00002", b"00001", b"00003"])
def test_a_digit_that_reads_lower_does_not_give_a_number_away_again(digits: bytes) -> None:
    """One byte of the last sale in the browser's storage: its invoice is in a customer's hands all the same."""
    made = lines(4)
    found = resume([*made[:3], made[3].replace(b"A2627-00004", b"A2627-" + digits)], head())

    assert isinstance(found, Broken)
    assert "DS01A2627-00005" == next_number(found.head, PREFIX, TODAY)


def test_an_entry_of_another_register_breaks_the_journal() -> None:
    """A copied browser profile must not go on in somebody else's series."""
    found = resume(lines(2), head(register="R2"))

    assert isinstance(found, Broken)
    assert (1, "it belongs to register R1 of store DS01") == (found.seq, found.why)


def test_an_entry_that_was_changed_in_place_is_told() -> None:
    """It reads well and has its place; only what the next one names gives it away."""
    kept = lines(3)
    kept[1] = kept[1].replace(b'"id":"e2"', b'"id":"e9"')
    found = resume(kept, head())

    assert isinstance(found, Broken)
    assert (3, "it does not name the entry before it") == (found.seq, found.why)


def test_a_missing_entry_is_told() -> None:
    """Something deleted it; every later sale is still there and counted."""
    kept = lines(3)
    found = resume([kept[0], kept[2]], head())

    assert isinstance(found, Broken)
    assert (2, 3, {SERIES: 3}) == (found.seq, found.head.seq, found.head.counters)


@pytest.mark.parametrize(
    ("last", "now", "witness", "expected"),
    [
        (None, NOW, None, NOW),
        (NOW, NOW + HOUR, None, NOW + HOUR),
        (NOW, NOW + 16 * HOUR, None, NOW + 16 * HOUR),
        (NOW, NOW + 30 * 24 * HOUR, None, NOW + 30 * 24 * HOUR),
        (NOW, NOW - HOUR, None, NOW),
        (NOW, NOW - 12 * HOUR, None, NOW),
        (NOW, NOW + HOUR, NOW - 10 * HOUR, NOW + HOUR),
    ],
    ids=["first", "later", "next day", "a month", "a little back", "just bearable", "witness near"],
)
def test_the_time_of_the_next_entry(
    last: datetime | None, now: datetime, witness: datetime | None, expected: datetime
) -> None:
    """A shop that was closed just opens again; business time never precedes the last entry."""
    assert At(expected) == business_time(head(last_at=last), now, witness)


@pytest.mark.parametrize(
    ("now", "witness", "before"),
    [
        (NOW - 13 * HOUR, None, NOW),
        (NOW + 13 * HOUR, NOW, NOW),
        (NOW + HOUR, NOW + 14 * HOUR, NOW + 14 * HOUR),
    ],
    ids=["back", "forward against a witness", "behind a witness"],
)
def test_a_jump_needs_a_manager(now: datetime, witness: datetime | None, before: datetime) -> None:
    """A wrong date prints wrong invoices; the manager sees what was expected and what the clock shows."""
    found = business_time(head(last_at=NOW), now, witness)

    assert isinstance(found, Jumped)
    assert (before, now) == (found.before, found.after)


MARCH = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
APRIL = datetime(2027, 4, 1, 4, 0, tzinfo=UTC)


def test_a_new_financial_year_is_confirmed_where_nobody_else_knows_the_date() -> None:
    """A guess would number invoices in the wrong year's series."""
    assert isinstance(business_time(head(last_at=MARCH), APRIL), Jumped)


def test_a_new_financial_year_that_a_witness_agrees_to_just_begins() -> None:
    """Online nobody has to be asked on the first of April."""
    assert At(APRIL) == business_time(head(last_at=MARCH), APRIL, APRIL)


def test_after_a_confirmed_jump_selling_goes_on_from_the_new_time() -> None:
    """The entry of kind clock bears the new time, also when that is earlier."""
    back = NOW - 20 * HOUR
    at = advanced(head(seq=1, last_at=NOW), entry(head(seq=1), Kind.CLOCK, back))

    assert At(back + HOUR) == business_time(at, back + HOUR)
