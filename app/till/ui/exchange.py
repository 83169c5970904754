"""The exchange of the open sale, in the cart and at checkout: what comes back counts towards what is taken instead."""

import htpy as h

from app.domain.money import format_money
from app.domain.returning import Exchange
from app.till.events.returning import ExchangeDropped
from app.till.ui.language import t
from app.till.ui.parts import click, icon, money, total_row


def exchange_note(exchange: Exchange, worth: int) -> h.Element:
    """In the cart: that this sale is an exchange, and the way out of it."""
    words = t("Exchange of {number}: {amount} counts.", number=exchange.order.number, amount=format_money(worth))
    drop = h.button(
        "#exchange-drop.button.plain.square",
        click(ExchangeDropped),
        type="button",
        title=t("Drop exchange"),
        aria_label=t("Drop exchange"),
    )
    return h.div("#exchange.exchange.note.blue")[icon("undo-2"), h.span(".grow")[words], drop[icon("x")]]


def credit_row(exchange: Exchange | None, worth: int, total: int) -> h.Element | None:
    """At checkout: how much of it this sale uses."""
    if exchange is None:
        return None
    return h.p(".sum")[h.span[t("Credit for returned items")], money(-min(worth, total), "checkout-credit")]


def back_row(back: int) -> h.Element | None:
    """At checkout: what goes back to the customer, where the old goods were worth more."""
    return total_row(t("To give back"), back, id_="exchange-back", change=True) if back else None
