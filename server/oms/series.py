"""Legal series of numbers: every enrolment gets prefixes that no other enrolment ever had.

A number is PREFIX + financial year + "-" + counter, such as DS01A2627-00042, at most sixteen characters
(CGST rule 46 b). With a store code of four characters two are left for the series: invoices get letters (A … Z,
AA … IZ), credit notes letter and digit (A0 …), training digit and letter (0A …), so the three never meet.
"""

import string
from dataclasses import dataclass
from datetime import date

from app.domain.numbers import financial_year, parse_number
from app.sync.protocol import Series

LETTERS = string.ascii_uppercase
LIMIT = 10 * len(LETTERS)
"""How many enrolments a store can have."""


@dataclass(frozen=True, slots=True)
class NoSeriesLeft:
    """Every prefix of the store was given away."""


def series_for(store: str, turn: int) -> Series | NoSeriesLeft:
    """Return the prefixes of the enrolment number `turn`, counted from 1."""
    if not 1 <= turn <= LIMIT:
        return NoSeriesLeft()
    lap, place = divmod(turn - 1, len(LETTERS))
    letter = LETTERS[place]
    first = LETTERS[lap - 1] if lap else ""
    return Series(
        invoice=f"{store}{first}{letter}", credit_note=f"{store}{letter}{lap}", training=f"{store}{lap}{letter}"
    )


def belongs(number: str, prefix: str, day: date) -> bool:
    """Tell whether a number is of this series and of the day's financial year."""
    parsed = parse_number(number)
    return parsed is not None and parsed.series == prefix + financial_year(day)
