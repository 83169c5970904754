"""Issuing vouchers: a code that nobody guesses, a balance, a last day."""

import secrets
from datetime import date

from sqlalchemy.orm import Session

from app.domain.payment import TenderKind
from app.domain.voucher import Issued, Voucher, code_of
from app.sync.protocol import Dataset
from server.oms.balances import Move, move
from server.oms.records import find
from server.oms.times import now

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What is not mistaken for something else when it is read out."""
MOST = 10_00_000_00
"""Minor units; more than any voucher is worth: a slip of the keys."""


def new_code() -> str:
    """Twelve letters and digits in three groups: sixty bits of chance."""
    picked = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return "-".join(picked[at : at + 4] for at in range(0, 12, 4))


def issue(session: Session, amount: int, how: Issued, who: str, expires: date | None = None, code: str = "") -> Voucher:
    """Issue a voucher of an amount in minor units. Raises ValueError with a sentence where that cannot be."""
    if not 0 < amount <= MOST:
        raise ValueError("That is no amount for a voucher. Type digits, such as 500.")
    given = code_of(code)
    if code and not given:
        raise ValueError("A code has 4 to 32 letters, digits and hyphens.")
    given = given or new_code()
    if find(session, Dataset.VOUCHERS, [given]):
        raise ValueError("There is a voucher with this code already. Choose another one.")
    empty = Voucher(code=given, balance=0, expires=expires, issued=how.value)
    change = Move(TenderKind.VOUCHER, given, amount, now(), f"Issued: {how.value}", who=who)
    issued = move(session, empty, change, secrets.token_hex(16))
    assert isinstance(issued, Voucher)  # what goes in comes out  # noqa: S101  # nosec B101
    return issued
