"""Catalogues of any size: real names and barcodes where they are here, else made up; the same in each run."""

import csv
import gzip
from collections.abc import Iterator
from itertools import count, cycle, islice
from random import Random

from sqlalchemy import insert

from app.domain.product import Product, Variant
from app.sync.protocol import Dataset
from bench.plan import Plan
from server.oms.oms import Oms
from server.oms.revisions import take
from server.oms.tables import Record, Stock, VariantRow
from server.oms.times import now

REAL = "openfoodfacts_barcode_name_818k.csv.gz"
"""The rows of the table that name a number of barcodes are about this file."""
MADE_UP = ("Organic", "Basmati", "Rice", "Masala", "Tea", "Cotton", "Kurta", "Blue", "Soap", "Neem", "Ginger", "Honey")
AT_ONCE = 50_000


def named(plan: Plan) -> Iterator[tuple[str, str]]:
    """Name things, without end: barcode and name. What comes round again bears a number behind its name."""
    path = plan.real(REAL)
    if path is None:
        dice = Random(8)  # noqa: S311 - the same names in each run
        return ((f"{8_900_000_000_000 + at}", " ".join(dice.sample(MADE_UP, 3))) for at in count())
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        real = [(row["barcode"], row["name"]) for row in csv.DictReader(file)]
    rounds = (f" {at}" if at else "" for at in count() for _ in real)
    return ((code + behind.strip(), name + behind) for (code, name), behind in zip(cycle(real), rounds, strict=False))


def products(plan: Plan, many: int) -> Iterator[Product]:
    """Make products of what is named, each of one variant, with a price and a category."""
    for at, (barcode, name) in enumerate(islice(named(plan), many)):
        price = 100 * (at % 900 + 50)
        only = Variant(id=f"v{at:07d}", sku=f"S{at:07d}", barcode=barcode, price=price)
        yield Product(id=f"p{at:07d}", name=name[:200], category=f"Aisle {at % 40}", hsn="2106", variants=(only,))


def fill(plan: Plan, oms: Oms, many: int) -> None:
    """Put so many products and ten of each into an OMS that has none, as an import would leave them."""
    goods, at = products(plan, many), now()
    while some := list(islice(goods, AT_ONCE)):
        with oms.database.write() as session:
            first = take(session, "revision", 2 * len(some))
            same = {"at": at, "gone": False, "dataset": Dataset.PRODUCTS.value}
            sold = [(place, product, product.variants[0]) for place, product in enumerate(some, start=first)]
            records = [{"id": it.id, "value": it.model_dump_json(), "revision": place, **same} for place, it, _ in sold]
            variants = [{"id": v.id, "product_id": it.id, "sku": v.sku, "barcode": v.barcode} for _, it, v in sold]
            stock = [
                {"variant_id": v.id, "quantity": 10_000, "revision": place + len(some), "at": at}
                for place, _, v in sold
            ]
            session.execute(insert(Record), records)
            session.execute(insert(VariantRow), variants)
            session.execute(insert(Stock), stock)
