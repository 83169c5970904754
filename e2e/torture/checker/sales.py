"""What people were told, compared with what is kept: each sale once, for the money that stood on the screen."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from e2e.torture.checker.evidence import Acknowledged, Evidence, Place
from e2e.torture.checker.places import answers_for
from e2e.torture.checker.sealed import Opened
from e2e.torture.checker.wrong import Wrong

Order = Mapping[str, Any]
BETWEEN_WORDS = re.compile(r"[\s;,]+")


def orders_in(entries: Sequence[Opened]) -> Iterator[tuple[Opened, Order]]:
    """Every sale among entries, with its entry."""
    return ((entry, entry.body["order"]) for entry in entries if entry.header["kind"] == "sale")


def look_at_acknowledged(
    places: Sequence[Place], found: Mapping[str, Sequence[Opened]], evidence: Evidence, wrong: Wrong
) -> None:
    """Each sale that was shown as saved is in each place once, as it was shown."""
    for number, times in Counter(told.number for told in evidence.acknowledged).items():
        if times > 1:
            wrong.is_used_twice(f"{number} was shown for {times} sales")
    seqs = {entry.number: entry.seq for entries in found.values() for entry in entries if entry.number}
    for place in places:
        kept = defaultdict[str, list[Order]](list)
        for _, order in orders_in(found[place.name]):
            kept[order["number"]].append(order)
        for told in evidence.acknowledged:
            if answers_for(place, told.register) and seqs.get(told.number, place.pruned + 1) > place.pruned:
                _look_at_one(f"{place.name}: sale {told.number} {told.mark}".rstrip(), told, kept[told.number], wrong)


def _look_at_one(name: str, told: Acknowledged, kept: list[Order], wrong: Wrong) -> None:
    if len(kept) != 1:
        (wrong.is_doubled if kept else wrong.is_lost)(f"{name} is there {len(kept)} times")
    for order in kept:
        paid = tuple((payment["name"], payment["amount"]) for payment in order["payments"])
        total = order["totals"]["total"]
        if told.total not in {None, total} or told.paid not in {None, paid}:
            wrong.differs(f"{name}: {told.total} by {told.paid} was shown, {total} by {paid} is kept")
        if told.mark and told.mark not in marks_of(order):
            wrong.differs(f"{name} is kept without its mark")


def look_for_doubles(found: Mapping[str, Sequence[Opened]], evidence: Evidence, wrong: Wrong) -> None:
    """No sale and no money is there twice under different names, and no money that was taken is gone."""
    orders = {entry.digest: order for entries in found.values() for entry, order in orders_in(entries)}
    for order_id, times in Counter(order["id"] for order in orders.values()).items():
        if times > 1:
            wrong.is_doubled(f"order {order_id} is in {times} entries")
    marked = defaultdict[str, list[Order]](list)
    for order in orders.values():
        for mark in marks_of(order):
            marked[mark].append(order)
    for mark in sorted(evidence.attempted | evidence.taken.keys()):
        if len(marked[mark]) > 1:
            wrong.is_doubled(f"{mark} was tried once and is {len(marked[mark])} sales")
    for reference, amount in evidence.taken.items():
        brought = [
            pay["amount"] for order in marked[reference] for pay in order["payments"] if pay["reference"] == reference
        ]
        if not brought:
            wrong.is_lost(f"the money {reference} ({amount}) is in no sale")
        elif sum(brought) != amount:
            wrong.differs(f"the money {reference} was {amount}, and {sum(brought)} is kept")


def marks_of(order: Order) -> set[str]:
    """The words of an order's notes and the references of its payments."""
    words = set(BETWEEN_WORDS.split(order.get("notes", "")))
    return (words | {payment["reference"] for payment in order["payments"]}) - {""}
