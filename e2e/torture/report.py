"""What the suite says at its end: a table of the rounds, what is wrong in words, and one last line."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from e2e.torture.plan import Count, Plan, Tally, added

COUNTS = {
    "lost": "lost",
    "doubled": "doubled",
    "numbers_twice": "numbers used twice",
    "gaps": "gaps",
    "differing": "totals differ",
}
"""What has to be zero, and how the last line calls it."""
COLUMNS = ("faults", "acknowledged", *COUNTS)
NOT_MEASURED = "–"


@dataclass(frozen=True)
class Result:
    """What came of a run: the rounds that ended, and those that broke off, with the reason."""

    plan: Plan
    tallies: Sequence[Tally]
    broken: dict[str, str]

    @property
    def good(self) -> bool:
        return bool(self.tallies) and not self.broken and all(tally.good for tally in self.tallies)

    def text(self) -> str:
        """Write the report; its last line is made for people and machines."""
        lines = [*_table(self.tallies), ""]
        lines += [f"{tally.name}: {note}" for tally in self.tallies for note in tally.notes]
        lines += [f"{name} broke off: {why}" for name, why in self.broken.items()]
        return "\n".join([*lines, self.last_line()])

    def last_line(self) -> str:
        """Sum up, with the seed first, because it is what somebody needs who wants to see it again."""
        sums = {name: cell(added(getattr(tally, name) for tally in self.tallies)) for name in COLUMNS}
        counts = ", ".join(f"{sums[name]} {words}" for name, words in COUNTS.items())
        ran = f"{len(self.tallies)} rounds, {sums['faults']} faults, {sums['acknowledged']} sales acknowledged"
        broken = f", {len(self.broken)} rounds broke off" if self.broken else ""
        left_out = ", ".join(fault for tally in self.tallies for fault in tally.left_out)
        lacking = f", left out: {left_out}" if left_out else ""
        return f"torture: seed {self.plan.seed}: {ran}: {counts}{broken}{lacking}"

    def writes(self, folder: Path) -> Path:
        """Keep the result as JSON, under its seed."""
        folder.mkdir(parents=True, exist_ok=True)
        asked = {"seed": self.plan.seed, "kills": self.plan.kills, "orders": self.plan.orders}
        rounds = [asdict(tally) | {"good": tally.good} for tally in self.tallies]
        kept = folder / f"{self.plan.seed}.json"
        kept.write_text(json.dumps({**asked, "good": self.good, "rounds": rounds, "broken": self.broken}, indent=1))
        return kept


def cell(count: Count) -> str:
    """A number that was measured, or the word for one that was not."""
    return NOT_MEASURED if count is None else str(count)


def _table(tallies: Sequence[Tally]) -> list[str]:
    """One row a round; what else it measured stands behind."""
    head = ["round", *(name.replace("_", " ") for name in COLUMNS), "measured"]
    rows = [[tally.name, *(cell(getattr(tally, name)) for name in COLUMNS), _measured(tally)] for tally in tallies]
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)
    ]


def _measured(tally: Tally) -> str:
    return ", ".join(f"{name} {value}" for name, value in tally.measures.items())
