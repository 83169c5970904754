"""Quantities as people type them: pieces, or kilograms to the gram."""

import re
from decimal import Decimal

PIECES = re.compile(r"[0-9]{1,6}")
KILOGRAMS = re.compile(r"[0-9]{1,5}(\.[0-9]{0,3})?|\.[0-9]{1,3}")


def quantity(text: str, *, weighed: bool) -> Decimal | str:
    """Read a quantity, or say in a sentence what is wrong with it."""
    cleaned = text.strip().replace(",", ".") if weighed else text.strip()
    if (KILOGRAMS if weighed else PIECES).fullmatch(cleaned):
        return Decimal(cleaned)
    if weighed:
        return "That is not a weight. Type kilograms, such as 0.750."
    return "That is not a quantity. Type whole pieces, such as 2."


def said(quantity: Decimal, *, weighed: bool) -> str:
    """Write a quantity for people."""
    text = f"{quantity:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} kg" if weighed else text
