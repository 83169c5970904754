"""The coupon at checkout: its code, what it gives, and why it gives nothing."""

from dataclasses import dataclass

import htpy as h

from app.domain.money import format_money
from app.domain.pricing import Priced
from app.sync.mode import Ability
from app.till.events.page import CouponApplied, CouponRemoved, CouponTyped
from app.till.slices.coupon import CouponEntry
from app.till.ui.language import t
from app.till.ui.parts import click, icon, note, submit, typing

FIXED = "Money was taken for this sale, so its price stays as agreed."


@dataclass(frozen=True, slots=True)
class Couponing:
    """Whether a coupon may be applied now, and whether the OMS is being asked."""

    ability: Ability
    asking: bool
    fixed: bool
    """Money was taken: the price stays as agreed."""


def coupon_field(*, entry: CouponEntry, couponing: Couponing, sums: Priced | None) -> h.Element:
    """A field for the code; once the OMS keeps a coupon for the sale, what it gives."""
    return h.div(".field.coupon")[
        _held(entry, couponing, sums) if entry.held else _form(entry, couponing),
        h.div("#coupon-told", role="status")[note(t(entry.told), tone="amber", name="info") if entry.told else None],
    ]


def _form(entry: CouponEntry, couponing: Couponing) -> h.Element:
    why = couponing.ability.reason or (FIXED if couponing.fixed else "")
    return h.form(".stack.tight", submit(CouponApplied), id="coupon-form")[
        h.label(".label", for_="coupon-code")[t("Coupon code")],
        h.div(".coupon-row")[
            h.input(
                "#coupon-code.input.grow",
                typing(CouponTyped),
                name="value",
                type="text",
                value=entry.typed,
                maxlength="40",
                autocomplete="off",
                autocapitalize="characters",
                spellcheck="false",
                disabled=bool(why),
                aria_describedby="coupon-why" if why else None,
            ),
            h.button(
                "#coupon-apply.button",
                type="submit",
                disabled=bool(why) or couponing.asking,
            )[t("Checking") if couponing.asking else t("Apply")],
        ],
        h.p("#coupon-why.hint")[t(why)] if why else None,
    ]


def _held(entry: CouponEntry, couponing: Couponing, sums: Priced | None) -> list[h.Node]:
    held = entry.held
    if held is None:
        return []
    gives = next((each.amount for each in sums.applied if each.code == held.code), 0) if sums else 0
    words = t("{amount} less", amount=format_money(gives)) if gives else _nothing_yet(held.promotion.minimum)
    return [
        h.span(".label", id="coupon-label")[t("Coupon")],
        h.div("#coupon-held.coupon-held", role="group", aria_labelledby="coupon-label")[
            icon("ticket"),
            h.div(".grow")[
                h.p(".strong")[held.code],
                h.p(".quiet")[held.promotion.name],
                h.p(class_=["num", {"off": gives > 0}])[words],
            ],
            h.button(
                "#coupon-remove.button.plain",
                click(CouponRemoved),
                type="button",
                disabled=couponing.fixed,
                aria_label=t("Remove coupon"),
            )[t("Remove")],
        ],
    ]


def _nothing_yet(minimum: int) -> str:
    return t("Nothing yet: it needs goods for {amount}", amount=format_money(minimum))
