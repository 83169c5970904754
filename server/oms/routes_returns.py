"""The call that a return at another register needs: a sale by its number, with what has come back of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.sync.protocol import API, Problem
from app.sync.returns import KnownSale
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.problems import Failed
from server.oms.returns import known_sale

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})


@router.get("/sales")
def sale(
    oms: WithOms, register: WithRegister, response: Response, number: Annotated[str, Query(min_length=1, max_length=40)]
) -> KnownSale:
    """Find a sale by the number of its invoice; 404 where no register has sent it yet."""
    del register
    response.headers["Cache-Control"] = "no-store"
    with oms.database.read() as session:
        found = known_sale(session, number)
    if found is None:
        raise Failed(404, "There is no such sale", f"No sale with the number {number} has reached the store’s system.")
    return found
