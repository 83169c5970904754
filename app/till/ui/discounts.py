"""What promotions take off, as the cart and the checkout show it: at each line, and as a sum."""

import htpy as h

from app.domain.by_hand import off_by_reason
from app.domain.money import format_money
from app.domain.pricing import OrderLine, Priced
from app.till.ui.language import t
from app.till.ui.parts import icon, money, note


def line_amount(line: OrderLine | None, full: int) -> h.Element:
    """What a line costs; where something was taken off, the full price stands struck through before it."""
    if line is None or not line.discount:
        return h.span(".cart-amount.num.strong")[format_money(full)]
    return h.span(".cart-amount.num")[
        h.span(".unseen")[t("Before the discount")],
        h.s(".quiet")[format_money(full)],
        h.span(".unseen")[t("Now")],
        h.span(".strong")[format_money(full - line.discount)],
    ]


def line_discount(line: OrderLine | None) -> h.Element | None:
    """How much is taken off one line."""
    if line is None or not line.discount:
        return None
    return h.span(".off.num")[icon("tag"), t("Discount {amount}", amount=format_money(line.discount))]


def discount_rows(sums: Priced | None, place: str) -> h.Element | None:
    """Each promotion and each reason of people with what it takes off; all of them together where there are several."""
    if sums is None or not (sums.applied or sums.given):
        return None
    promoted = [(each.code or each.name, each.amount) for each in sums.applied]
    rows = [*promoted, *((t(reason), amount) for reason, amount in off_by_reason(sums.given))]
    return h.ul(".discounts", id=f"{place}-discounts", role="list", aria_label=t("Discounts"))[
        [h.li(".sum.off")[h.span[icon("tag"), name], h.span(".num")[format_money(-amount)]] for name, amount in rows],
        h.li(".sum.off.strong")[h.span[t("Discounts")], money(-sums.discount, f"{place}-discount-total")]
        if len(rows) > 1
        else None,
    ]


def offers_note(sentence: str, place: str) -> h.Element | None:
    """Why the price is another than it would be with the internet there."""
    return note(t(sentence), name="ticket", id_=f"{place}-offers") if sentence else None
