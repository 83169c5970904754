"""The test cards of the sandbox: the terminal that is played by this browser makes one up, its processor reads it.

No real card has these numbers, and no two are alike; what happens to a card stands in three of its digits.
"""

from enum import StrEnum


class TestCard(StrEnum):
    """Each is named after what its processor does with it."""

    __test__ = False  # it is no test of ours, whatever its name makes pytest believe
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"
    SLOW = "slow"
    """The first two tries get no answer."""
    LOST = "lost"
    """The first try is charged, and its answer is lost on the way."""
    UNREADABLE = "unreadable"
    """The terminal cannot read it."""


_CODES = {card: f"{100 + turn}" for turn, card in enumerate(TestCard, start=1)}
_BRANDS = {"4": "Visa", "5": "Mastercard", "6": "RuPay"}
_FIRST = {TestCard.DECLINED: "5", TestCard.EXPIRED: "6"}


def number_of(card: TestCard, filling: str) -> str:
    """Make up the number of a test card; `filling` is six digits that make it one of its own."""
    digits = f"{_FIRST.get(card, '4')}00000{_CODES[card]}{filling:0>6.6}"
    return digits + check_digit(digits)


def known_card(number: str) -> TestCard | None:
    """Which test card a number is; None for any other number."""
    if not (number.isascii() and number.isdecimal() and len(number) == 16 and is_sound(number)):
        return None
    return next((card for card, code in _CODES.items() if number[6:9] == code and number[1:6] == "00000"), None)


def brand_of(number: str) -> str:
    return _BRANDS.get(number[:1], "Card")


def check_digit(digits: str) -> str:
    """The last digit of a card number by Luhn (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (2 if turn % 2 == 0 else 1) for turn, digit in enumerate(reversed(digits)))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def is_sound(number: str) -> bool:
    """Whether a number ends in its check digit."""
    return check_digit(number[:-1]) == number[-1]
