"""A clash that nobody has decided about stays on the screen, however old it is and however much was sold since."""

from datetime import timedelta

import pytest

from app.domain.customer import Clash, Field
from app.sync.protocol import CustomerChange, Verdict, VerdictKind
from app.till.directory import clashes_of, customer_of
from tests.conftest import NOW, customer
from tests.till.test_customers import OURS, THEIRS
from tests.till.test_pruning import ages, looks, sells, there
from tests.till.till import Till


@pytest.fixture
def clashing(selling: Till) -> Till:
    """A sale, and Meera's phone as it was changed here and in the back office; both at the OMS for ninety days."""
    selling.office_says_of_meera(40)
    sells(selling).says("ScreenOpened", screen="customers")
    selling.says("CustomerOpened", customer_id="c1").says("CustomerSaved", name="Meera Iyer", phone=OURS)
    entry, clash = selling.entries()[-1], Clash(field=Field.PHONE, here=OURS, office=THEIRS)
    said = Verdict(digest=entry.digest, seq=2, kind=VerdictKind.ATTENTION, revision=60, clashes=(clash,), at=NOW)
    selling.device.shelf.kept_verdicts[entry.digest] = said.model_dump_json()
    selling.hears("verdicts")
    selling.office_says_of_meera(60, phone=THEIRS)
    return selling.says("ScreenOpened", screen="sell")


def doubted(till: Till) -> int:
    here = customer_of(till.state, "c1")
    return len(clashes_of(till.state, here)) if here else -1


def decides(till: Till, ours: str) -> Till:
    till.says("ScreenOpened", screen="customers").says("CustomerOpened", customer_id="c1")
    return till.says("ClashSettled", detail="phone", ours=ours).says("ScreenOpened", screen="sell")


def test_what_is_undecided_is_not_let_go(clashing: Till) -> None:
    """Gone from the browser it would be gone from the screen, and one side's work lost in silence."""
    looks(ages(clashing))

    assert ([2, 3], 1) == (there(clashing), doubted(clashing))


@pytest.mark.parametrize("ours", ["true", "false"])
def test_what_was_decided_may_go(clashing: Till, ours: str) -> None:
    """Else one quarrel about a phone number keeps the journal from ever growing shorter."""
    looks(ages(decides(clashing, ours)))

    assert ([4], 0) == (there(clashing), doubted(clashing))


def test_while_customers_are_away_nobody_can_tell(clashing: Till) -> None:
    """After a reset they come again; until then nothing that may be undecided goes."""
    ages(clashing).device.shelf.pages.clear()
    clashing.hears("changes")
    looks(clashing)

    assert [2, 3] == there(clashing)


@pytest.mark.parametrize("ours", ["", "true", "false"], ids=["undecided", "decided for ours", "decided for theirs"])
@pytest.mark.parametrize("summed", [True, False], ids=["noted", "by an earlier courier"])
def test_a_start_finds_it_behind_thousands_of_sales(
    clashing: Till, monkeypatch: pytest.MonkeyPatch, ours: str, *, summed: bool
) -> None:
    """A start opens the newest entries alone: neither the question nor its answer must be forgotten by that."""
    clashing.device.shelf.sums_up = summed
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    monkeypatch.setattr("app.till.recorder.EVERY", 2)
    if ours:
        decides(clashing, ours)
    sells(clashing, 3).is_judged()
    clashing.device.clock.at += timedelta(days=2)
    clashing.starts_again()

    assert (0 if ours else 1) == doubted(clashing)


def test_a_customer_who_is_gone_keeps_nothing(clashing: Till) -> None:
    """There is nothing to decide about somebody who is not there."""
    clashing.gets([CustomerChange(id="c2", revision=70, value=customer("c2", name="Ravi"))])
    clashing.gets([CustomerChange(id="c1", revision=71, gone=True)])
    clashing.hears("changes")
    looks(ages(clashing))

    assert [3] == there(clashing)
