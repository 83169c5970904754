"""Batches are as large as their time allows: a quick line empties the queue soon, a slow one never blocks the probe."""

from collections.abc import Sequence

import pytest

from app.courier.oms import Failure
from app.courier.pushing import MOST_COUNT, QUICK_SECONDS, SLOW_SECONDS, paced
from app.domain.customer import Clash, Field
from app.sync.checkpoint import END
from app.sync.protocol import Verdicts
from app.sync.said import silent
from app.sync.settled import JUDGED, Judged
from server.oms.doors import MAX_LINES
from tests.courier.test_aside import Narrow, drains, holding


@pytest.mark.parametrize(
    ("count", "sent", "seconds", "next_time"),
    [
        (100, 100, 0.0, 200),
        (100, 7, QUICK_SECONDS / 2, 200),
        (MOST_COUNT, MOST_COUNT, 0.1, MOST_COUNT),
        (200, 200, (QUICK_SECONDS + SLOW_SECONDS) / 2, 200),
        (200, 200, SLOW_SECONDS * 2, 100),
        (200, 40, SLOW_SECONDS * 2, 20),
        (1, 1, SLOW_SECONDS * 2, 1),
    ],
)
def test_the_next_batch_is_as_large_as_time_allows(count: int, sent: int, seconds: float, next_time: int) -> None:
    """What takes longer than a request may is sent for nothing; what is too small pays for each journey."""
    assert next_time == paced(count, sent, seconds)


def test_no_batch_is_more_than_the_oms_takes() -> None:
    """It would be refused whole, and have to be halved first."""
    assert MOST_COUNT <= MAX_LINES


class Distorted(Narrow):
    """An OMS whose answer is changed on its way: it names places that are far from here."""

    def entries(self, token: str, lines: Sequence[bytes], limit: float) -> Verdicts | Failure:
        said = super().entries(token, lines, limit)
        assert isinstance(said, Verdicts)
        return Verdicts(verdicts=tuple(each.model_copy(update={"seq": 3_001}) for each in said.verdicts))


class Doubting(Narrow):
    """An OMS that has found fields of customers which the back office changed, too."""

    def entries(self, token: str, lines: Sequence[bytes], limit: float) -> Verdicts | Failure:
        said = super().entries(token, lines, limit)
        assert isinstance(said, Verdicts)
        clash = (Clash(field=Field.PHONE, here="1", office="2"),)
        one, *others = said.verdicts
        return Verdicts(verdicts=(one, *(each.model_copy(update={"clashes": clash}) for each in others)))


def test_where_a_doubt_begins_is_noted_in_the_clear() -> None:
    """What it is about lies sealed in the verdicts, which no start opens all of; a person has to decide it still."""
    register = drains(holding(b"one", b"two", b"three"), Doubting(500))

    noted = Judged(open=((4, END),), booked_to=3, doubted=2, many=3, down={})
    assert noted.model_dump_json() == register.stores.records[JUDGED]


def test_a_place_that_was_changed_on_its_way_is_not_believed() -> None:
    """The till would miss entries that never were, and refuse every sale: what is lost up to there comes first."""
    register = drains(holding(b"one", b"two"), Distorted(500))

    kept = {seq: silent(text).seq for seq, text in register.stores.verdicts.values()}
    assert {1: 1, 2: 2} == kept
