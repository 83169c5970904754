"""Which tax class a product gets when its file names a category and no class: one small table, to be looked over.

The classes are those of the store's rates; what no word decides is "standard". A file's own column always wins.
"""

import re
from functools import lru_cache

STANDARD, EXEMPT, APPAREL, FINE_APPAREL = "standard", "exempt", "apparel", "apparel-fine"
FINE_ABOVE = 2_500_00
"""Clothes and shoes dearer than this are taxed at the higher rate, piece by piece."""
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("demerit", ("soft drinks", "aerated drinks", "energy drinks")),
    (EXEMPT, ("fresh fruits", "fresh vegetables", "fruits & vegetables", "fruits & veggies", "eggs", "breads")),
    ("essential", ("foodgrains", "dals", "atta", "rice", "masalas", "edible oils", "tea", "coffee", "meat", "fish")),
    ("reduced", ("dairy", "bakery", "snacks", "beverages", "gourmet", "grocery", "groceries", "diapers")),
    ("daily", ("hair care", "oral care", "bath & hand wash")),
    (APPAREL, ("apparel", "clothing", "clothes", "shirts", "tshirts", "t-shirts", "tops", "dresses", "pants", "jeans")),
    (APPAREL, ("trousers", "skirts", "shorts", "knitwear", "jackets", "hoodies", "sweatshirts", "kurta", "kurtas")),
    (APPAREL, ("saree", "sarees", "shoes", "footwear", "sneakers", "button-ups")),
)
"""The first class with a word that stands in the narrow category, or else in the wide one, decides."""
PATTERNS = tuple((name, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")) for name, words in WORDS)


@lru_cache(maxsize=4096)
def tax_class(*categories: str) -> str:
    """Return the class for categories, given from the narrow to the wide."""
    for category in categories:
        for name, pattern in PATTERNS:
            if pattern.search(category.casefold()):
                return name
    return STANDARD


def by_price(name: str, dearest: int) -> str:
    """Return the class that the dearest variant asks for."""
    return FINE_APPAREL if name == APPAREL and dearest > FINE_ABOVE else name
