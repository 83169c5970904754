"""House accounts: their limits, and payments towards what is owed; booked on both sides."""

import secrets

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.account import Account
from app.domain.numbers import indian_day
from app.domain.payment import Tender, TenderKind
from app.sync.protocol import Dataset
from server.oms.balances import Move, move
from server.oms.records import read_all
from server.oms.tables_shift import CashLedgerRow
from server.oms.times import now


def settle(session: Session, account: Account, amount: int, how: str, who: str) -> None:
    """Take a payment towards a house account, minor units: what is owed goes down by it, and both sides are booked."""
    at, move_id = now(), secrets.token_hex(16)
    move(session, account, Move(TenderKind.ACCOUNT, account.customer_id, -amount, at, f"Paid: {how}", who=who), move_id)
    sides = {f"settled:{how.lower()}": amount, f"tender:{_tender(session)}": -amount}
    rows = [
        {"digest": move_id, "account": name, "business_day": indian_day(at), "amount": sum_}
        for name, sum_ in sides.items()
    ]
    session.execute(insert(CashLedgerRow), rows)


def _tender(session: Session) -> str:
    """The tender that sales on house accounts are booked on."""
    tenders = read_all(session, Dataset.TENDERS, Tender)
    return next((each.id for each in tenders if each.kind is TenderKind.ACCOUNT), TenderKind.ACCOUNT.value)
