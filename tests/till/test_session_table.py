"""The table of offline sessions (S19, S20): by hand and by itself, narrowed, and given out as a file."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from app.domain.session import Session, Status
from app.sync.protocol import VerdictKind
from app.till.past import fitting_sessions
from app.till.slices.sessions import SessionFilter
from tests.till.till import Till

ZONE = "Asia/Kolkata"
CSV_NAME, XLSX_NAME = "offline-sessions-DS01-R1-2026-11-22.csv", "offline-sessions-DS01-R1-2026-11-22.xlsx"


@pytest.fixture
def sold(selling: Till) -> Till:
    """A session by hand with one sale in cash, a day later one by itself with one by card that is still to be sent."""
    selling.says("OfflineSwitched").picks().pays().says("SaleLeft").says("OfflineTurnedOff")
    selling.is_judged()
    selling.device.clock.at += timedelta(days=1)
    selling.starts_again().signs_in().goes_offline()
    selling.picks().pays("card", reference="A1").says("SaleLeft")
    selling.comes_back()
    return selling


def listed(till: Till, **wanted: str) -> tuple[Session, ...]:
    return fitting_sessions(till.state.journal, SessionFilter(**wanted), ZONE)


def exported(till: Till) -> list[list[str]]:
    kind, data = till.device.page.files[CSV_NAME]
    assert "text/csv" == kind
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_sessions_are_listed_newest_first(sold: Till) -> None:
    """Who looks for the outage of this morning finds it on top."""
    assert [({"Card Swipe at Store": 49_950}, Status.OPEN), ({"Cash at Store": 50_000}, Status.SUCCESS)] == [
        (one.tenders, one.status) for one in listed(sold)
    ]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2),
        ({"since": "2026-11-22"}, 1),
        ({"until": "2026-11-21"}, 1),
        ({"since": "2026-11-23"}, 0),
        ({"status": "Open"}, 1),
        ({"status": "Failed"}, 0),
        ({"status": "Success", "since": "2026-11-22"}, 0),
    ],
    ids=str,
)
def test_sessions_are_narrowed(sold: Till, wanted: dict[str, str], count: int) -> None:
    """S20: by days and by status."""
    assert count == len(listed(sold, **wanted))


def test_a_refused_sale_makes_its_session_failed(sold: Till) -> None:
    """Somebody has to look; it is no success that the others arrived."""
    sold.is_judged(VerdictKind.REFUSED)

    assert [Status.FAILED, Status.SUCCESS] == [one.status for one in listed(sold)]


def test_an_export_holds_what_is_listed(sold: Till) -> None:
    """S20: with a column for each tender, oldest first."""
    sold.says("SessionsExported", form="csv")
    header, first, second = exported(sold)

    assert ["Session", "Status", "Start", "End", "Started by", "Why"] == header[:6]
    assert ["Value", "Card Swipe at Store", "Cash at Store"] == header[-3:]
    assert (["Success", "Asha", "switched by hand", "1"], ["500.00", "0.00", "500.00"]) == (
        [first[at] for at in (1, 4, 5, 6)],
        first[-3:],
    )
    assert (["Open", "by itself", "no internet", "1"], ["499.50", "499.50", "0.00"]) == (
        [second[at] for at in (1, 4, 5, 6)],
        second[-3:],
    )


def test_times_in_a_file_are_those_of_the_store(sold: Till) -> None:
    """An accountant reads them beside the receipts."""
    sold.says("SessionsExported", form="csv")

    assert "2026-11-21 12:00" == exported(sold)[1][2]


def test_an_export_follows_the_filter(sold: Till) -> None:
    """What is on the screen is what is in the file."""
    sold.says("SessionsFiltered", by="status", value="Success").says("SessionsExported", form="csv")

    assert ["Success"] == [row[1] for row in exported(sold)[1:]]


def test_a_workbook_is_one(sold: Till) -> None:
    """A spreadsheet opens it without a question."""
    sold.says("SessionsExported", form="xlsx")
    kind, data = sold.device.page.files[XLSX_NAME]

    assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" == kind
    assert "xl/workbook.xml" in ZipFile(BytesIO(data)).namelist()


@pytest.mark.parametrize("by", ["nothing", "__class__"])
def test_a_filter_that_is_none_changes_nothing(sold: Till, by: str) -> None:
    """The page may say what it likes."""
    sold.says("SessionsFiltered", by=by, value="x").says("OrdersFiltered", by=by, value="x")

    assert (SessionFilter(), {}) == (sold.state.session_filter, sold.device.disk.local.get("report", {}))


def test_nobody_signed_in_exports_nothing(sold: Till) -> None:
    """The till stands in a public room."""
    sold.says("SignedOut").says("SessionsExported", form="csv")

    assert {} == sold.device.page.files
