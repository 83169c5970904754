"""What a bad line has cut or changed is sent again, and never stands in the back office as a refused entry."""

import pytest
from sqlalchemy import func, select

from app.sync.lease import LeaseAnswer, LeaseRequest
from app.sync.protocol import API
from app.sync.under_way import CONTENT_DIGEST, content_digest
from server.oms.oms import Oms
from server.oms.tables import EntryRow, Reject
from tests.conftest import order
from tests.server.browser import Browser

CUT = "What was sent was changed on its way"


def sent(register: Browser, body: bytes, named: str) -> tuple[int, str]:
    headers = register.bearer | {CONTENT_DIGEST: named}
    reply = register.client.post(f"{API}/entries", content=body, headers=headers)
    return reply.status_code, reply.json().get("title", "")


def kept(oms: Oms) -> tuple[int, int]:
    """How many entries, and how many that were turned down."""
    with oms.database.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (EntryRow, Reject)]
    return counts[0], counts[1]


def test_a_digest_that_cannot_be_read_fits_nothing(oms: Oms, register: Browser) -> None:
    """It was changed itself: the request may have been, too."""
    assert ((400, CUT), (0, 0)) == (sent(register, register.sale(order()), "sha-256=:no:base64:"), kept(oms))


@pytest.mark.parametrize("left", [0, 40, -2])
def test_a_batch_that_lost_its_end_is_not_taken_in(oms: Oms, register: Browser, left: int) -> None:
    """A person of the back office would look for an entry that was never lost."""
    body = register.sale(order()) + b"\n"

    assert ((400, CUT), (0, 0)) == (sent(register, body[:left], content_digest(body)), kept(oms))


def test_a_batch_that_is_whole_is_taken_in(oms: Oms, register: Browser) -> None:
    """Beside a digest of another kind, too."""
    body = register.sale(order()) + b"\n"

    assert (200, (1, 0)) == (sent(register, body, f"sha-512=:AAAA:, {content_digest(body)}")[0], kept(oms))


@pytest.mark.parametrize("named", ["", "sha-512=:AAAA:", "nonsense"])
def test_a_batch_that_names_no_digest_is_believed(oms: Oms, register: Browser, named: str) -> None:
    """A register of an older release names none."""
    assert (200, (1, 0)) == (sent(register, register.sale(order()), named)[0], kept(oms))


def test_a_lease_of_which_a_letter_changed_is_not_kept(register: Browser) -> None:
    """The OMS would hold a lease that nobody asked for, and take the register for a copy of itself."""
    asked = LeaseRequest(count=0, previous="", next="lease-1").model_dump_json().encode()
    named = register.bearer | {CONTENT_DIGEST: content_digest(asked), "Content-Type": "application/json"}

    replies = [
        register.client.post(f"{API}/registers/lease", content=body, headers=named)
        for body in (asked.replace(b"lease-1", b"lease-0"), asked)
    ]

    assert [replies[0].status_code, replies[0].json()["title"]] == [400, CUT]
    assert LeaseAnswer.model_validate_json(replies[1].content) == LeaseAnswer(next="lease-1")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"{API}/registers/enrol", 200),
        ("GET", f"{API}/snapshot", 200),
        ("GET", f"{API}/registers/nowhere", 404),
        ("PUT", f"{API}/entries", 405),
        ("POST", f"{API}/entries", 200),
    ],
)
def test_an_answer_names_its_hash(register: Browser, method: str, path: str, status: int) -> None:
    """A register that got a changed letter in its token would look revoked for good, with all that it sells."""
    body = register.sale(order()) + b"\n" if method == "POST" else None
    reply = register.client.request(method, path, content=body, headers=register.bearer)

    assert (status, content_digest(reply.content)) == (reply.status_code, reply.headers[CONTENT_DIGEST])


@pytest.mark.parametrize(
    ("method", "path"), [("HEAD", f"{API}/images/{'0' * 64}"), ("GET", "/office/sign-in"), ("GET", "/nowhere")]
)
def test_a_page_and_a_question_for_headers_alone_name_none(register: Browser, method: str, path: str) -> None:
    """What a person reads may be changed by the browser's own tools; and the hash would be of no bytes at all."""
    assert CONTENT_DIGEST not in register.client.request(method, path).headers
