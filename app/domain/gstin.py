"""GST identification numbers: a State, a PAN, and a check digit that catches nearly every slip of a finger."""

import re

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE = len(DIGITS)
STATES = frozenset(f"{number:02d}" for number in (*range(1, 39), 97, 99))
"""Prefixes that are given out: States and Union Territories, Other Territory, and the Centre's own jurisdiction."""
EXAMPLE = "29ABCDE1234F1ZW"
_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")
_TAIL = re.compile(r"[1-9A-Z]Z[0-9A-Z]")
_LENGTH = 15


def wrong_gstin(gstin: str) -> str:
    """Say what is wrong with a GSTIN, or nothing."""
    if len(gstin) != _LENGTH:
        return f"A GSTIN has {_LENGTH} characters, such as {EXAMPLE}. This one has {len(gstin)}. Check it."
    if gstin[:2] not in STATES:
        return f"A GSTIN begins with the code of a State. {gstin[:2]} is none. Check it."
    if not _PAN.fullmatch(gstin[2:12]) or not _TAIL.fullmatch(gstin[12:]):
        return f"That is not the form of a GSTIN, such as {EXAMPLE}. Check it."
    if check_digit(gstin[:-1]) != gstin[-1]:
        return "The last character of the GSTIN does not fit the others, so one of them was misread. Check it."
    return ""


def check_digit(number: str) -> str:
    """The last character of a GSTIN from the fourteen before it: every second digit doubled, in base 36."""
    total = 0
    for place, character in enumerate(number):
        value = DIGITS.index(character) * (1 + place % 2)
        total += value // BASE + value % BASE
    return DIGITS[-total % BASE]
