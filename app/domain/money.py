"""Money is a whole number of minor units (paise); this file alone divides, rounds or formats it.

Rounding is half away from zero, the commercial rounding that s.170 of the CGST Act describes.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Never

from pydantic import BaseModel, ConfigDict, Field
from pydantic._internal._model_construction import ModelMetaclass

Minor = Annotated[int, Field(ge=-(10**15), le=10**15)]
"""An amount in minor units; beyond the bound it is a mistake, not money."""
MOST_SALE = 10**14
"""Above this a sale is a slip of the keys; below it, no tax or sum on it can reach the bound of Minor."""
_TYPED = re.compile(r"(\d*|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d*))?", re.ASCII)
"""Digits, grouped as in India or elsewhere or not at all; 12,50 is none, and must not become 1,250."""
GRAM = Decimal("0.001")


class _Nouns(ModelMetaclass):
    """Hides `ABCMeta.register`: pydantic would take that method for the default of a field named `register`."""

    @property
    def register(self) -> Never:
        raise AttributeError("register")


class Value(BaseModel, metaclass=_Nouns):
    """Base of every domain noun: immutable, strict, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class AmountError(ValueError):
    """A typed amount that is not money; its text is a sentence for the cashier."""


def times(unit: int, quantity: Decimal) -> int:
    """Return the price of a quantity, in minor units, rounded once; exact whatever the size."""
    return portion(unit, *quantity.as_integer_ratio())


def whole(exact: Decimal) -> int:
    """Round an exact number of minor units half away from zero."""
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def bought_for(amount: int, unit: int) -> Decimal:
    """Return the weight, to the gram, whose price at `unit` a kilogram comes nearest to an amount."""
    return (Decimal(amount) / Decimal(unit)).quantize(GRAM, rounding=ROUND_HALF_UP)


def portion(amount: int, part: int, of: int) -> int:
    """Return amount * part / of, rounded once; `of` is positive."""
    product = amount * part
    rounded = (abs(product) * 2 + of) // (of * 2)
    return rounded if product >= 0 else -rounded


def share(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount by weights so that the parts add up exactly (largest remainder first).

    Weights are not negative; when all are zero the parts are as even as whole units allow.
    """
    total = sum(weights)
    if total == 0:
        weights, total = [1] * len(weights), len(weights)
    sign = -1 if amount < 0 else 1
    products = [abs(amount) * weight for weight in weights]
    parts = [product // total for product in products]
    left = abs(amount) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(products[i] % total), i))
    for i in by_remainder[:left]:
        parts[i] += 1
    return tuple(sign * part for part in parts)


def round_to(amount: int, step: int) -> int:
    """Round an amount to the nearest multiple of a step, half away from zero (step 100: whole rupees)."""
    return portion(amount, 1, step) * step if step > 1 else amount


def grouped(whole_units: int) -> str:
    """Group digits as in India: 12,34,567."""
    text = str(whole_units)
    head, tail = text[:-3], text[-3:]
    pairs: list[str] = []
    while head:
        head, pair = head[:-2], head[-2:]
        pairs.insert(0, pair)
    return ",".join([*pairs, tail])


def format_money(minor: int, symbol: str = "\N{INDIAN RUPEE SIGN}") -> str:
    """Write an amount for people: \u20b9 1,234.50; the only place where an amount becomes text."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{symbol}\N{NO-BREAK SPACE}{grouped(abs(minor) // 100)}.{abs(minor) % 100:02d}"


def format_plain(minor: int) -> str:
    """Write an amount as digits and a point (1234.50), for inputs, files and UPI links."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def parse_money(text: str) -> int:
    """Read what a person typed ("1,234.5", "\u20b9 20") into minor units.

    Raises AmountError with a sentence when it is no amount, has more than two decimals, or is absurd.
    """
    cleaned = text.replace("\N{INDIAN RUPEE SIGN}", "").replace("\N{NO-BREAK SPACE}", "").strip()
    typed = _TYPED.fullmatch(cleaned)
    if typed is None or cleaned in ("", "."):
        raise AmountError("That is not an amount. Type digits, such as 250 or 250.50.")
    units, cents = typed[1].replace(",", ""), typed[2] or ""
    if len(cents) > 2:
        raise AmountError("An amount has at most two digits after the point.")
    if len(units) > 13:
        raise AmountError("That amount is too large for a sale. Check the digits.")
    return int(units or "0") * 100 + int(cents.ljust(2, "0"))
