"""One cell at a time: text without markup, amounts, quantities, barcodes; each returns what it makes of dirt."""

import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from app.domain.barcode import is_gtin
from app.domain.money import whole
from app.domain.texts import visible
from server.importers.reading import Cell, Notes, Why

LONGEST_NAME = 500
LARGEST_AMOUNT = 10**15
LARGEST_STOCK = Decimal(10**9 - 1)
LONGEST_NUMBER = 64
"""Characters, with all that people write around one; in a cell of a megabyte there is none to be looked for."""
MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
"""A comment or script that nobody closed goes on to the end, as in a browser, so that its end is looked for once."""
CURRENCY = re.compile(r"^(?:₹|rs\.?|inr|\$|€|£)\s*|\s*(?:/-|₹|inr)$", re.IGNORECASE)
AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d+)?")
TRUE = {"true", "yes", "y", "1", "on", "x"}
UNITS = {
    "pc": "PCS", "pcs": "PCS", "piece": "PCS", "pieces": "PCS", "each": "PCS", "ea": "PCS", "unit": "UNT",
    "no": "NOS", "nos": "NOS", "number": "NOS", "kg": "KGS", "kgs": "KGS", "kilogram": "KGS", "g": "GMS",
    "gm": "GMS", "gms": "GMS", "gram": "GMS", "l": "LTR", "ltr": "LTR", "litre": "LTR", "liter": "LTR",
    "ml": "MLT", "mlt": "MLT", "m": "MTR", "mtr": "MTR", "metre": "MTR", "meter": "MTR", "pair": "PRS",
    "prs": "PRS", "set": "SET", "dozen": "DOZ", "doz": "DOZ", "box": "BOX", "pack": "PAC", "pac": "PAC",
    "packet": "PAC", "bottle": "BTL", "btl": "BTL", "bag": "BAG",
}  # fmt: skip
"""Units as people write them, and the unit quantity codes of the GST portal."""


def text(raw: str) -> str:
    """Return one line of plain text: no tags, no entities, no invisible letters, single spaces."""
    if "&" in raw:
        raw = html.unescape(html.unescape(raw))  # exports of exports escape twice
    if "<" in raw:
        raw = MARKUP.sub(" ", raw)
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    spaced = " ".join(raw.split())
    return unicodedata.normalize("NFC", visible(spaced)).strip()


def name(raw: str) -> Cell[str]:
    words = text(raw)
    if len(words) > LONGEST_NAME:
        return Cell(words[:LONGEST_NAME].rstrip(), Why.LONG_NAME)
    return Cell(words)


def price(raw: str) -> Cell[int | None]:
    """Read an amount as files write it; what is not a price above zero is no price, never a gift."""
    if not raw:
        return Cell(None, Why.NO_PRICE)
    exact = _number(CURRENCY.sub("", raw.strip())) if len(raw) <= LONGEST_NUMBER else None
    if exact is None:
        return Cell(None, Why.NOT_A_PRICE)
    minor = whole(exact * 100)
    if minor < 0:
        return Cell(None, Why.NEGATIVE_PRICE)
    if minor == 0:
        return Cell(None, Why.ZERO_PRICE)
    return Cell(minor) if minor <= LARGEST_AMOUNT else Cell(None, Why.NOT_A_PRICE)


def stock(raw: str) -> Cell[Decimal | None]:
    """Read a quantity to three places; nothing counted is None."""
    if not raw:
        return Cell(None)
    exact = _number(raw)
    if exact is None or exact > LARGEST_STOCK:
        return Cell(None, Why.NOT_STOCK)
    if exact < 0:
        return Cell(Decimal(0), Why.NEGATIVE_STOCK)
    return Cell(exact.quantize(Decimal("0.001")).normalize() + Decimal(0))


def barcode(raw: str) -> Cell[str | None]:
    """Return a GTIN with a right check digit, digits only."""
    digits = re.sub(r"^'|\.0$|[\s-]", "", raw)
    if not digits:
        return Cell(None)
    return Cell(digits) if is_gtin(digits) and digits.strip("0") else Cell(None, Why.BAD_BARCODE)


def codes(line: int, scanned: str, number: str, notes: Notes) -> tuple[str | None, str]:
    """Return barcode and item number; a barcode that no scanner accepts may still stand on the shelf as a number."""
    found = notes.take(line, barcode(scanned))
    return found, text(number) or ("" if found else text(scanned))


def hsn(raw: str) -> Cell[str]:
    digits = re.sub(r"\.0$|[.\s]", "", raw)
    if not digits:
        return Cell("")
    fits = digits.isascii() and digits.isdigit() and len(digits) in (2, 4, 6, 8)
    return Cell(digits) if fits else Cell("", Why.BAD_HSN)


def unit(raw: str) -> str:
    """Return a unit quantity code; what is not known is a piece."""
    word = raw.casefold().strip(" .")
    return UNITS.get(word) or (word.upper() if word.upper() in UNITS.values() else "PCS")


def truth(raw: str) -> bool:
    return raw.casefold() in TRUE


def _number(raw: str) -> Decimal | None:
    """Read 1,299.50 and 12,50 and 1.299,50; None when it is no number."""
    if len(raw) > LONGEST_NUMBER:
        return None
    plain = raw.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if re.search(r",\d{1,2}$", plain) and plain.count(",") == 1:
        plain = plain.replace(".", "").replace(",", ".")
    plain = plain.replace(",", "")
    if not AMOUNT.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
