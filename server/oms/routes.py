"""The HTTP API of the OMS; what each call means stands in its docstring, and so in the OpenAPI document.

Endpoints are plain functions: they run in the thread pool, and a slow query never stops the event loop.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as PathPart
from fastapi.responses import FileResponse

from app.sync.protocol import (
    API,
    ChangesPage,
    Dataset,
    Enrolment,
    EnrolOffer,
    EnrolRequest,
    Manifest,
    Pong,
    Problem,
    Verdicts,
)
from server.oms.changes import MAX_PAGE, PAGE, changes_since
from server.oms.doors import (
    MOST_NUMBER,
    Day,
    Offset,
    TokenFirst,
    WithLines,
    WithOms,
    WithRegister,
    guessing,
    on_this_machine,
)
from server.oms.intake import take_in
from server.oms.orders import MAX_PAGE as MAX_ORDERS
from server.oms.orders import Filters, OrderDetail, OrderList, list_orders, order_detail
from server.oms.problems import Failed
from server.oms.registers import NotEnrolled, enrol
from server.oms.revisions import current, fact
from server.oms.times import now

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})
IMMUTABLE = "public, max-age=31536000, immutable"
FROM = "The cursor of the last page, or of the image; 0 from the start."
Cursor = Annotated[int, Query(ge=0, le=MOST_NUMBER, description=FROM)]
_NAME = "|".join(Dataset)
Datasets = Annotated[
    str, Query(pattern=f"^({_NAME})?(,({_NAME}))*$", description="Data sets by name, comma between; all when empty.")
]


@router.get("/ping")
def ping(
    oms: WithOms, register: WithRegister, response: Response, nonce: Annotated[str, Query(min_length=1, max_length=200)]
) -> Pong:
    """Show that the OMS is there: the nonce comes back. 401 when the register is unknown or revoked."""
    del register
    response.headers["Cache-Control"] = "no-store"
    with oms.database.read() as session:
        return Pong(nonce=nonce, time=now(), epoch=fact(session, "epoch"), revision=current(session))


@router.get("/registers/enrol")
def enrol_offer(oms: WithOms, request: Request, response: Response) -> EnrolOffer:
    """Tell a browser without a register whether it needs a one-time code, and the key to wrap its own for."""
    response.headers["Cache-Control"] = "no-store"
    return EnrolOffer(code_needed=not on_this_machine(request), public_key=oms.keys.public_key)


@router.post("/registers/enrol")
def enrol_register(oms: WithOms, request: Request, response: Response, asked: EnrolRequest) -> Enrolment:
    """Make a browser a register. Safe to repeat: the same enrolment id gets the same answer."""
    response.headers["Cache-Control"] = "no-store"
    needed = not on_this_machine(request)
    with guessing(oms, request, counts=needed), oms.database.write() as session:
        answer = enrol(session, oms.keys, asked, code_needed=needed)
        if isinstance(answer, NotEnrolled):
            raise Failed(403, "Not enrolled", answer.why)
    return answer


@router.get("/snapshot")
def snapshot(oms: WithOms, register: WithRegister, response: Response) -> Manifest:
    """Offer the image of the catalogue, and tell the size and age of each data set."""
    del register
    response.headers["Cache-Control"] = "no-store"
    image = oms.images.offer()
    with oms.database.read() as session:
        return Manifest(image=image, cursor=current(session), datasets=oms.sizes.now(session))


@router.get("/images/{sha256}", response_class=FileResponse)
def image(
    oms: WithOms, register: WithRegister, sha256: Annotated[str, PathPart(pattern="^[0-9a-f]{64}$")]
) -> FileResponse:
    """Serve an image: an immutable gzip file, whole or by ranges; its name is the hash of the file as it is.

    It is served as a file, not as an encoding, so that ranges and the hash are those of the same bytes.
    """
    del register
    path = oms.images.path(sha256)
    if not path.exists():
        raise Failed(404, "There is no such image", "Ask for the snapshot again: it names the newest one.")
    headers = {"Cache-Control": IMMUTABLE, "ETag": f'"{sha256}"'}
    return FileResponse(path, media_type="application/gzip", headers=headers)


@router.get("/changes")
def changes(
    oms: WithOms,
    register: WithRegister,
    response: Response,
    cursor: Cursor,
    datasets: Datasets = "",
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> ChangesPage:
    """List what changed after a cursor, in order; ask again from the page's cursor while `more`.

    A register that starts from an image has products, stock and rates up to the image's cursor, and nothing of the
    rest: it first asks from 0 with `datasets=tenders,staff,customers,settings,promotions,extensions`, then from
    the image's cursor for all. From there one cursor is enough. A change may be listed twice, and then says the
    same; none is left out.
    """
    del register
    response.headers["Cache-Control"] = "no-store"
    wanted = tuple(Dataset(name) for name in datasets.split(",") if name) or tuple(Dataset)
    with oms.database.read() as session:
        return changes_since(session, cursor, wanted, limit)


@router.post(
    "/entries",
    openapi_extra={"requestBody": {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def entries(oms: WithOms, register: WithRegister, lines: WithLines) -> Verdicts:
    """Take journal entries in, one a line, byte for byte as they lie in the folder; a verdict for each, in order.

    `conflict` is another entry's id alone; one that shares a place in the journal, and no id, is booked with attention.
    Safe to repeat. A batch over the limits is a problem 413: send less at a time. Where a header Content-Digest
    names a sha-256 (RFC 9530), a batch that is another one is a problem 400: nothing of it was taken in.
    """
    with oms.database.write() as session:
        return take_in(session, oms.keys, register, lines)


@router.get("/orders")
def orders(
    oms: WithOms,
    register: WithRegister,
    since: Day | None = None,
    until: Day | None = None,
    register_id: Annotated[str | None, Query(alias="register")] = None,
    state: Annotated[str | None, Query(description="accepted or attention")] = None,
    text: Annotated[str | None, Query(max_length=100, description="in number, customer or staff")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ORDERS)] = 100,
    offset: Offset = 0,
) -> OrderList:
    """List orders, newest first, with the count and sum of all that match; days are business days."""
    del register
    with oms.database.read() as session:
        return list_orders(session, Filters(since, until, register_id, state, text), limit, offset)


@router.get("/orders/{order_id}")
def order(oms: WithOms, register: WithRegister, order_id: str) -> OrderDetail:
    """Return an order as the register made it, with the OMS's verdict."""
    del register
    with oms.database.read() as session:
        found = order_detail(session, order_id)
    if found is None:
        raise Failed(404, "There is no such order")
    return found
