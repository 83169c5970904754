"""Which products a text means, and which variant a scanned or typed code means.

Results come in row order, that is how well products sell, not ranked: ranking reads every hit, this only the first.
"""

from dataclasses import dataclass
from decimal import Decimal

from app.catalogue.image import Catalogue
from app.catalogue.tables import category_word, image_format, read_product
from app.catalogue.words import LONGEST, RUNS_SINCE, CodeKind, code, runs, words
from app.domain.barcode import Label, is_label, read_label
from app.domain.money import bought_for
from app.domain.product import Product, Variant


@dataclass(frozen=True, slots=True)
class Found:
    product: Product
    variant: Variant


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A scale's label: what was weighed, and how much of it in kilograms.

    A label with a price (29) names the amount; the quantity is the weight to the gram whose price comes nearest.
    """

    product: Product
    variant: Variant
    quantity: Decimal
    amount: int | None = None
    """Minor units, as printed."""


@dataclass(frozen=True, slots=True)
class SeveralFound:
    """A code that stands on more than one thing: only the person who holds it can tell which."""

    products: tuple[Product, ...]
    """The better seller first; one only, where its variants share the code."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """A code that leads to nothing, and a sentence for the cashier."""

    why: str


SHORTEST_PLURAL = 4
"""Letters of a word whose s at its end may mean several of a thing: eggs, but not gas."""
MOST_DOUBLES = 20
"""How many things with one code are shown."""


def search(catalogue: Catalogue, text: str, category: str | None = None, limit: int = 30) -> tuple[Product, ...]:
    """Find the best sellers that have a word beginning with each word of the text.

    Names, brands, SKUs, item numbers and barcodes are looked at; without text every product of the category counts.
    """
    number = None if category is None else _number_of(catalogue, category)
    if category is not None and number is None:
        return ()
    if not text.strip():
        return _best_sellers(catalogue, number, limit)
    asked = _asked(text[:LONGEST], image_format(catalogue.db))
    if not asked:
        return ()
    if number is not None:
        asked.append(f'"{category_word(number)}"')
    found = catalogue.db.execute(
        "SELECT body FROM words CROSS JOIN product ON row = words.rowid "
        "WHERE words MATCH ? ORDER BY words.rowid LIMIT ?",
        (" AND ".join(asked), limit),
    )
    return tuple(read_product(body) for (body,) in found)


def find_code(catalogue: Catalogue, text: str) -> Found | SeveralFound | LabelFound | NotFound:
    """Find the variant that a barcode, SKU or item number stands on; else read the code as a scale's label."""
    asked = code(text[:LONGEST])
    found = _variants_with(catalogue, asked)
    if found:
        products = {each.product.id: each.product for each in found}
        return found[0] if len(found) == 1 else SeveralFound(tuple(products.values()))
    if is_label(asked):
        return _labelled(catalogue, asked)
    return NotFound("Nothing has this code. The cart is as it was. Check the digits, or search by name.")


def _asked(text: str, made: int) -> list[str]:
    """Write what is asked of an index, all of which has to be met."""
    if made < RUNS_SINCE:
        return [f'"{word}"*' for word in words(text)]
    return list(dict.fromkeys(_either(run) for run in runs(text)))


def _either(run: list[str]) -> str:
    """Ask for what is written as one, or for its parts; single letters, such as those of M&M, are too many things."""
    joined = "".join(run)
    ways = [f'"{joined}"*']
    if len(joined) >= SHORTEST_PLURAL and joined.isascii() and joined.isalpha():
        ways += [f'"{joined.removesuffix(end)}"' for end in ("s", "es") if joined.endswith(end)]
    if len(run) > 1 and max(map(len, run)) > 1:
        ways.append(" AND ".join(f'"{word}"*' for word in run))
    return f"({' OR '.join(ways)})"


def _best_sellers(catalogue: Catalogue, category: int | None, limit: int) -> tuple[Product, ...]:
    if category is None:
        found = catalogue.db.execute("SELECT body FROM product ORDER BY row LIMIT ?", (limit,))
    else:
        ours = "SELECT body FROM product WHERE category = ? ORDER BY row LIMIT ?"
        found = catalogue.db.execute(ours, (category, limit))
    return tuple(read_product(body) for (body,) in found)


def _number_of(catalogue: Catalogue, category: str) -> int | None:
    found = catalogue.db.execute("SELECT id FROM category WHERE name = ?", (category,)).fetchone()
    return None if found is None else int(found[0])


def _variants_with(catalogue: Catalogue, asked: str) -> list[Found]:
    """Find everything that bears a code in its strongest sense: a barcode counts before an item number."""
    question = "SELECT kind, body, variant FROM code JOIN product USING (row) WHERE code = ? ORDER BY kind, row LIMIT ?"
    rows = catalogue.db.execute(question, (asked, MOST_DOUBLES)).fetchall()
    products = [(read_product(body), variant) for kind, body, variant in rows if kind == rows[0][0]]
    return [Found(product, product.variant(variant)) for product, variant in products]


def _labelled(catalogue: Catalogue, asked: str) -> LabelFound | NotFound:
    label = read_label(asked)
    if label is None:
        return NotFound("The scale's label was misread. The cart is as it was. Scan it again, or type the weight.")
    found = _weighed_with(catalogue, label.item)
    if found is None:
        return NotFound(
            f"No weighed product has the item number {label.item} of this label. The cart is as it was. "
            "Search by name and type the weight."
        )
    quantity = _quantity(label, found.variant.price)
    if not quantity:
        return NotFound(f"This label of {found.product.name} tells no weight. The cart is as it was. Weigh it again.")
    return LabelFound(found.product, found.variant, quantity, label.price)


def _weighed_with(catalogue: Catalogue, item: str) -> Found | None:
    """Find the weighed variant with an item number, whether the store writes its leading zeros or not."""
    question = "SELECT body, variant FROM code JOIN product USING (row) WHERE code IN (?, ?) AND kind = ? ORDER BY row"
    for body, variant_id in catalogue.db.execute(question, (item, item.lstrip("0"), CodeKind.ITEM_NUMBER)):
        product = read_product(body)
        if product.weighed:
            return Found(product, product.variant(variant_id))
    return None


def _quantity(label: Label, price: int | None) -> Decimal:
    """Return kilograms; zero when the label does not tell them."""
    if label.grams is not None:
        return Decimal(label.grams).scaleb(-3)
    return bought_for(label.price or 0, price) if price else Decimal(0)
