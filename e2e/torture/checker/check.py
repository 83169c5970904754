"""Puts the looks together: open every place, follow each chain, compare the places, then sales and books."""

from collections import Counter
from collections.abc import Collection

from e2e.torture.checker.books import look_at_attention, look_at_books
from e2e.torture.checker.chain import look_at_all_numbers, look_at_chains, opened_in
from e2e.torture.checker.copies import Copies
from e2e.torture.checker.evidence import Evidence, Findings
from e2e.torture.checker.oms import Oms, read_oms
from e2e.torture.checker.places import At, digests_of, look_for_missing
from e2e.torture.checker.sales import look_at_acknowledged, look_for_doubles
from e2e.torture.checker.wrong import Wrong
from e2e.torture.plan import Measure


def check(evidence: Evidence) -> Findings:
    """Return everything that is wrong."""
    wrong = Wrong()
    oms = read_oms(evidence.database, evidence.secrets)
    places = (oms.place, *evidence.places)
    if len({place.name for place in places}) < len(places):
        raise ValueError("two places have the same name")
    found = {place.name: opened_in(place, oms.keys, wrong) for place in places}
    copies = Copies.of(places, oms)
    copies.look(found["OMS"], wrong)
    beside = [entry for entry in opened_in(oms.conflicts(), oms.keys, wrong) if copies.are_of(entry)]
    apart = copies.apart(places, found | {"OMS": (*found["OMS"], *beside)})
    digests = digests_of(apart, wrong)
    for place in places:
        look_at_chains(place, apart[place.name], digests, wrong)
    look_at_all_numbers((entry for entries in found.values() for entry in entries), copies, wrong)
    look_for_missing(places, apart, wrong)
    look_at_acknowledged(places, apart, evidence, wrong)
    look_for_doubles(found, evidence, copies, wrong)
    look_at_books(oms, found["OMS"], evidence.stock, {entry.digest for entry in beside}, wrong)
    look_at_attention(oms, evidence.attention, wrong)
    return wrong.findings(_measures(oms, digests, wrong))


def _measures(oms: Oms, digests: Collection[At], wrong: Wrong) -> dict[str, Measure]:
    """How much was looked at; what copies made twice and the OMS tells is no fault, and is counted here."""
    kinds = Counter(f"attention, {row['kind']}" for row in oms.rows("exceptions") if row["resolved_at"] is None)
    measures = {"entries": len(digests), "orders": len(oms.rows("orders")), **dict(sorted(kinds.items()))}
    return {**measures, **({"twice_by_copies_and_told": len(wrong.told)} if wrong.told else {})}
