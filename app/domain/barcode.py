"""Barcodes: the GTIN check digit, one form for UPC-A and EAN-13, and the labels that a scale prints.

A label is an EAN-13 of the store's own: 28, five digits of the item, five digits of grams; 29 with paise instead.
"""

from dataclasses import dataclass

LENGTHS = (8, 12, 13, 14)
WEIGHT, PRICE = "28", "29"


@dataclass(frozen=True, slots=True)
class Label:
    """What a scale printed: the item, and either its weight or its price."""

    item: str
    grams: int | None = None
    price: int | None = None
    """Minor units."""


def check_digit(body: str) -> str:
    """Return the last digit of a GTIN whose other digits are given."""
    threefold, single = body[::-2], body[-2::-2]
    return str(-(3 * sum(map(int, threefold)) + sum(map(int, single))) % 10)


def complete(body: str) -> str:
    """Put the check digit behind the digits of a GTIN."""
    return body + check_digit(body)


def is_gtin(code: str) -> bool:
    """Tell whether a code is a GTIN that a scanner would accept: right length, right check digit."""
    return code.isascii() and code.isdigit() and len(code) in LENGTHS and code == complete(code[:-1])


def canonical(code: str) -> str:
    """Write a GTIN in one way: UPC-A and a GTIN-14 of a single piece become their EAN-13; others stay as they are."""
    if not is_gtin(code) or len(code) == 8:
        return code
    return code.zfill(14).removeprefix("0")


def is_label(code: str) -> bool:
    """Tell whether a code has the shape of a scale's label, check digit right or not."""
    return len(code) == 13 and code.isascii() and code.isdigit() and code.startswith((WEIGHT, PRICE))


def read_label(code: str) -> Label | None:
    """Read a scale's label; None when it is none, or its check digit says that it was misread."""
    if not is_label(code) or not is_gtin(code):
        return None
    item, number = code[2:7], int(code[7:12])
    return Label(item, grams=number) if code.startswith(WEIGHT) else Label(item, price=number)
