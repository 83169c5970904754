"""The cart: always beside the products on a till, a bar that opens on a phone."""

from decimal import Decimal

import htpy as h

from app.domain.cart import Cart, Line
from app.domain.money import format_money, times
from app.domain.pricing import OrderLine, Priced, Totals
from app.till.events.page import CartEmptied, CartToggled, CheckoutOpened, LineRemoved, QuantityTyped
from app.till.ui.discounts import discount_rows, line_amount, line_discount, offers_note
from app.till.ui.language import t
from app.till.ui.parts import change, click, empty, icon, key, note, safe_id, total_row
from app.till.ui.words import plural, quantity

MOST = 60
"""Lines drawn at most, the newest; the others count all the same."""


def cart(
    *, cart: Cart, priced: Priced | None, problem: str, obstacle: str, offers: str, shown: bool, opened: bool
) -> h.Element:
    """The region "Cart"; an obstacle or a problem (no tax rate) keeps checkout closed and says why."""
    return h.section(
        "#cart", aria_label=t("Cart"), hidden=not shown, data_open=opened, data_idle=shown and not cart.lines
    )[
        _head(cart),
        _lines(cart, priced) if cart.lines else _nothing(),
        _foot(cart, priced, problem or (obstacle if cart.lines else ""), offers, opened),
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


def _lines(cart: Cart, priced: Priced | None) -> h.Element:
    sold = priced.lines if priced else (None,) * len(cart.lines)
    newest = list(enumerate(zip(cart.lines, sold, strict=False)))[-MOST:]
    hidden = len(cart.lines) - len(newest)
    return h.div(".cart-lines", tabindex="0", role="group", aria_label=t("Items"))[
        h.ul(role="list")[[_line(index, line, sold) for index, (line, sold) in reversed(newest)]],
        h.p(".quiet.more")[
            t("…and {hidden:,} more lines, counted in the total. Scan an item again to change it.", hidden=hidden)
        ]
        if hidden
        else None,
    ]


def _line(index: int, line: Line, sold: OrderLine | None) -> h.Element:
    base = safe_id("line", line.variant_id, line.unit_price)
    unit = t("{price} / kg" if line.weighed else "{price} each", price=format_money(line.unit_price))
    return h.li(".cart-line", id=base)[
        h.div(".cart-name")[
            h.span(".strong")[line.name],
            h.span(".quiet")[line.label] if line.label else None,
            h.span(".quiet.num")[unit],
            line_discount(sold),
            h.span(".cart-override")[icon("user-check"), t("Allowed by a manager")] if line.override_by else None,
        ],
        h.button(
            click(LineRemoved, line=index),
            id=f"{base}-remove",
            type="button",
            class_="button plain square",
            aria_label=t("Remove {full_name}", full_name=line.full_name),
        )[icon("x")],
        _stepper(index, line, base),
        line_amount(sold, times(line.unit_price, line.quantity)),
    ]


def _stepper(index: int, line: Line, base: str) -> h.Element:
    fewer, more = quantity(max(line.quantity - 1, Decimal(0))), quantity(line.quantity + 1)
    return h.div(".stepper")[
        None
        if line.weighed
        else _step(
            index,
            fewer,
            id_=f"{base}-fewer",
            title=t("One less of {full_name}", full_name=line.full_name),
            name="minus",
        ),
        h.input(
            change(QuantityTyped, line=index),
            id=f"{base}-quantity",
            type="number",
            name="quantity",
            min="0",
            step="0.001" if line.weighed else "1",
            inputmode="decimal" if line.weighed else "numeric",
            value=quantity(line.quantity),
            aria_label=t("Quantity of {full_name}", full_name=line.full_name),
            class_="num",
        ),
        h.span(".unit")[t("kg")]
        if line.weighed
        else _step(
            index, more, id_=f"{base}-more", title=t("One more of {full_name}", full_name=line.full_name), name="plus"
        ),
    ]


def _step(index: int, to: str, *, id_: str, title: str, name: str) -> h.Element:
    sends = click(QuantityTyped, line=index, value=to)
    return h.button(sends, id=id_, type="button", aria_label=title)[icon(name)]


def _foot(cart: Cart, sums: Priced | None, why: str, offers: str, opened: bool) -> h.Element:
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
        h.div(".cart-sums")[discount_rows(sums, "cart"), tax_rows(totals)] if totals and cart.lines else None,
        total_row(t("Total"), totals.total if totals else 0, id_="cart-total"),
        offers_note(offers, "cart"),
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
