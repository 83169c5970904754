"""What registers ask about customers and cannot know: whose card was scanned."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.customer import Customer
from app.sync.protocol import API, Problem
from server.oms.customers import customer_by_code
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.problems import Failed

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})


@router.get("/customers/lookup")
def lookup(
    oms: WithOms,
    register: WithRegister,
    response: Response,
    code: Annotated[str, Query(min_length=1, max_length=200, description="What the card or the QR code says.")],
) -> Customer:
    """Find the customer whose code this is; codes are in no data set, so a register never holds the list of them."""
    del register
    response.headers["Cache-Control"] = "no-store"
    with oms.database.read() as session:
        found = customer_by_code(session, code.strip())
    if found is None:
        why = "Nobody has this card. Find the customer by phone or name, or write them down as new."
        raise Failed(404, "Nobody has this card", why)
    return found
