"""Card payments for the tests of the OMS: sealed by a terminal, sold, pushed and processed."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.card import StoredCard
from app.domain.order import Order
from app.domain.payment import Payment, TenderKind
from app.sync.cards import CardAnswer, CardAsked, Processed
from app.sync.protocol import API
from app.sync.sandbox_card import TestCard
from app.till.ports import CardWanted
from server.oms.oms import Oms
from server.oms.tables import LedgerRow
from tests.conftest import order, payment
from tests.fakes.terminal import FakeTerminal
from tests.server.browser import Browser

TERMINAL = FakeTerminal()


def sealed(oms: Oms, payment_id: str, amount: int, card: TestCard, age: timedelta = timedelta()) -> StoredCard:
    """What a terminal hands over for a payment."""
    at = datetime.now(UTC) - age
    wanted = CardWanted(payment_id, amount, at, at + timedelta(hours=24), card.value)
    stored = asyncio.run(TERMINAL.store(wanted, oms.processor.key))
    assert isinstance(stored, StoredCard), stored
    return stored


def on_card(oms: Oms, card: TestCard, amount: int = 49_900, **how: Any) -> Payment:
    """A payment that was stored."""
    payment_id = secrets.token_hex(8)
    stored = sealed(oms, payment_id, amount, card, **how)
    return payment(amount, id=payment_id, tender_id="terminal", kind=TenderKind.CARD, stored=stored)


def sold(oms: Oms, register: Browser, *cards: TestCard, **how: Any) -> Order:
    """Sell a kurta offline, on one stored card or on several, and push it; return the order."""
    share = 49_900 // len(cards)
    amounts = [share] * (len(cards) - 1) + [49_900 - share * (len(cards) - 1)]
    payments = tuple(on_card(oms, card, amount, **how) for card, amount in zip(cards, amounts, strict=True))
    made = order(id=secrets.token_hex(8), offline=True, payments=payments)
    register.push(register.sale(made, id=made.id))
    return made


def processed(register: Browser, order_id: str) -> Processed:
    reply = register.client.post(f"{API}/payments/{order_id}/process", content="{}", headers=register.bearer)
    assert reply.status_code == 200, reply.text
    return Processed.model_validate_json(reply.content)


def authorised(register: Browser, payment_: Payment, amount: int | None = None) -> CardAnswer:
    """Ask about a card while the customer stands there."""
    assert payment_.stored
    asked = CardAsked(
        payment_id=payment_.id,
        order_id="o-card",
        tender_id="terminal",
        amount=amount or payment_.amount,
        stored=payment_.stored,
    )
    body = asked.model_dump_json()
    reply = register.client.post(f"{API}/payments/authorise", content=body, headers=register.bearer)
    assert reply.status_code == 200, reply.text
    return CardAnswer.model_validate_json(reply.content)


def ledger(oms: Oms, order_id: str) -> dict[str, int]:
    """The booking of an order; whatever it says, it sums to zero."""
    with oms.database.read() as session:
        rows = session.scalars(select(LedgerRow).where(LedgerRow.order_id == order_id)).all()
    found = {row.account: row.amount for row in rows}
    assert sum(found.values()) == 0
    return found
