"""E-invoices: every sale to a business that needs an IRN gets one, or a reason why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.numbers import financial_year, indian_day
from app.domain.order import Order
from app.sync.e_invoice import EInvoice, EInvoiceState
from app.sync.protocol import API
from server.oms import e_invoices
from server.oms.irn import NotRegistered, Registered
from server.oms.oms import Oms
from server.oms.times import now
from tests.conftest import customer, order
from tests.server.browser import Browser

GSTIN = "29ABCDE1234F1ZW"


def business_sale(**fields: Any) -> Order:
    """A sale of today to a business."""
    usual = {
        "e_invoice": True,
        "business_day": indian_day(now()),
        "customer": customer(gstin=GSTIN, address="1 MG Road"),
    }
    return order(**{**usual, **fields})


def pushed(register: Browser, sale: Order) -> Order:
    """Send a sale in, and return it as the OMS lists it."""
    verdict = register.push(register.sale(sale))[0]
    assert verdict.order_number
    listed = register.get("/orders").json()["orders"][0]
    return Order.model_validate(register.get(f"/orders/{listed['id']}").json()["order"], strict=False)


def asked(register: Browser, order_id: str) -> EInvoice:
    return EInvoice.model_validate_json(register.get(f"/orders/{order_id}/e-invoice").content)


def test_a_sale_to_a_business_gets_the_irn_that_the_portal_would_give(register: Browser) -> None:
    """The IRN is a hash that anybody can check: seller, financial year, kind and number."""
    sold = pushed(register, business_sale())

    found = asked(register, sold.id)

    year = financial_year(sold.business_day)
    irn = sha256(f"{sold.seller.gstin}{year}INV{sold.number}".encode()).hexdigest()
    assert (EInvoiceState.DONE, irn, 15, 2) == (found.state, found.irn, len(found.ack_number), found.qr.count("."))


def test_the_queue_is_worked_off_without_anybody_asking(register: Browser, oms: Oms) -> None:
    """A sale made offline may never be looked at again at the till; its IRN has to come all the same."""
    pushed(register, business_sale())

    assert (1, 0) == (oms.e_invoices.send_due(), oms.e_invoices.send_due())


def test_a_sale_that_needs_no_irn_has_none(register: Browser) -> None:
    """A customer without a GSTIN gets an invoice as ever."""
    sold = pushed(register, business_sale(e_invoice=False))

    assert 404 == register.get(f"/orders/{sold.id}/e-invoice").status_code


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"customer": customer(gstin="29ABCDE1234F1ZX")}, "GSTIN"),
        ({"business_day": indian_day(now()) - timedelta(days=31)}, "30 days"),
    ],
)
def test_what_the_portal_refuses_says_why(register: Browser, fields: dict[str, Any], word: str) -> None:
    """Somebody has to correct it, and has to know what; asking again would not help."""
    sold = pushed(register, business_sale(**fields))

    found = asked(register, sold.id)

    assert (EInvoiceState.FAILED, True) == (found.state, word in found.why)


@dataclass
class Silent:
    """A portal that does not answer so many times."""

    left: int

    def register(self, sold: Order, at: datetime) -> Registered | NotRegistered:
        if self.left:
            self.left -= 1
            raise ConnectionError("no route")
        return Registered("a" * 64, "1", at, "x.y.z")


def test_a_portal_that_is_silent_is_asked_again(register: Browser, oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal has its outages, too; each try waits longer, and none of it stops a sale."""
    oms.e_invoices.portal = Silent(1)
    sold = pushed(register, business_sale())
    first, at_once = asked(register, sold.id), asked(register, sold.id)
    later = now() + timedelta(minutes=1)
    monkeypatch.setattr(e_invoices, "now", lambda: later)

    last = asked(register, sold.id)

    assert [EInvoiceState.QUEUED, EInvoiceState.QUEUED, EInvoiceState.DONE] == [first.state, at_once.state, last.state]
    assert e_invoices.SILENT == first.why


def test_what_the_portal_refuses_is_told_to_the_back_office(register: Browser, oms: Oms) -> None:
    """Nobody at the till opens that order again, and without an IRN the buyer has no invoice."""
    pushed(register, business_sale(customer=customer(gstin="29ABCDE1234F1Z0", address="1 MG Road")))
    oms.e_invoices.send_due()
    (told,) = register.get("/exceptions").json()["exceptions"]

    assert ("e_invoice", True) == (told["kind"], bool(told["words"]))


class Odd:
    """A portal whose answer about some orders cannot be read."""

    def __init__(self, *about: str) -> None:
        self.about = about

    def register(self, sold: Order, at: datetime) -> Registered | NotRegistered:
        if sold.id in self.about:
            raise KeyError("Irn")
        return Registered("a" * 64, "1", at, "x.y.z")


def test_one_odd_answer_keeps_back_no_other(register: Browser, oms: Oms) -> None:
    """The oldest that is due is asked first, each time."""
    register.push(*(register.sale(business_sale(id=name)) for name in ("bad", "fine")))
    oms.e_invoices.portal = Odd("bad")
    oms.e_invoices.send_due()

    assert [EInvoiceState.QUEUED, EInvoiceState.DONE] == [asked(register, name).state for name in ("bad", "fine")]


def test_nobody_reads_an_e_invoice_without_a_register(client: TestClient, register: Browser) -> None:
    """It names a business and what it bought."""
    sold = pushed(register, business_sale())

    assert 401 == client.get(f"{API}/orders/{sold.id}/e-invoice").status_code
