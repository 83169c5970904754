"""What people type, and what it is compared with: words without case or accents, and codes in one form."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum

from app.domain.barcode import canonical
from app.domain.product import Product

LONGEST = 200
"""Characters of a question that are looked at; no name needs more to be told from the others."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile("(?:[^\\w\u0900-\u0dff]|_)+")
"""Whatever is no letter or digit. Vowel signs of Indian scripts (U+0900 to U+0DFF) belong to their word."""


class CodeKind(IntEnum):
    """Where a code stands on a product; of equal codes the first kind wins."""

    BARCODE = 0
    SKU = 1
    ITEM_NUMBER = 2


def words(text: str) -> list[str]:
    """Split text into its words, once each, in the form that is compared: "Comté 24 M" is comte, 24, m."""
    flat = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return list(dict.fromkeys(word for word in _BETWEEN.split(flat) if word))


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


def searched(product: Product) -> str:
    """Return the words by which a product is found, parted by spaces."""
    found = [product.name, product.brand]
    for variant in product.variants:
        found += variant.sku, variant.item_number
        if variant.barcode:  # a UPC-A is typed with or without the zero that makes it an EAN-13
            found += canonical(variant.barcode), canonical(variant.barcode).removeprefix("0")
    return " ".join(words(" ".join(found)))
