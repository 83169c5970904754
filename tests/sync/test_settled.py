"""What is settled is remembered by the courier; what waits is found from it, so that no entry is ever forgotten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.checkpoint import END
from app.sync.settled import MOST, Judged, Settled

PLACES = st.integers(1, 12)
DIGESTS = st.sampled_from("abcdefgh")
KEPT = st.lists(st.tuples(DIGESTS, PLACES, st.sampled_from(['{"kind":"refused"}', '{"kind":"accepted"}'])), max_size=4)
STEPS = st.lists(
    st.one_of(st.tuples(st.just("keep"), KEPT), st.tuples(st.just("forget"), st.sets(DIGESTS, max_size=3)))
)


@settings(deadline=None)
@given(KEPT, STEPS)
def test_a_place_waits_where_no_verdict_is_about_it(first: list[tuple[str, int, str]], steps: list) -> None:  # type: ignore[type-arg]
    """However verdicts came and went, and were about the same place: too few would be a sale that is never sent."""
    settled, known = Settled(first), {digest: (seq, text) for digest, seq, text in first}
    for what, wanted in steps:
        if what == "keep":
            settled.keep(wanted)
            known |= {digest: (seq, text) for digest, seq, text in wanted}
        else:
            settled.forget(wanted)
            known = {digest: each for digest, each in known.items() if digest not in wanted}

    waits = [seq for seq in range(1, 15) if seq not in {seq for seq, _ in known.values()}]
    asked = [seq for first_, last in settled.stretches for seq in range(first_, min(last, 14) + 1)]
    assert [waits, waits] == [asked, [seq for seq in range(1, 15) if settled.waits(seq)]]
    assert {digest: seq for digest, (seq, text) in known.items() if "refused" in text} == settled.down
    booked = max((seq for seq, text in known.values() if "refused" not in text), default=0)
    assert Judged(epoch="e", open=settled.stretches, booked_to=booked) == settled.judged("e")


def test_many_stretches_are_asked_for_as_few() -> None:
    """Each is a request to the database: every second of ten thousand chosen would be five thousand of them."""
    settled = Settled((str(seq), seq, "{}") for seq in range(2, 1_000, 2))

    assert (MOST, (2 * MOST - 1, END)) == (len(settled.stretches), settled.stretches[-1])


@pytest.mark.parametrize("settled", [Settled(), Settled([("d", END, "{}")])], ids=["nothing", "the last place"])
def test_places_that_cannot_be_do_not_wait(settled: Settled) -> None:
    """A row that is damaged may name any number."""
    assert [False, False] == [settled.waits(seq) for seq in (0, END + 1)]
