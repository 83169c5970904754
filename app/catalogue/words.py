"""What people type, and what it is compared with: words without case or accents, and codes in one form."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum

from app.domain.barcode import canonical
from app.domain.product import Product

LONGEST = 200
"""Characters of a question that are looked at; no name needs more to be told from the others."""
RUNS_SINCE = 2
"""The format of the image whose index holds what is written as one, too."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile("(?:[^\\w\u0900-\u0dff]|_)+")
"""Whatever is no letter or digit. Vowel signs of Indian scripts (U+0900 to U+0DFF) belong to their word."""
_SAME: dict[int, str | None] = {0x0901: "\u0902", 0x02BC: "'", 0x5F: " "}
_SAME |= dict.fromkeys((0x093C, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD))
"""What one word is spelled with or without: Devanagari's candrabindu and nukta, an apostrophe, what nobody sees."""
_ONE = "[\\w\u0900-\u0dff]+"
_RUN = re.compile(f"{_ONE}(?:['\u2019&\u2010\u2011\u2013-]{_ONE})+|[0-9]+ +[a-z]{{1,3}}(?!\\w)|{_ONE}")
"""A word, or several that are written as one, too: those with an apostrophe, a hyphen or & within, "500 g", "7 up"."""


class CodeKind(IntEnum):
    """Where a code stands on a product; of equal codes the first kind wins."""

    BARCODE = 0
    SKU = 1
    ITEM_NUMBER = 2


def words(text: str) -> list[str]:
    """Split text into its words, once each, as an index of format 1 has them: "Comté 24 M" is comte, 24, m."""
    flat = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return list(dict.fromkeys(word for word in _BETWEEN.split(flat) if word))


def runs(text: str) -> list[list[str]]:
    """Split text into its words, those together that are written as one, too: "Oral-B 7 Up" is oral b, 7 up."""
    flat = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_SAME).casefold()
    return [[run] if run.isalnum() else _BETWEEN.split(run) for run in _RUN.findall(flat)]


def code(text: str) -> str:
    """Write a barcode, SKU or item number as it is compared; what no file can hold is left out."""
    return canonical(text.encode("utf-8", "ignore").decode().strip()).casefold()


def codes(product: Product) -> Iterator[tuple[str, CodeKind, str]]:
    """Yield each code of a product, its kind, and the variant that it stands on."""
    for variant in product.variants:
        given = (variant.barcode or "", variant.sku, variant.item_number)
        for kind, text in zip(CodeKind, given, strict=True):
            if text:
                yield code(text), kind, variant.id


def searched(product: Product, made: int) -> str:
    """Return the words by which an image made in this format finds a product, parted by spaces."""
    found = [product.name, product.brand]
    for variant in product.variants:
        found += variant.sku, variant.item_number
        if variant.barcode:  # a UPC-A is typed with or without the zero that makes it an EAN-13
            found += canonical(variant.barcode), canonical(variant.barcode).removeprefix("0")
    text = "\n".join(found)  # no space: a number that ends one of them has no unit in the next
    if made < RUNS_SINCE:
        return " ".join(words(text))
    return " ".join(dict.fromkeys(word for run in runs(text) for word in (*run, "".join(run))))
