"""A verdict at rest tells its kind to anybody, and its words to the register alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.customer import Clash, Field
from app.sync.protocol import Verdict, VerdictKind
from app.sync.said import NOT_OPENED, KeptVerdict, closed, glimpsed, opened
from tests.conftest import NOW
from tests.fakes.courier import FakeKeys
from tests.fakes.register import at_once

GOLDEN = Path(__file__).parent.parent / "golden" / "kept-verdict-1.json"
SPOKEN = Verdict(
    digest="ab" * 32,
    id="o1",
    seq=7,
    kind=VerdictKind.ATTENTION,
    why="Of Linen Kurta none were left.",
    order_number="DS01-000007",
    total=499_00,
    clashes=(Clash(field=Field.PHONE, here="9811111111", office="9822222222"),),
)


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys(keys={"k": bytes(range(32))}, opened="k")


def test_what_it_says_comes_back_whole(keys: FakeKeys) -> None:
    """The till shows it as the OMS said it."""
    assert SPOKEN == at_once(opened(keys, at_once(closed(keys, SPOKEN))))


@pytest.mark.parametrize("text", ["Linen Kurta", "49900", "9811111111", "9822222222", "phone"])
def test_nothing_of_it_is_readable(keys: FakeKeys, text: str) -> None:
    """Names, amounts and numbers of people are in the words."""
    assert text not in at_once(closed(keys, SPOKEN))


def test_one_that_says_nothing_is_kept_as_ever(keys: FakeKeys) -> None:
    """Thousands of them are read at each start: nothing has to be opened."""
    silent = Verdict(digest="ab" * 32, id="o1", seq=7, kind=VerdictKind.ACCEPTED)

    assert silent.model_dump_json() == at_once(closed(keys, silent))


def test_one_from_before_is_still_read(keys: FakeKeys) -> None:
    """It lies open in profiles that were there before."""
    assert SPOKEN == at_once(opened(keys, SPOKEN.model_dump_json()))


def test_one_that_quotes_the_word_is_not_taken_for_a_sealed_one(keys: FakeKeys) -> None:
    """A product may be called anything."""
    odd = SPOKEN.model_copy(update={"why": 'Of "sealed" none were left: {"sealed":"x"}'})

    assert odd == at_once(opened(keys, odd.model_dump_json()))


def test_one_that_does_not_open_has_still_been_given(keys: FakeKeys) -> None:
    """A damaged verdict must not stop the register, nor send its entry for ever."""
    text = at_once(closed(keys, SPOKEN))
    found = at_once(opened(FakeKeys(keys={"k": bytes(32)}, opened="k"), text))

    assert (SPOKEN.digest, VerdictKind.ATTENTION, NOT_OPENED) == (found.digest, found.kind, found.why)


def test_one_entrys_words_do_not_open_as_anothers(keys: FakeKeys) -> None:
    """Whoever can write to the database must not be able to swap them."""
    document = json.loads(at_once(closed(keys, SPOKEN))) | {"digest": "cd" * 32}

    assert NOT_OPENED == at_once(opened(keys, json.dumps(document, separators=(",", ":")))).why


def test_a_released_one_is_still_opened(keys: FakeKeys) -> None:
    """Of each format that was ever written."""
    assert SPOKEN == at_once(opened(keys, GOLDEN.read_text()))
    assert KeptVerdict.model_validate_json(GOLDEN.read_text()).sealed


VERDICTS = st.builds(
    Verdict,
    digest=st.just("ab" * 32),
    id=st.text(max_size=4),
    seq=st.integers(-1, 2**53),
    kind=st.sampled_from(VerdictKind),
    why=st.sampled_from(("", "none were left")),
    order_number=st.text(max_size=4),
    total=st.none() | st.integers(0, 9),
    at=st.none() | st.just(NOW),
    revision=st.integers(-1, 99),
    clashes=st.sampled_from(((), SPOKEN.clashes)),
)


@given(VERDICTS, st.booleans())
def test_what_is_glimpsed_of_a_verdict_is_what_it_says(verdict: Verdict, sealed: bool) -> None:
    """A start looks at most of them only: where one says more, or says it in another way, it has to be opened."""
    keys = FakeKeys(keys={"k": bytes(range(32))}, opened="k")
    text = at_once(closed(keys, verdict)) if sealed else verdict.model_dump_json()
    found, says = glimpsed(text), bool(verdict.why or verdict.total is not None or verdict.clashes)

    assert found in (None, (verdict.digest, verdict.seq, verdict.kind))
    assert not (found and says)


@pytest.mark.parametrize("id_", ["o1", "id-000162", "é"])
def test_one_that_only_accepts_is_glimpsed(id_: str) -> None:
    """Nearly all are such, and there are thousands."""
    accepted = Verdict(
        digest="ab" * 32, id=id_, seq=7, kind=VerdictKind.ACCEPTED, order_number="DS01-7", at=NOW, revision=3
    )

    assert ("ab" * 32, 7, VerdictKind.ACCEPTED) == glimpsed(accepted.model_dump_json())


@pytest.mark.parametrize(
    "change", [("}", ',"more":1}'), ('"seq":7', '"seq":"7"'), ('"why":""', '"why":" "'), ("{", " {")]
)
def test_one_that_is_written_in_another_way_is_opened(change: tuple[str, str]) -> None:
    """A later release may say more, an earlier one said less."""
    text = Verdict(digest="ab" * 32, id="o1", seq=7, kind=VerdictKind.ACCEPTED).model_dump_json()

    assert None is glimpsed(text.replace(*change))
