"""GST: which rate holds on a day, and how a line's price splits into value and tax.

Rates are tables with dates, because they change on a date (5/12/18/28 became 5/18/40 on 2025-09-22).
CGST and SGST are half each inside a State; IGST is the whole between States (IGST Act s.7, s.8).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pydantic import Field

from app.domain.money import Value, portion

BASIS = 10_000
"""Rates are in basis points: 18 % is 1,800."""


class TaxRate(Value):
    """The rate of a tax class from a day on, to a day inclusive or until further notice."""

    tax_class: str
    starts: date
    ends: date | None = None
    rate: int = Field(ge=0, le=BASIS)
    cess: int = Field(default=0, ge=0, le=5 * BASIS)

    @property
    def key(self) -> str:
        """What tells it from other rates, and its id among the changes: class and first day."""
        return f"{self.tax_class}@{self.starts.isoformat()}"


class NoRate(Value):
    """No rate holds for a class on a day: the line cannot be sold, and this says why."""

    tax_class: str
    day: date


class LineTax(NamedTuple):
    """What a line is worth and the tax on it; value + cgst + sgst + igst + cess is what is paid.

    A plain tuple, for thousands are made of them at once; what is written down of it is checked there.
    """

    rate: int
    cess_rate: int
    value: int
    cgst: int
    sgst: int
    igst: int
    cess: int

    @property
    def tax(self) -> int:
        return self.cgst + self.sgst + self.igst + self.cess

    @property
    def total(self) -> int:
        return self.value + self.tax


def rate_on(rates: Sequence[TaxRate], tax_class: str, day: date) -> TaxRate | NoRate:
    """Find the rate of a class on a day; of several the one that started last."""
    holding = [
        rate
        for rate in rates
        if rate.tax_class == tax_class and rate.starts <= day and (rate.ends is None or day <= rate.ends)
    ]
    if not holding:
        return NoRate(tax_class=tax_class, day=day)
    return max(holding, key=lambda rate: rate.starts)


def tax_line(amount: int, rate: TaxRate, *, inclusive: bool, inter_state: bool) -> LineTax:
    """Split a line's amount (minor units) into value and taxes that add up to the paisa.

    Inclusive: the amount holds the tax, and value + taxes == amount. Exclusive: value == amount.
    Inside a State each half is computed and rounded on its own, so the two are always equal.
    """
    over = BASIS + rate.rate + rate.cess if inclusive else BASIS
    half = 0 if inter_state else portion(amount, rate.rate, 2 * over)
    igst = portion(amount, rate.rate, over) if inter_state else 0
    cess = portion(amount, rate.cess, over)
    value = amount - 2 * half - igst - cess if inclusive else amount
    return LineTax(rate=rate.rate, cess_rate=rate.cess, value=value, cgst=half, sgst=half, igst=igst, cess=cess)
