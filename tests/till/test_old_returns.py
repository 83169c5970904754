"""A receipt of this register's own that is older than what is open: what is said of it offline is true."""

from datetime import timedelta

import pytest

from app.sync.questions import NoAnswer
from app.till.events import SaleNumbered
from app.till.flow.returning import COMING, NOT_KNOWN, OLDER, sale_numbered
from app.till.flow.step import replace
from tests.till.till import Till


@pytest.fixture
def sold(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Three sales of yesterday, all booked, of which a start opens the newest only, as if thousands lay between."""
    for _ in range(3):
        selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    monkeypatch.setattr("app.till.recorder.FIRST", 1)
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    selling.device.clock.at += timedelta(days=1)
    return selling.starts_again().signs_in()


def seeks(till: Till, number: str) -> Till:
    return till.says("ScreenOpened", screen="orders").says("SaleSought").says("SaleNumbered", number=number)


def said(till: Till) -> str:
    return till.state.backs.seeking.problem if till.state.backs.seeking else ""


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("DS01A2627-00001", OLDER),
        ("ds01a2627-00002 ", OLDER),
        ("DS01A2627-00004", NOT_KNOWN),
        ("DS01B2627-00001", NOT_KNOWN),
        ("DS01C2627-00001", NOT_KNOWN),
        ("nonsense", NOT_KNOWN),
    ],
)
def test_offline_an_older_sale_of_its_own_is_not_called_unknown(sold: Till, number: str, why: str) -> None:
    """“Go to the register that made the sale” leads back to this very counter."""
    sold.goes_offline()

    assert why == said(seeks(sold, number))


def test_until_all_is_open_it_is_said_that_it_comes(sold: Till) -> None:
    """A moment after a start the sale is here."""
    sold.goes_offline()
    seeks(sold, "DS01A2627-00001")
    early = replace(sold.state, journal=replace(sold.state.journal, whole=False))
    sold.takes(sale_numbered(early, SaleNumbered("fresh", "DS01A2627-00001")))

    assert COMING == said(sold)


def test_it_is_said_too_where_the_oms_did_not_answer(sold: Till) -> None:
    """The line broke just then: the advice is the same."""
    seeks(sold, "DS01A2627-00001").is_answered(NoAnswer(why="late"))

    assert OLDER == said(sold)
