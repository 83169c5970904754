"""The lines of the cart, the newest on top, each with what belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import htpy as h
from markupsafe import Markup

from app.domain.by_hand import GivenDiscount
from app.domain.cart import Cart, Line
from app.domain.money import format_money, times
from app.domain.pricing import OrderLine, Priced
from app.sync.mode import Ability
from app.till.events.page import ExtrasAsked, LineRemoved, PriceKept, PriceUsed, QuantityTyped
from app.till.ui.bargain import bargain_button, by_hand
from app.till.ui.discounts import line_amount, line_discount
from app.till.ui.language import spoken, t
from app.till.ui.parts import change, click, icon, safe_id
from app.till.ui.words import quantity

MOST = 60
"""Lines drawn at most, the newest; the others count all the same."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known about lines beside the cart itself."""

    extras: frozenset[str]
    """Keys of the lines that something may be sold with."""
    extras_ability: Ability
    news: Mapping[str, int | None]
    """What the catalogue says now of lines that cost something else, by their key; None where one is gone from it."""
    bargains: bool = False
    """Whether anything may be taken off a line by hand, or its price be changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is drawn: where it stands in the cart, and what it costs."""

    index: int
    line: Line
    sold: OrderLine | None
    given: GivenDiscount | None = None


def cart_lines(*, cart: Cart, priced: Priced | None, beside: Beside) -> h.Element:
    """The list; extensions stand under the line that they belong to."""
    sold: tuple[OrderLine | None, ...] = priced.lines if priced else (None,) * len(cart.lines)
    # A charge may follow the goods.
    given = {each.line: each for each in priced.given} if priced else {}
    pairs = enumerate(zip(cart.lines, sold, strict=False))
    rows = [Row(index, line, cost, given.get(index)) for index, (line, cost) in pairs]
    goods = [row for row in rows if not row.line.parent]
    behind: dict[str, list[Row]] = {}
    for row in rows:
        behind.setdefault(row.line.parent, []).append(row)
    newest = goods[-MOST:]
    hidden = len(goods) - len(newest)
    return h.div(".cart-lines", tabindex="0", role="group", aria_label=t("Items"))[
        h.ul(role="list")[
            [_line(row, tuple(behind.get(row.line.key, ())), _at(row, beside), spoken()) for row in reversed(newest)]
        ],
        h.p(".quiet.more")[
            t("…and {hidden:,} more lines, counted in the total. Scan an item again to change it.", hidden=hidden)
        ]
        if hidden
        else None,
        h.p("#extras-why.quiet.more")[t("Extras"), ": ", t(beside.extras_ability.reason)]
        if beside.extras and not beside.extras_ability.allowed
        else None,
    ]


@dataclass(frozen=True, slots=True)
class At:
    """What of it concerns one line."""

    extras: bool
    """Whether something may be sold with it."""
    shut: bool
    """Whether that cannot be done now."""
    changed: bool
    """Whether the catalogue says something else now."""
    price: int | None
    bargains: bool


def _at(row: Row, beside: Beside) -> At:
    key, shut = row.line.key, not beside.extras_ability.allowed
    return At(key in beside.extras, shut, key in beside.news, beside.news.get(key), beside.bargains)


@lru_cache(maxsize=2 * MOST)
def _line(row: Row, extras: tuple[Row, ...], at: At, _language: str) -> Markup:
    # Remembered, because a scan changes one line of many; whatever is drawn of a line is in what it is given.
    return _drawn(row, extras, at).__html__()


def _drawn(row: Row, extras: tuple[Row, ...], at: At) -> h.Element:
    line, base = row.line, safe_id("line", row.line.variant_id, row.line.unit_price)
    amount = line_amount(row.sold, times(line.unit_price, line.quantity))
    unit = t("{price} / kg" if line.weighed else "{price} each", price=format_money(line.unit_price))
    return h.li(".cart-line", id=base)[
        h.div(".cart-name")[
            h.span(".strong")[line.name],
            h.span(".quiet")[line.label] if line.label else None,
            h.span(".quiet.num")[unit],
            line_discount(row.sold),
            by_hand(line, row.given),
            h.span(".cart-override")[icon("user-check"), t("Allowed by a manager")] if line.override_by else None,
        ],
        _remove(row, base),
        h.div(".cart-does")[
            _stepper(row.index, line, base),
            _extras_button(row, base, shut=at.shut) if at.extras else None,
        ],
        bargain_button(row.index, line.full_name, f"{base}-discount", amount) if at.bargains else amount,
        _news(row, base, at.price) if at.changed else None,
        h.ul(".cart-extras", role="list", aria_label=t("Extras of {name}", name=line.full_name))[
            [_extra(extra, base) for extra in extras]
        ]
        if extras
        else None,
    ]


def _news(row: Row, base: str, price: int | None) -> h.Element:
    """The price changed while the sale was open: it stays as the customer saw it until somebody decides."""
    gone, line = price is None, row.line
    words = t("No longer in the catalogue") if price is None else t("Now {price}", price=format_money(price))
    keep = click(PriceKept, line=row.index)
    use = click(LineRemoved if gone else PriceUsed, line=row.index)
    return h.div(".cart-news", id=f"{base}-news", role="group", aria_label=t("News of {name}", name=line.full_name))[
        h.p[icon("triangle-alert"), h.span(".num")[words]],
        h.div(".row")[
            h.button(".button", keep, id=f"{base}-keep", type="button")[
                t("Keep {price}", price=format_money(line.unit_price))
            ],
            h.button(".button", use, id=f"{base}-use", type="button")[
                t("Remove") if price is None else t("Use {price}", price=format_money(price))
            ],
        ],
    ]


def _remove(row: Row, base: str) -> h.Element:
    return h.button(
        click(LineRemoved, line=row.index),
        id=f"{base}-remove",
        type="button",
        class_="button plain square",
        aria_label=t("Remove {full_name}", full_name=row.line.full_name),
    )[icon("x")]


def _extras_button(row: Row, base: str, *, shut: bool) -> h.Element:
    return h.button(
        ".button.plain",
        click(ExtrasAsked, line=row.index),
        id=f"{base}-extras",
        type="button",
        disabled=shut,
        aria_label=t("Extras for {name}", name=row.line.full_name),
        aria_describedby="extras-why" if shut else None,
    )[t("Extras")]


def _extra(row: Row, parent: str) -> h.Element:
    """An extension under its line; its quantity follows."""
    base = safe_id(parent, row.line.product_id)
    many = f" × {quantity(row.line.quantity)}" if row.line.quantity != 1 else ""
    return h.li(".cart-extra", id=base)[
        h.span(".grow")[row.line.name, h.span(".quiet.num")[many]],
        h.span(".num")[format_money(times(row.line.unit_price, row.line.quantity))],
        _remove(row, base),
    ]


def _stepper(index: int, line: Line, base: str) -> h.Element:
    name = line.full_name
    fewer, more = quantity(max(line.quantity - 1, Decimal(0))), quantity(line.quantity + 1)
    return h.div(".stepper", data_weighed=line.weighed)[
        None
        if line.weighed
        else _step(index, fewer, id_=f"{base}-fewer", title=t("One less of {full_name}", full_name=name), name="minus"),
        h.input(
            change(QuantityTyped, line=index),
            id=f"{base}-quantity",
            type="number",
            name="quantity",
            min="0",
            step="0.001" if line.weighed else "1",
            inputmode="decimal" if line.weighed else "numeric",
            value=quantity(line.quantity),
            autocomplete="off",
            aria_label=t("Quantity of {full_name}", full_name=name),
            class_="num",
        ),
        h.span(".unit")[t("kg")]
        if line.weighed
        else _step(index, more, id_=f"{base}-more", title=t("One more of {full_name}", full_name=name), name="plus"),
    ]


def _step(index: int, to: str, *, id_: str, title: str, name: str) -> h.Element:
    sends = click(QuantityTyped, line=index, value=to)
    return h.button(sends, id=id_, type="button", aria_label=title)[icon(name)]
