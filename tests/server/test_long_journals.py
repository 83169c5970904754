"""What the back office asks of a year of orders grows with what it shows, not with sessions times orders."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.session import Status
from server.oms.database import Database
from server.oms.sessions import Wanted, list_sessions
from server.oms.tables import EntryRow, OrderRow, SessionRow
from tests.conftest import NOW
from tests.importers.conftest import database
from tests.quickest import times_longer

__all__ = ["database"]
EACH = 50
"""Orders of a session."""
FEW = 30


def sold(session: Session, register: str, sessions: int) -> None:
    """A register with so many offline sessions, one behind the other, all of whose orders have arrived."""
    for start in range(0, sessions * (EACH + 2), EACH + 2):
        places = range(start + 2, start + EACH + 2)
        session.execute(insert(EntryRow), [_entry(register, seq) for seq in places])
        session.execute(insert(OrderRow), [_order(register, seq) for seq in places])
        session.add(_session(register, start + 1, start + EACH + 2))


def _entry(register: str, seq: int) -> dict[str, object]:
    name = f"{register}/{seq}"
    texts = dict.fromkeys(("why", "order_number"), "") | {"prev": "", "kind": "sale", "verdict": "accepted"}
    own = {"digest": name, "id": name, "place": name, "register": register, "seq": seq, "line": b"x" * 1_500}
    return {**texts, **own, "at": NOW, "received_at": NOW, "total": 1}


def _order(register: str, seq: int) -> dict[str, object]:
    name = f"{register}/{seq}"
    texts = dict.fromkeys(("staff_name", "customer", "why"), "") | {"state": "synced", "value": "x" * 1_500}
    own = {"id": name, "digest": name, "order_number": name, "number": name, "register": register, "seq": seq}
    return {**texts, **own, "at": NOW, "business_day": NOW.date(), "total": 1, "offline": True}


def _session(register: str, first: int, last: int) -> SessionRow:
    ends = {"opened_seq": first, "closed_seq": last, "opened_at": NOW, "closed_at": NOW + timedelta(hours=1)}
    staff = {"why": "by_hand", "staff_id": "s1", "staff_name": "Asha"}
    return SessionRow(id=f"{register}/{first}", register=register, day=NOW.date(), **ends, **staff)


@pytest.mark.parametrize("status", [Status.OPEN, Status.SUCCESS])
def test_sessions_of_a_long_journal_are_listed_in_time(database: Database, status: Status) -> None:
    """The dashboard asks which are open at every look; each was counted among all orders of its register."""
    with database.write() as session:
        sold(session, "few", FEW)
        sold(session, "many", FEW * 4)

    def lists(sessions: int) -> None:
        register = "few" if sessions == FEW else "many"
        with database.read() as session:
            found = list_sessions(session, Wanted(status=status, register=register), 5, 0)
        assert found.count == (sessions if status is Status.SUCCESS else 0)

    assert times_longer(lists, FEW) < 7
