"""What is settled is remembered by the courier; what waits is found from it, so that no entry is ever forgotten."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.checkpoint import END
from app.sync.settled import FEW, MOST, Judged, Settled

Told = tuple[str, int, str]
Step = tuple[str, list[Any]]
"""What is done, and with which verdicts or digests."""
REFUSED = '{"kind":"refused"}'

PLACES = st.integers(1, 12)
DIGESTS = st.sampled_from("abcdefgh")
KEPT = st.lists(st.tuples(DIGESTS, PLACES, st.sampled_from([REFUSED, '{"kind":"accepted"}'])), max_size=4)
STEPS = st.lists(
    st.one_of(st.tuples(st.just("keep"), KEPT), st.tuples(st.just("forget"), st.sets(DIGESTS, max_size=3)))
)


@settings(deadline=None)
@given(KEPT, STEPS, st.booleans())
def test_a_place_waits_where_no_verdict_is_about_it(first: list[Told], steps: list[Step], starts: bool) -> None:
    """However verdicts came and went, and were about the same place: too few would be a sale that is never sent."""
    settled, known = Settled(first), {digest: (seq, text) for digest, seq, text in first}
    for what, wanted in steps:
        settled = going_on(settled, known, what, wanted) if starts else settled
        if what == "keep":
            settled.keep(wanted)
            known |= {digest: (seq, text) for digest, seq, text in wanted}
        else:
            settled.forget(wanted)
            known = {digest: each for digest, each in known.items() if digest not in wanted}

    waits = [seq for seq in range(1, 15) if seq not in {seq for seq, _ in known.values()}]
    asked = [seq for first_, last in settled.stretches for seq in range(first_, min(last, 14) + 1)]
    assert [waits, waits] == [asked, [seq for seq in range(1, 15) if settled.waits(seq)]]
    down = {digest: seq for digest, (seq, text) in known.items() if "refused" in text}
    assert down == settled.down
    booked = max((seq for seq, text in known.values() if "refused" not in text), default=0)
    about = {"booked_to": booked, "many": len(known)}
    assert Judged(epoch="e", open=settled.stretches, down=down, **about) == settled.judged("e")


def going_on(settled: Settled, known: dict[str, tuple[int, str]], what: str, wanted: list[Any]) -> Settled:
    """The courier is started again, and reads all verdicts only where what it noted does not do.

    A digest says its place, as it does in life; the next test is about a row that lies in a wrong one.
    """
    again = Settled.noted(Judged.model_validate_json(settled.judged("e").model_dump_json()))
    moved = what == "keep" and any(known.get(digest, (seq,))[0] != seq for digest, seq, _ in wanted)
    if what == "keep" and again.can_keep(wanted) and not moved:
        return again
    return Settled((digest, *each) for digest, each in known.items())


def test_the_same_bytes_in_two_places_are_found_at_the_next_start() -> None:
    """The verdict on them has moved, and whatever is put in the first place has none: the count does not fit then."""
    again = Settled.noted(Settled([("a", 2, "{}"), ("b", 3, "{}")]).judged(""))
    moved = [("a", 1, "{}")]
    assert again.can_keep(moved)
    again.keep(moved)

    assert 2 != again.judged("").many


def test_a_note_that_cannot_be_is_not_gone_on_from() -> None:
    """More turned down than there are: a damaged record would be taken for the whole of what was said."""
    assert [True, False] == [Judged(many=many, down={"a": 1}).exact for many in (1, 0)]


def test_what_moves_is_not_noted_without_the_rest() -> None:
    """All places are looked at again then, and those of what is unread are not known."""
    again = Settled.noted(Settled([("a", 1, "{}"), ("b", 2, REFUSED)]).judged(""))

    assert [False, False, True] == [
        again.can_keep(each)
        for each in ([("b", 3, "{}")], [("c", 3, "{}"), ("c", 4, "{}")], [("c", 3, "{}"), ("d", 4, "{}")])
    ]


@given(KEPT, PLACES)
def test_what_is_unread_is_seen_where_it_lies(kept: list[Told], through: int) -> None:
    """Verdicts on entries that were let go would stay for ever where a start believes that there are none."""
    settled = Settled(kept)

    assert (not settled.up_to(through)) == Settled.noted(settled.judged("e")).none_up_to(through)


def test_too_many_that_were_turned_down_are_not_noted_one_by_one() -> None:
    """The record is written with each verdict; a courier that finds none of them there reads the verdicts."""
    few = Settled((str(seq), seq, REFUSED) for seq in range(1, FEW + 1)).judged("")
    more = Settled((str(seq), seq, REFUSED) for seq in range(1, FEW + 2)).judged("")

    assert [(FEW, True), (None, False)] == [(few.down and len(few.down), few.exact), (more.down, more.exact)]


def test_many_stretches_are_asked_for_as_few() -> None:
    """Each is a request to the database: every second of ten thousand chosen would be five thousand of them."""
    settled = Settled((str(seq), seq, "{}") for seq in range(2, 1_000, 2))

    assert (MOST, (2 * MOST - 1, END)) == (len(settled.stretches), settled.stretches[-1])


@pytest.mark.parametrize("settled", [Settled(), Settled([("d", END, "{}")])], ids=["nothing", "the last place"])
def test_places_that_cannot_be_do_not_wait(settled: Settled) -> None:
    """A row that is damaged may name any number."""
    assert [False, False] == [settled.waits(seq) for seq in (0, END + 1)]
