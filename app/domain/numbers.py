"""Legal numbers of invoices: series prefix, financial year, counter (CGST Rule 46 b).

A financial year runs from April to March, counted in Indian time; a series starts again at 1 with each.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

LONGEST = 16
"""The most characters that Rule 46 (b) allows a number."""
DIGITS = 5
"""The least width of the counter; it grows while the number fits."""
INDIA = timezone(timedelta(hours=5, minutes=30), "IST")
_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*")
_NUMBER = re.compile(rf"(?P<prefix>[A-Za-z0-9][A-Za-z0-9/-]*)(?P<year>[0-9]{{4}})-(?P<counter>[0-9]{{{DIGITS},}})")


@dataclass(frozen=True, slots=True)
class Number:
    """A legal number, taken apart."""

    prefix: str
    year: str
    counter: int

    @property
    def series(self) -> str:
        """What the counter belongs to: prefix and financial year."""
        return self.prefix + self.year


@dataclass(frozen=True, slots=True)
class NoNumber:
    """The series cannot give this number; `why` is a sentence for people."""

    why: str


def indian_day(at: datetime) -> date:
    """The day in India of a moment: the day that taxes and books go by."""
    return at.astimezone(INDIA).date()


def financial_year(day: date) -> str:
    """Name the financial year of a day: "2627" for any day from April 2026 to March 2027."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first % 100:02d}{(first + 1) % 100:02d}"


def invoice_number(prefix: str, day: date, counter: int) -> str | NoNumber:
    """Write the number of a series, such as DS01A2627-00042."""
    if not _PREFIX.fullmatch(prefix):
        return NoNumber(f"The number series “{prefix}” is not a legal one. Ask the back office for another.")
    number = f"{prefix}{financial_year(day)}-{counter:0{DIGITS}d}"
    if counter < 1 or len(number) > LONGEST:
        return NoNumber(
            f"The number series {prefix} is used up for this year. Saved sales are safe. "
            "Ask the back office to enrol this register again: it then gets a new series."
        )
    return number


@lru_cache(maxsize=1024)
def parse_number(text: str) -> Number | None:
    """Take a number apart; None when it is not one that `invoice_number` writes."""
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > LONGEST:
        return None
    number = Number(found["prefix"], found["year"], int(found["counter"]))
    follows = (int(number.year[:2]) + 1) % 100 == int(number.year[2:])
    canonical = text == f"{number.series}-{number.counter:0{DIGITS}d}"
    return number if follows and canonical and number.counter > 0 else None
