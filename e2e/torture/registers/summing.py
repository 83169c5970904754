"""Adds the parts of a round up."""

from collections.abc import Mapping

from e2e.torture.plan import COUNTED, Measure, Tally, added


def together(name: str, parts: Mapping[str, Tally]) -> Tally:
    """One tally of several; measures and notes say which part they are of, and what none measured stays unmeasured."""
    sums = {key: added(getattr(part, key) for part in parts.values()) for key in ("acknowledged", *COUNTED)}
    faults = sum(part.faults for part in parts.values())
    measures: dict[str, Measure] = {
        f"{key}, {part}": value for part, tally in parts.items() for key, value in tally.measures.items()
    }
    notes = tuple(f"{note} ({part})" for part, tally in parts.items() for note in tally.notes)
    left_out = tuple(fault for part in parts.values() for fault in part.left_out)
    return Tally(name, faults, **sums, measures=measures, left_out=left_out, notes=notes)
