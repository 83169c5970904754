"""The rules of a tender, the same at the till and when its sale is taken in: its reference, and its caps."""

from dataclasses import dataclass

from app.domain.money import format_money
from app.domain.payment import Tender
from app.domain.reference import described, wrong_reference


@dataclass(frozen=True, slots=True)
class Before:
    """What was taken with a tender before this payment, minor units."""

    sale: int = 0
    """In the same sale."""
    day: int = 0
    """On the same day at the same register, the same sale included."""


def room(tender: Tender, before: Before) -> int | None:
    """How much more may be taken, minor units; None where nothing caps it."""
    caps = ((tender.cap_sale, before.sale), (tender.cap_day, before.day))
    left = [max(cap - taken, 0) for cap, taken in caps if cap is not None]
    return min(left, default=None)


def over_cap(tender: Tender, amount: int, before: Before) -> str:
    """Say which cap an amount is above, or nothing."""
    name = tender.name
    if tender.cap_sale is not None and before.sale + amount > tender.cap_sale:
        left = format_money(max(tender.cap_sale - before.sale, 0))
        return f"At most {format_money(tender.cap_sale)} of a sale may be paid with “{name}”; {left} is left."
    if tender.cap_day is not None and before.day + amount > tender.cap_day:
        left, most = format_money(max(tender.cap_day - before.day, 0)), format_money(tender.cap_day)
        return f"At most {most} a day may be taken with “{name}” at one register; {left} is left today."
    return ""


def bad_reference(tender: Tender, reference: str) -> str:
    """Say what is wrong with the reference of a payment, or nothing; an empty one counts only where it is asked for."""
    rule = tender.rule
    if reference:
        return wrong_reference(rule, reference)
    if not tender.asks_reference:
        return ""
    if not rule.asks:
        return f"Type the reference of “{tender.name}”, as it stands on the slip or in the app."
    return f"Type “{rule.name}” for “{tender.name}”. {described(rule)}".strip()
