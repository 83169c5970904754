"""Calls for card payments (P4, P5): ask now, process what was stored, take back what no sale has."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as PathPart

from app.sync.cards import CardAnswer, CardAsked, Processed, Reversed
from app.sync.entry import Unreadable
from app.sync.protocol import API, read
from server.oms.cards import authorise, process, reverse
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.problems import Failed
from server.oms.processor import SILENT

router = APIRouter(prefix=API, route_class=TokenFirst)
Id = Annotated[str, PathPart(min_length=1, max_length=100)]


async def card_asked(request: Request) -> CardAsked:
    """Read what is asked about a card: as JSON at once, so that times are read as strictly as in an entry."""
    asked = read(CardAsked, await request.body())
    if isinstance(asked, Unreadable):
        raise Failed(422, "The request is not one the OMS understands", asked.why)
    return asked


SCHEMA = {"content": {"application/json": {"schema": CardAsked.model_json_schema()}}, "required": True}


@router.post("/payments/authorise", openapi_extra={"requestBody": SCHEMA})
def authorise_card(
    oms: WithOms, register: WithRegister, response: Response, asked: Annotated[CardAsked, Depends(card_asked)]
) -> CardAnswer:
    """Ask the processor about a card; the payment's id is the key, so asking again charges nothing twice.

    The state `waiting` means that the processor did not answer: the card may have been charged, or not.
    """
    response.headers["Cache-Control"] = "no-store"
    return authorise(oms, register.id, asked)


@router.post("/payments/{order_id}/process")
def process_order(oms: WithOms, register: WithRegister, response: Response, order_id: Id) -> Processed:
    """Process the cards that were stored with an order, once it is here; safe to repeat, what is done stays."""
    del register
    response.headers["Cache-Control"] = "no-store"
    done = process(oms, order_id)
    if done is None:
        raise Failed(404, "There is no such order", "Its cards are processed when it has been synced.")
    return done


@router.post("/payments/{payment_id}/reverse")
def reverse_card(oms: WithOms, register: WithRegister, response: Response, payment_id: Id) -> Reversed:
    """Take back a card payment that no sale has; one that was never charged will not be. Safe to repeat."""
    response.headers["Cache-Control"] = "no-store"
    try:
        charged = reverse(oms, register.id, payment_id)
    except OSError as error:
        raise Failed(503, "Not now", SILENT) from error
    if charged is None:
        raise Failed(409, "Not taken back", "An order has this payment, or another register has made it.")
    return Reversed(payment_id=payment_id, charged=charged)
