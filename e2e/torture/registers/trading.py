"""A day's trade at one register: a shift from float to count, sales, goods that come back, corrections, cash."""

from datetime import datetime, timedelta
from random import Random

from app.domain.product import Product
from app.till.shifts import open_shift
from e2e.torture.registers.shop import Shop
from tests.till.test_returning import begins, counts
from tests.till.test_returning import gives as gives_back
from tests.till.test_shift import begin, close, move

TENDERS = ("cash", "cash", "card", "upi", "wallet")
A_RETURN, A_CORRECTION = 40, 80
"""One of so many sales is followed by it."""
BESIDE = 5
"""Entries of a day that are no sale: shift, cash, count."""


def trade(
    shop: Shop, goods: tuple[Product, ...], day: datetime, entries: int, dice: Random, *, surely: bool = False
) -> None:
    """Open in the morning, after the machine was off; close with a Z report; write about so many entries.

    Where a return and a correction have to come `surely`, they follow the first two sales, whatever the dice say.
    """
    owed = [comes_back, corrected] if surely else []
    clock = shop.profile.device.clock
    clock.at = max(day, clock.at)
    shop.till.starts_again()
    shop.signs_in()
    begin(shop.till, "2000")
    move(shop.till, "in", "100", "Change from the bank")
    done = len(shop.profile.device.disk.journal)
    while len(shop.profile.device.disk.journal) < done + entries - BESIDE:
        clock.at += timedelta(seconds=dice.randint(20, 90))
        shop.sells(dice.choice(goods), dice.choice(TENDERS))
        if owed:
            owed.pop()(shop)
            continue  # a sale that has come back does not come back again
        if dice.randrange(A_RETURN) == 0:
            comes_back(shop)
        if dice.randrange(A_CORRECTION) == 0:
            corrected(shop)
    move(shop.till, "out", "500", "To the bank")
    close(shop.till, n500="4")
    assert open_shift(shop.till.state) is None, shop.till.state.shift


def comes_back(shop: Shop) -> None:
    """The last thing that was sold comes back, and the money goes the way it came."""
    gives_back(counts(begins(shop.till)).says("RefundReferenced", value="slip 1"))
    shop.till.says("NoteLeft")


def corrected(shop: Shop) -> None:
    """A note on the last sale was misheard; a manager agrees."""
    order = shop.till.orders()[-1]
    shop.till.says("OrderOpened", order_id=order.id).says("CorrectionAsked", order_id=order.id)
    shop.till.says("CorrectionTyped", field="notes", value=f"{order.notes}; gift wrap", payment_id="")
    shop.till.says("CorrectionGiven", reason="Misheard", staff_id="ravi", pin="2222").says("DialogClosed")
