"""Puts the looks together: open every place, follow each chain, compare the places, then sales and books."""

from e2e.torture.checker.books import look_at_books
from e2e.torture.checker.chain import look_at_all_numbers, look_at_chains, opened_in
from e2e.torture.checker.evidence import Evidence, Findings
from e2e.torture.checker.oms import read_oms
from e2e.torture.checker.places import digests_of, look_for_missing
from e2e.torture.checker.sales import look_at_acknowledged, look_for_doubles
from e2e.torture.checker.wrong import Wrong


def check(evidence: Evidence) -> Findings:
    """Return everything that is wrong."""
    wrong = Wrong()
    oms = read_oms(evidence.database, evidence.secrets)
    places = (oms.place, *evidence.places)
    if len({place.name for place in places}) < len(places):
        raise ValueError("two places have the same name")
    found = {place.name: opened_in(place, oms.keys, wrong) for place in places}
    digests = digests_of(found, wrong)
    for place in places:
        look_at_chains(place, found[place.name], digests, wrong)
    look_at_all_numbers((entry for entries in found.values() for entry in entries), wrong)
    look_for_missing(places, found, wrong)
    look_at_acknowledged(places, found, evidence, wrong)
    look_for_doubles(found, evidence, wrong)
    look_at_books(oms, found["OMS"], evidence.stock, wrong)
    attention = sum(1 for row in oms.rows("entries") if row["verdict"] == "attention")
    return wrong.findings({"entries": len(digests), "orders": len(oms.rows("orders")), "attention": attention})
