"""A voucher: money that a customer has paid before, or was given, and spends by a code, in one sale or in many."""

import re
from datetime import date
from enum import StrEnum

from app.domain.coupon import normal
from app.domain.money import Minor, Value, format_money

LONGEST = 32
"""Characters of a code."""
_CODE = re.compile(rf"[A-Z0-9-]{{4,{LONGEST}}}")
AGAIN = "Take another payment."


class Issued(StrEnum):
    """How a voucher came about."""

    SOLD = "sold"
    GIVEN = "given"
    RETURN = "return"
    """Instead of money for goods that came back."""


class Voucher(Value):
    """As the OMS has it; a register subtracts what it has taken since and the OMS does not know."""

    code: str
    balance: Minor
    """Minor units; below zero it was spent on two registers that could not know of each other."""
    expires: date | None = None
    """The last day on which it may be spent."""
    issued: str = Issued.SOLD.value
    """One of `Issued`; text, so that a register also reads ways that come later."""
    active: bool = True
    """Off: the back office has stopped it."""
    revision: int = 0
    """Of the change that brought it: a register knows by it which of its sales are in the balance."""


def code_of(text: str) -> str:
    """A code as it is kept, however it was typed or scanned; empty where it is none."""
    code = normal(text)
    return code if _CODE.fullmatch(code) else ""


def masked(code: str) -> str:
    """A code for papers and for what is kept in the clear: nobody can spend it."""
    return f"…{code[-4:]}"


def unspendable(voucher: Voucher | None, left: int, day: date) -> str:
    """Say why nothing can be taken from a voucher on a day, or nothing; `left` is what this register knows of."""
    if voucher is None:
        return "There is no voucher with this code here. Check it; one that is quite new comes with the next sync."
    if not voucher.active:
        return f"The back office has stopped this voucher. {AGAIN}"
    if voucher.expires is not None and voucher.expires < day:
        return f"This voucher expired on {voucher.expires:%d-%m-%Y}. {AGAIN}"
    return "" if left > 0 else f"Nothing is left on this voucher. {AGAIN}"


def overdrawn(left: int, amount: int) -> str:
    """Say that more is wanted than a voucher has, or nothing; minor units."""
    if amount <= left:
        return ""
    return f"Only {format_money(left)} is left on this voucher. Take that much, and the rest in another way."


def voucher_words(voucher: Voucher, left: int) -> str:
    """What the cashier is told before money is taken."""
    words = f"{format_money(left)} is left on this voucher."
    return f"{words} It may be spent until {voucher.expires:%d-%m-%Y}." if voucher.expires else words
