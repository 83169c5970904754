"""What sessions and shifts have brought: a stored card is money when the processor says so, and apart until then."""

import secrets
from typing import Any

import pytest

from app.sync.sandbox_card import TestCard
from server.oms.oms import Oms
from tests.conftest import order, payment
from tests.server.browser import Browser
from tests.server.cards import ledger, on_card, processed
from tests.server.test_sessions import opened as session_opened
from tests.server.test_shifts import opened as shift_opened

Stood = tuple[dict[str, int], int, int]


def stands(register: Browser, path: str) -> Stood:
    """The tenders of the one session or shift, what is to be processed, and what was refused."""
    (found,) = register.get(f"/{path}").json()[path]
    return found["tenders"], found["to_process"], found["refused"]


@pytest.mark.parametrize(
    ("card", "after"),
    [
        (TestCard.APPROVED, ({"cash": 20_000, "terminal": 29_900}, 0, 0)),
        (TestCard.DECLINED, ({"cash": 20_000}, 0, 29_900)),
        (TestCard.EXPIRED, ({"cash": 20_000}, 0, 29_900)),
        (TestCard.SLOW, ({"cash": 20_000}, 29_900, 0)),
    ],
)
@pytest.mark.parametrize(("path", "begun"), [("sessions", session_opened), ("shifts", shift_opened)])
def test_a_stored_card_is_money_once_it_was_approved(
    oms: Oms, register: Browser, path: str, begun: Any, card: TestCard, after: Stood
) -> None:
    """The ledger says so too: money that never came must stand in no sum of what was taken."""
    payments = payment(20_000), on_card(oms, card, 29_900)
    made = order(id=secrets.token_hex(8), offline=True, payments=payments)
    register.push(begun(register), register.sale(made, id=made.id))
    before = stands(register, path)
    processed(register, made.id)

    assert (({"cash": 20_000}, 29_900, 0), after) == (before, stands(register, path))
    booked = {name.removeprefix("tender:"): sum_ for name, sum_ in ledger(oms, made.id).items() if "tender:" in name}
    assert booked == after[0]
