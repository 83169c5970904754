"""The call for e-invoices."""

from fastapi import APIRouter, Response

from app.sync.e_invoice import EInvoice
from app.sync.protocol import API, Problem
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.problems import Failed

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})


@router.get("/orders/{order_id}/e-invoice")
def e_invoice(oms: WithOms, register: WithRegister, response: Response, order_id: str) -> EInvoice:
    """Tell whether an order has its IRN; one that waits for the portal and is due is sent in now."""
    del register
    response.headers["Cache-Control"] = "no-store"
    found = oms.e_invoices.look_up(order_id)
    if found is None:
        raise Failed(404, "There is no such e-invoice", "The order is not here yet, or it needs no e-invoice.")
    return found
