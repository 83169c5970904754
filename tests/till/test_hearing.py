"""What the OMS said is read once: a till that drains a month of sales hears a word after every batch."""

import pytest

from app.sync.protocol import Verdict, VerdictKind
from app.sync.status import EPOCH
from tests.till.till import Till


@pytest.fixture
def sold(selling: Till) -> Till:
    """Three sales; the OMS has booked two and refused one."""
    for kind in (VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.REFUSED):
        selling.picks().pays().says("SaleLeft")
        selling.is_judged(kind)
    return selling


def heard(till: Till) -> int:
    """How many verdicts are read when the courier says that there are some."""
    before = till.device.shelf.read
    till.hears("verdicts")
    return till.device.shelf.read - before


def kinds(till: Till) -> list[VerdictKind]:
    return [till.state.journal.verdicts[entry.digest].kind for entry in till.entries()]


def test_only_what_is_new_is_read(sold: Till) -> None:
    """Of what was booked nothing changes any more; a refusal may be followed by another verdict."""
    assert 1 == heard(sold)

    sold.picks().pays().says("SaleLeft")
    before = sold.device.shelf.read
    sold.is_judged()

    assert 2 == sold.device.shelf.read - before


def test_another_verdict_on_a_refused_entry_is_heard(sold: Till) -> None:
    """The back office has mended the reason, and the sale was sent again between two looks."""
    digest = sold.entries()[-1].digest
    accepted = Verdict(digest=digest, kind=VerdictKind.ACCEPTED)
    sold.device.shelf.kept_verdicts[digest] = accepted.model_dump_json()

    sold.hears("verdicts")

    assert [VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.ACCEPTED] == kinds(sold)


def test_a_verdict_that_was_put_aside_is_forgotten(sold: Till) -> None:
    """Else an order that waits again stands there as refused, or as synced."""
    for entry in sold.entries()[1:]:
        del sold.device.shelf.kept_verdicts[entry.digest]

    sold.hears("verdicts")

    assert {sold.entries()[0].digest} == sold.state.journal.verdicts.keys()


def test_under_another_epoch_everything_is_read_again(sold: Till) -> None:
    """The OMS was restored: what it had said about the same bytes was said by one that is gone."""
    sold.device.shelf.records[EPOCH] = "another"

    assert 3 == heard(sold)
