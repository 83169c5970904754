"""The cart: always beside the products on a till, a bar that opens on a phone."""

import htpy as h

from app.domain.cart import Cart
from app.domain.money import format_money
from app.domain.pricing import Priced, Totals
from app.domain.returning import Exchange
from app.till.events.page import CartEmptied, CartToggled, CheckoutOpened, ParkAsked
from app.till.ui.bargain import order_button
from app.till.ui.cart_lines import Beside, cart_lines
from app.till.ui.discounts import discount_rows, offers_note
from app.till.ui.exchange import exchange_note
from app.till.ui.language import t
from app.till.ui.parts import click, empty, icon, key, note, total_row
from app.till.ui.training import training_note
from app.till.ui.words import plural


def cart(
    *,
    cart: Cart,
    priced: Priced | None,
    beside: Beside,
    problem: str,
    obstacle: str,
    offers: str,
    bargains: bool,
    opened: bool,
    training: bool = False,
    exchange: Exchange | None = None,
    worth: int = 0,
) -> h.Element:
    """The region "Cart"; an obstacle or a problem (no tax rate) keeps checkout closed and says why."""
    return h.section("#cart", aria_label=t("Cart"), data_open=opened, data_idle=not cart.lines)[
        _head(cart),
        exchange_note(exchange, worth) if exchange else None,
        cart_lines(cart=cart, priced=priced, beside=beside) if cart.lines else _nothing(),
        _foot(cart, priced, problem or (obstacle if cart.lines else ""), offers, opened, bargains, training),
    ]


def _nothing() -> h.Element:
    return h.div(".cart-lines")[
        empty(name="shopping-cart", title=t("The cart is empty"), text=t("Tap a product, or scan its barcode."))
    ]


def _head(cart: Cart) -> h.Element:
    return h.div(".cart-head")[
        h.h2[t("Cart")],
        h.span(".quiet.grow")[plural(cart.count, "item")] if cart.lines else None,
        [
            h.button("#park-sale.button.plain", click(ParkAsked), type="button")[icon("pause"), t("Park sale")],
            h.button("#empty-cart-ask.button.plain", type="button", popovertarget="empty-cart-sheet")[
                icon("trash-2"), t("Empty")
            ],
            h.div("#empty-cart-sheet.sheet", popover="auto")[
                h.p[t("Take all {items} out of the cart?", items=plural(cart.count, "item"))],
                h.button(
                    "#empty-cart.button.danger",
                    click(CartEmptied),
                    type="button",
                    popovertarget="empty-cart-sheet",
                    popovertargetaction="hide",
                )[t("Empty cart")],
            ],
        ]
        if cart.lines
        else None,
    ]


def _foot(
    cart: Cart, sums: Priced | None, why: str, offers: str, opened: bool, bargains: bool, training: bool
) -> h.Element:
    totals = sums.totals if sums else None
    ready = bool(cart.lines) and totals is not None and not why
    return h.div(".cart-foot")[
        h.button(
            "#cart-bar.cart-bar",
            click(CartToggled),
            type="button",
            aria_expanded=str(opened).lower(),
            aria_controls="cart",
        )[icon("chevron-down" if opened else "chevron-up"), h.span[plural(cart.count, "item")]],
        h.div(".cart-sums")[order_button() if bargains else None, discount_rows(sums, "cart"), tax_rows(totals)]
        if totals and cart.lines
        else None,
        total_row(t("Total"), totals.total if totals else 0, id_="cart-total"),
        offers_note(offers, "cart"),
        training_note() if training else None,
        note(why, tone="amber", name="triangle-alert", id_="cart-why") if why else None,
        h.button(
            "#checkout.button.primary.big",
            click(CheckoutOpened),
            type="button",
            data_key="F4",
            disabled=not ready,
            aria_describedby="cart-why" if why else None,
        )[t("Checkout"), key("F4")],
    ]


def tax_rows(totals: Totals) -> list[h.Element]:
    """What the total is made of, as pairs of word and amount; only what is not zero."""
    rows = (
        ("Value without tax", totals.value),
        ("CGST", totals.cgst),
        ("SGST", totals.sgst),
        ("IGST", totals.igst),
        ("Cess", totals.cess),
        ("Rounding", totals.rounding),
    )
    return [h.p(".sum")[h.span[t(word)], h.span(".num")[format_money(amount)]] for word, amount in rows if amount]
