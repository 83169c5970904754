"""Amounts in words, in Indian English, as invoices have them: lakh and crore, rupees and paise."""

from app.domain.money import format_plain

_SMALL = (
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
)
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_GROUPS = ((10_000_000, "Crore"), (100_000, "Lakh"), (1_000, "Thousand"), (100, "Hundred"))


def amount_in_words(minor: int) -> str:
    """Write an amount: "Rupees One Lakh Five and Fifty Paise Only"."""
    rupees, _, paise = format_plain(abs(minor)).partition(".")
    sign = "Minus " if minor < 0 else ""
    cents = f" and {in_words(int(paise))} Paise" if int(paise) else ""
    return f"{sign}Rupees {in_words(int(rupees))}{cents} Only"


def in_words(number: int) -> str:
    """Write a whole number, not negative; crores of crores are said as in "One Lakh Crore"."""
    for size, name in _GROUPS:
        if number >= size:
            many, rest = divmod(number, size)
            return f"{in_words(many)} {name}" + (f" {in_words(rest)}" if rest else "")
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
