"""Calls for what exists only online (S10, S12, S16): live stock, product edits, delivery, payment links."""

from typing import Annotated
from urllib.parse import urljoin

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from app.domain.delivery import Quote
from app.domain.money import Value
from app.domain.payment import PaymentLink
from app.domain.settings import Settings
from app.sync.online import LinkAsked, Links, LiveStock, ProductEdit, ProductEdited, QuoteAsked
from app.sync.protocol import API, Dataset, Problem
from server.oms.delivery import TO_DELIVER, Due, NotServed, due, quote
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.editing import NotEdited, edit
from server.oms.idempotency import WithOnce
from server.oms.inventory import live_stock
from server.oms.links import look_up, make_link, unclaimed, withdraw
from server.oms.problems import Failed
from server.oms.records import read_all
from server.oms.times import now

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})
FRESH = "no-store"


class Deliveries(Value):
    """The answer to GET /deliveries."""

    deliveries: tuple[Due, ...]


@router.get("/inventory")
def inventory(
    oms: WithOms, register: WithRegister, response: Response, sku: Annotated[str, Query(min_length=1, max_length=200)]
) -> LiveStock:
    """Count a variant now: in this store, and in the others."""
    del register
    response.headers["Cache-Control"] = FRESH
    with oms.database.read() as session:
        counted = live_stock(session, sku, now())
    if counted is None:
        raise Failed(404, "There is no such product", f"Nothing in the catalogue has the SKU {sku}.")
    return counted


@router.patch("/products/{sku}")
def edit_product(once: WithOnce, sku: str, asked: ProductEdit) -> ProductEdited:
    """Change a product's name or price, or correct its count; 409 names both values where somebody was quicker."""

    def change(session: Session) -> ProductEdited:
        done = edit(session, once.register, sku, asked, now())
        if isinstance(done, NotEdited):
            raise Failed(done.status, "Not changed", done.why)
        return done

    return once.answer(ProductEdited, change)


@router.post("/delivery/quote")
def delivery_quote(once: WithOnce, asked: QuoteAsked) -> Quote:
    """Promise a fee and times for a PIN code; 409 with the reason where nothing is brought there."""

    def promise(session: Session) -> Quote:
        zone = read_all(session, Dataset.SETTINGS, Settings)[0].zone
        promised = quote(session, once.register, asked, zone, now())
        if isinstance(promised, NotServed):
            raise Failed(409, "Not served", promised.why)
        return promised

    return once.answer(Quote, promise)


@router.get("/deliveries")
def deliveries(
    oms: WithOms, register: WithRegister, response: Response, status: Annotated[str, Query()] = TO_DELIVER
) -> Deliveries:
    """List what is to be brought, the next one first."""
    del register
    response.headers["Cache-Control"] = FRESH
    with oms.database.read() as session:
        return Deliveries(deliveries=due(session, status, now()))


@router.post("/payments/links")
def create_link(once: WithOnce, request: Request, asked: LinkAsked) -> PaymentLink:
    """Ask for money by a link; the same order and amount get the same link while it is open or paid."""
    return _absolute(request, make_link(once, once.oms.provider, asked))


@router.get("/payments/links")
def unclaimed_links(oms: WithOms, register: WithRegister, request: Request, response: Response) -> Links:
    """List links that were paid while no order has the payment: for the back office to book or give back."""
    del register
    response.headers["Cache-Control"] = FRESH
    return Links(links=tuple(_absolute(request, link) for link in unclaimed(oms, oms.provider)))


@router.get("/payments/links/{link_id}")
def link(oms: WithOms, register: WithRegister, request: Request, response: Response, link_id: str) -> PaymentLink:
    """Tell where a link stands: pending, paid, failed, expired or cancelled."""
    del register
    response.headers["Cache-Control"] = FRESH
    return _absolute(request, look_up(oms, oms.provider, link_id))


@router.post("/payments/links/{link_id}/cancel")
def cancel_link(oms: WithOms, register: WithRegister, request: Request, link_id: str) -> PaymentLink:
    """Take a link back; one that was paid meanwhile comes back as paid. Safe to repeat."""
    del register
    return _absolute(request, withdraw(oms, oms.provider, link_id))


def _absolute(request: Request, found: PaymentLink | None) -> PaymentLink:
    """Write the link as a customer's phone needs it: with the host's address."""
    if found is None:
        raise Failed(404, "There is no such payment link")
    return found.model_copy(update={"url": urljoin(str(request.base_url), found.url)})
