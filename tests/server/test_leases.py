"""Leases at the OMS: the register is let go on, a copy of it is told, and people hear of it once."""

from pathlib import Path

from sqlalchemy import select
from starlette.testclient import TestClient

from app.sync.lease import LeaseAnswer, LeaseRequest
from app.sync.protocol import API
from server.oms.backup import back_up, put_back
from server.oms.findings import ExceptionView, Wanted, list_exceptions
from server.oms.oms import Oms, wire
from server.oms.secrets import Secrets
from server.oms.tables_online import Audit
from tests.server.application import application
from tests.server.browser import Browser

FIRST = LeaseRequest(count=0, previous="", next="one")
SECOND = LeaseRequest(count=1, previous="one", next="two")
COPY = LeaseRequest(count=1, previous="one", next="other-two")


def asks(register: Browser, request: LeaseRequest) -> bool:
    """Ask for a lease; say whether the register is called a copy."""
    reply = register.client.post(
        f"{API}/registers/lease", content=request.model_dump_json(), headers=register.bearer | JSON
    )
    assert reply.status_code == 200, reply.text
    answer = LeaseAnswer.model_validate_json(reply.content)
    assert answer.next == request.next
    return answer.copied


JSON = {"Content-Type": "application/json"}


def alarms(oms: Oms) -> list[ExceptionView]:
    with oms.database.read() as session:
        return list(list_exceptions(session, Wanted(kind="copied", resolved=False), 10, 0).exceptions)


def test_a_lease_moves_with_each_contact(register: Browser) -> None:
    """The plain way; repeated, because its answer was lost, it is no other contact."""
    assert [False] * 4 == [asks(register, each) for each in (FIRST, FIRST, SECOND, SECOND)]


def test_a_copy_is_told(register: Browser) -> None:
    """It would give the same numbers as the register, which went on."""
    told = [asks(register, each) for each in (FIRST, SECOND, COPY, COPY)]

    assert [False, False, True, True] == told


def test_a_request_that_comes_late_changes_nothing(oms: Oms, register: Browser) -> None:
    """What a network held back for a minute looks like a copy, and must neither move a lease nor call people."""
    third = LeaseRequest(count=2, previous="two", next="three")
    told = [asks(register, each) for each in (FIRST, SECOND, FIRST, third)]

    assert ([False, False, True, False], []) == (told, alarms(oms))


def test_people_are_told_once_of_each_copy(oms: Oms, register: Browser) -> None:
    """The copy repeats it until it is heard; a network may repeat it, too."""
    for each in (FIRST, SECOND, COPY):
        asks(register, each)
    for _ in range(2):
        asks(register, COPY.model_copy(update={"copied": True}))

    [alarm] = alarms(oms)
    with oms.database.read() as session:
        copied = select(Audit).where(Audit.action == "register copied")
        trail = [(each.register, each.subject) for each in session.scalars(copied)]
    assert ("R1", "Register R1 exists twice.") == (alarm.register, alarm.words[:25])
    assert [("R1", "registers/R1")] == trail


def test_registers_have_leases_of_their_own(client: TestClient, register: Browser) -> None:
    """Two registers of a store are not copies of each other."""
    other = Browser.enrol(client)

    assert [False, False] == [asks(each, FIRST) for each in (register, other)]


def test_a_restored_oms_calls_nobody_a_copy(oms: Oms, keys: Secrets, tmp_path: Path, register: Browser) -> None:
    """R1 went on since the backup, R2 was enrolled after it: both come back, and a copy of R1 is still found out."""
    asks(register, FIRST)
    back_up(oms, tmp_path / "backup.db")
    later = Browser.enrol(register.client)
    for each, request in ((register, SECOND), (later, FIRST), (later, SECOND)):
        asks(each, request)
    oms.database.close()
    put_back(oms.settings, tmp_path / "backup.db")
    again = wire(oms.settings, keys)
    client = TestClient(application(again), base_url="http://localhost", client=("127.0.0.1", 50_000))
    register.client = later.client = client

    third = LeaseRequest(count=2, previous="two", next="three")
    assert [False, False] == [asks(each, third) for each in (register, later)]
    assert asks(register, COPY)
    again.close()
