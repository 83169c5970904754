"""Builders for what exists only online: a delivery zone, another store, a link that the customer paid."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.domain.delivery import Address, Delivery, Quote, fee_line
from app.domain.order import Fulfilment, Order
from app.domain.payment import PaymentLink, TenderKind
from app.sync.protocol import API
from server.oms.inventory import put_other_store
from server.oms.oms import Oms
from server.oms.tables_online import SlotRule, Zone
from tests.conftest import NOW, customer, line, order, payment
from tests.server.browser import Browser

HOME = Address(line="3 Temple Street", city="Bengaluru", state_code="29", pincode="560001", phone="9876543210")


def open_delivery(oms: Oms, **fields: Any) -> None:
    """Serve Bengaluru for 59 rupees, at noon every day."""
    usual = {"prefix": "560", "name": "Bengaluru", "state_code": "29", "fee": 59_00, "free_from": 2_000_00}
    with oms.database.write() as session:
        session.add(Zone(**(usual | {"tax_class": "standard", "hsn": "9968", "refusal": ""} | fields)))
        session.merge(SlotRule(starts="12:00", ends="14:00", capacity=2))


def open_neighbour(oms: Oms) -> None:
    """Another store with two of the kurta's first size."""
    with oms.database.write() as session:
        put_other_store(session, "DS02", "MG Road", 1, {"v1": Decimal(2)})


def post(register: Browser, path: str, body: dict[str, Any], key: str = "", method: str = "POST") -> Any:
    headers = register.bearer | ({"Idempotency-Key": key} if key else {})
    return register.client.request(method, f"{API}{path}", json=body, headers=headers)


def quoted(register: Browser, **fields: Any) -> Quote:
    reply = post(register, "/delivery/quote", {"pincode": "560001", "state_code": "29", "total": 499_00, **fields})
    assert reply.status_code == 200, reply.text
    return Quote.model_validate_json(reply.content)


def delivered(quote: Quote, **fields: Any) -> Order:
    """A kurta that goes home, paid before the quote ran out."""
    sold = order(line(), fee_line(quote), fulfilment=Fulfilment.DELIVERY, customer=customer())
    given: dict[str, Any] = {"address": HOME, "slot": quote.slots[0], "fee": quote.fee, "quote_id": quote.id} | fields
    paid = payment(sold.totals.total, at=quote.valid_until - timedelta(minutes=1))
    return sold.model_copy(update={"delivery": Delivery(**given), "payments": (paid,), "at": NOW})


def link_for(register: Browser, order_id: str = "o-link", amount: int = 499_00, key: str = "") -> PaymentLink:
    reply = post(register, "/payments/links", {"order_id": order_id, "tender_id": "link", "amount": amount}, key)
    assert reply.status_code == 200, reply.text
    return PaymentLink.model_validate_json(reply.content)


def standing(register: Browser, link: PaymentLink) -> PaymentLink:
    return PaymentLink.model_validate(register.get(f"/payments/links/{link.id}").json(), strict=False)


def customer_decides(register: Browser, link: PaymentLink, choice: str = "pay") -> None:
    reply = register.client.post(f"{link.url}/{choice}", follow_redirects=False)
    assert reply.status_code == 303, reply.text


def paid_by(link: PaymentLink, **fields: Any) -> Order:
    """The kurta, paid by a link."""
    how = {"id": link.id, "tender_id": "link", "kind": TenderKind.ONLINE, "reference": link.reference} | fields
    return order(id=link.order_id, payments=(payment(link.amount, **how),))
