"""The demo store's neighbours and its delivery: two other stores with their counts, areas with fees, times of day."""

from collections.abc import Sequence
from decimal import Decimal
from zlib import crc32

from sqlalchemy.orm import Session

from app.domain.product import Product
from server.oms.inventory import put_other_store
from server.oms.tables_online import SlotRule, Zone

STORES = (("DS02", "MG Road"), ("DS03", "Jayanagar"))
SAC = "9968"
"""Postal and courier services: what a delivery is under GST."""
ZONES = (  # prefix, name, State, fee, free from, refusal
    ("560", "Bengaluru", "29", 49_00, 2_000_00, ""),
    ("562", "Around Bengaluru", "29", 99_00, None, ""),
    ("57", "Mysuru and South Karnataka", "29", 149_00, None, ""),
    ("600", "Chennai", "33", 199_00, None, ""),
    ("682", "Kochi", "32", 249_00, None, ""),
    (
        "744",
        "Andaman and Nicobar Islands",
        "35",
        0,
        None,
        "Nothing is brought to the islands at the moment. The customer can pick it up.",
    ),
)
SLOTS = (("10:00", "13:00", 12), ("14:00", "17:00", 12), ("18:00", "21:00", 8))


def fill_online(session: Session, products: Sequence[Product]) -> None:
    """Write it all down; a store's counts come from the names of the variants, so that they are always the same."""
    for position, (code, name) in enumerate(STORES, start=1):
        counts = {one.id: Decimal(_count(code, one.id)) for product in products for one in product.variants}
        put_other_store(session, code, name, position, counts)
    for prefix, name, state, fee, free_from, refusal in ZONES:
        zone = Zone(prefix=prefix, name=name, state_code=state, fee=fee, free_from=free_from, refusal=refusal)
        zone.tax_class, zone.hsn = "standard", SAC
        session.add(zone)
    session.add_all(SlotRule(starts=starts, ends=ends, capacity=capacity) for starts, ends, capacity in SLOTS)


def _count(store: str, variant_id: str) -> int:
    """Most things are there; some store has none of a few."""
    return max(crc32(f"{store}/{variant_id}".encode()) % 14 - 2, 0)
