"""Adds the parts of a round up."""

from collections.abc import Mapping

from e2e.torture.plan import Measure, Tally

COUNTED = ("faults", "acknowledged", "lost", "doubled", "numbers_twice", "gaps", "differing")


def together(name: str, parts: Mapping[str, Tally]) -> Tally:
    """One tally of several; measures and notes say which part they are of."""
    sums = {key: sum(getattr(part, key) for part in parts.values()) for key in COUNTED}
    measures: dict[str, Measure] = {
        f"{key}, {part}": value for part, tally in parts.items() for key, value in tally.measures.items()
    }
    notes = tuple(f"{note} ({part})" for part, tally in parts.items() for note in tally.notes)
    return Tally(name, **sums, measures=measures, notes=notes)
