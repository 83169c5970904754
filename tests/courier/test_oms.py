"""What the courier makes of answers that are not the OMS's: real sockets, strange servers."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from app.courier.oms import NotOurs, Oms, Refused, Unreachable
from app.sync.lease import LeaseRequest
from app.sync.link import PROBE_LIMIT
from app.sync.protocol import Enrolment, EnrolRequest, ImageOffer, Series
from app.sync.questions import Request
from app.sync.under_way import CONTENT_DIGEST, content_digest

Answer = Callable[[BaseHTTPRequestHandler], None]
OFFER = ImageOffer.model_validate_json(
    '{"url":"/i","bytes":10,"sha256":"' + "0" * 64 + '","format":1,"cursor":0,"made_at":"2026-11-21T00:00:00Z"}'
)


class Stranger:
    """A server on loopback that answers every request as the test says."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def oms(self) -> Oms:
        address = f"http://127.0.0.1:{self.server.server_port}"
        return Oms(base=address, session=requests.Session(), no_answer=(requests.RequestException,))

    def says(self, status: int, body: bytes, **headers: str) -> None:
        """Answer every request with this."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.answer = answer


class Noting(requests.Session):
    """Notes the time limit of each request."""

    def __init__(self) -> None:
        super().__init__()
        self.limits: list[object] = []

    def request(self, *given: Any, **named: Any) -> requests.Response:
        self.limits.append(named["timeout"])
        return super().request(*given, **named)


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    server = Stranger()
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_a_captive_portal_is_not_the_oms(stranger: Stranger) -> None:
    """A hotel's sign-in page answers 200 to everything; believing it would lose the outage."""
    stranger.says(200, b"<html>Please sign in</html>")

    assert isinstance(stranger.oms.ping("t", "n1"), NotOurs)


def test_a_cached_pong_is_not_the_oms(stranger: Stranger) -> None:
    """A proxy's stored answer holds the nonce of an earlier question."""
    stranger.says(200, b'{"product":"store-os","nonce":"old","time":"2026-11-21T00:00:00Z","epoch":"e","revision":1}')

    assert isinstance(stranger.oms.ping("t", "new"), NotOurs)


def test_an_answer_about_another_lease_is_not_believed(stranger: Stranger) -> None:
    """A proxy's old answer must neither move a lease nor stop a till as a copy."""
    stranger.says(200, b'{"product":"store-os","next":"old","copied":true}')

    assert isinstance(stranger.oms.lease("t", LeaseRequest(count=0, previous="", next="new")), NotOurs)


def test_a_redirect_is_not_followed(stranger: Stranger) -> None:
    """Portals redirect; the token must not be carried to where they point."""
    stranger.says(302, b"", Location="http://127.0.0.1:1/elsewhere")

    assert isinstance(stranger.oms.ping("t", "n"), NotOurs)


ENROLLED = Enrolment(
    store="DS01",
    register="R1",
    token="R1.letters",
    series=Series(invoice="DS01A", credit_note="DS01A0", training="DS010A"),
    public_key="MIIB",
)


def test_an_answer_that_was_changed_on_its_way_is_none(stranger: Stranger) -> None:
    """One changed letter of a token, and the register would look revoked for good; of a series, and numbers double."""
    body = ENROLLED.model_dump_json().encode()
    said = list[object]()
    for came in (body.replace(b"letters", b"lettess"), body.replace(b'"DS01A"', b'"DS01B"'), body[:-1], body):
        stranger.says(200, came, Content_Digest=content_digest(body))
        said.append(stranger.oms.enrol(EnrolRequest(enrolment="e" * 26, key_id="k", wrapped_key="w")))

    assert said == [Unreachable("the answer was changed on its way")] * 3 + [ENROLLED]


def test_an_answer_that_names_no_hash_is_believed(stranger: Stranger) -> None:
    """An older server names none."""
    stranger.says(200, ENROLLED.model_dump_json().encode())

    assert stranger.oms.enrol(EnrolRequest(enrolment="e" * 26, key_id="k", wrapped_key="w")) == ENROLLED


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_counts_as_away(stranger: Stranger, status: int) -> None:
    """A gateway's error page is neither the OMS's no nor a stranger: the OMS is away."""
    stranger.says(status, b"<html>Bad gateway</html>")

    assert stranger.oms.manifest("t") == Unreachable(f"the server answered {status}", status)


def test_silence_ends_at_its_limit(stranger: Stranger) -> None:
    """A request without a limit would stop probes, and with them the banner, for minutes."""
    told, hung_up = threading.Event(), threading.Event()

    def answer(_: BaseHTTPRequestHandler) -> None:
        told.wait(60)
        hung_up.set()

    stranger.answer = answer
    session = Noting()
    said = replace(stranger.oms, session=session).ping("t", "n")
    was_silent = not hung_up.is_set()
    told.set()

    assert (isinstance(said, Unreachable), was_silent, session.limits) == (True, True, [PROBE_LIMIT])


SENDING = {
    "entries": lambda oms: oms.entries("t", [b"one", b"two"], 3.0),
    "lease": lambda oms: oms.lease("t", LeaseRequest(count=1, previous="a", next="b")),
    "enrolment": lambda oms: oms.enrol(EnrolRequest(enrolment="e" * 26, key_id="k", wrapped_key="w")),
    "question": lambda oms: oms.ask("t", Request(method="POST", path="/quotes", body="{}"), "key"),
}


@pytest.mark.parametrize("send", SENDING.values(), ids=SENDING)
def test_what_is_sent_names_its_hash(stranger: Stranger, send: Callable[[Oms], object]) -> None:
    """By it the OMS tells what a bad line has cut or changed from what was meant."""
    came: list[bool] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        came.append(bool(body) and request.headers[CONTENT_DIGEST] == content_digest(body))

    stranger.answer = answer
    send(stranger.oms)

    assert came == [True]


def test_nobody_there_is_a_value() -> None:
    """A refused connection is the most ordinary event of this product, not an exception."""
    oms = Oms(base="http://127.0.0.1:9", session=requests.Session(), no_answer=(requests.RequestException,))

    assert isinstance(oms.ping("t", "n"), Unreachable)


def test_the_omss_own_no_is_told_from_all_others(stranger: Stranger) -> None:
    """Only a problem document is the OMS's no; it carries a sentence for people."""
    stranger.says(409, b'{"title":"Conflict","status":409,"detail":"The code was used already."}')

    assert stranger.oms.offer() == Refused(409, "The code was used already.")


def test_a_cut_piece_is_not_kept(stranger: Stranger) -> None:
    """Half a piece in the store would shift every byte after it."""
    stranger.says(206, b"12345", Content_Range="bytes 0-9/10")

    assert isinstance(stranger.oms.piece("t", OFFER, 0, 10), Unreachable)


def test_a_host_without_ranges_still_serves_pieces(stranger: Stranger) -> None:
    """A static host or CDN may answer a range with the whole file."""
    stranger.says(200, b"0123456789")

    assert stranger.oms.piece("t", OFFER, 3, 4) == b"3456"


def test_a_piece_is_asked_for_past_the_browsers_cache(stranger: Stranger) -> None:
    """Chromium never asked for the rest of an image whose piece a reload had cut: the register had no catalogue."""
    said: list[str] = []
    stranger.answer = lambda request: said.append(request.headers["Cache-Control"])
    stranger.oms.piece("t", OFFER, 0, 10)

    assert said == ["no-cache"]


def test_a_portals_page_is_no_picture(stranger: Stranger) -> None:
    """Otherwise the grid would show broken pictures long after the portal is gone."""
    stranger.says(200, b"<html>sign in</html>")

    assert isinstance(stranger.oms.picture("0" * 64), NotOurs)
