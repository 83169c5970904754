"""What people were told, compared with what is kept: each sale once, for the money that stood on the screen."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from e2e.torture.checker.copies import Copies
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
    shown = Counter((copy_of(told.register), told.number) for told in evidence.acknowledged)
    for (_, number), times in shown.items():
        if times > 1:
            wrong.is_used_twice(f"{number} was shown for {times} sales")
    seqs = {entry.number: entry.seq for entries in found.values() for entry in entries if entry.number}
    for place in places:
        kept = defaultdict[tuple[str, str], list[Order]](list)
        for entry, order in orders_in(found[place.name]):
            kept[copy_of(entry.register), order["number"]].append(order)
        for told in evidence.acknowledged:
            if answers_for(place, told.register) and seqs.get(told.number, place.pruned + 1) > place.pruned:
                there = kept[copy_of(told.register), told.number]
                _look_at_one(f"{place.name}: sale {told.number} {told.mark}".rstrip(), told, there, wrong)


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


def copy_of(register: str) -> str:
    """Which copy of a register is meant ("R1/b"); empty where there are no copies."""
    return register.rpartition("-")[2] if "/" in register else ""


def look_for_doubles(found: Mapping[str, Sequence[Opened]], evidence: Evidence, copies: Copies, wrong: Wrong) -> None:
    """No sale and no money is there twice under different names, and no money that was taken is gone."""
    sales = {entry.digest: (entry, order) for entries in found.values() for entry, order in orders_in(entries)}
    by_id, marked = defaultdict[str, list[Opened]](list), defaultdict[str, list[Order]](list)
    for entry, order in sales.values():
        by_id[order["id"]].append(entry)
        for mark in marks_of(order):
            marked[mark].append(order)
    for order_id, entries in by_id.items():
        if len(entries) > 1:
            told = copies.explains(entries)
            (wrong.is_told if told else wrong.is_doubled)(f"order {order_id} is in {len(entries)} entries")
    _look_at_marks(marked, evidence, wrong)


def _look_at_marks(marked: Mapping[str, list[Order]], evidence: Evidence, wrong: Wrong) -> None:
    for mark in sorted((evidence.attempted | evidence.taken.keys()) - evidence.open_when_copied):
        if len(marked[mark]) > 1:
            wrong.is_doubled(f"{mark} was tried once and is {len(marked[mark])} sales")
    for reference, amount in evidence.taken.items():
        brought = [
            pay["amount"] for order in marked[reference] for pay in order["payments"] if pay["reference"] == reference
        ]
        if not brought:
            wrong.is_lost(f"the money {reference} ({amount}) is in no sale")
        elif set(brought) != {amount}:
            wrong.differs(f"the money {reference} was {amount}, and {sum(brought)} is kept")


def marks_of(order: Order) -> set[str]:
    """The words of an order's notes and the references of its payments."""
    words = set(BETWEEN_WORDS.split(order.get("notes", "")))
    return (words | {payment["reference"] for payment in order["payments"]}) - {""}
