"""A house account: what a customer may owe the store, and owes it now."""

from pydantic import Field

from app.domain.money import Minor, Value, format_money


class Account(Value):
    """As the OMS has it; a register adds what it has put on it since and the OMS does not know."""

    customer_id: str
    limit: Minor = Field(ge=0)
    """So much may be owed at most."""
    owed: Minor = 0
    """Minor units; below zero the customer has paid ahead."""
    revision: int = 0
    """Of the change that brought it: a register knows by it which of its sales are in the balance."""


def above_limit(account: Account, left: int, amount: int) -> str:
    """Say that more would be owed than may be, or nothing; `left` is what may still be put on it, minor units."""
    if amount <= left:
        return ""
    room, limit = format_money(max(left, 0)), format_money(account.limit)
    words = f"This is above the limit of the house account: {room} is left of its limit of {limit}."
    return f"{words} A manager can let it pass."


def account_words(account: Account, left: int) -> str:
    """What the cashier is told before money is taken."""
    return f"{format_money(left)} is left on the house account, of a limit of {format_money(account.limit)}."
