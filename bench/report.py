"""What the bench says: a table for the terminal, one in Markdown, and everything that was measured as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.row import Held, Row
from bench.sample import FIGURES, Sample

HEAD = ("what", "ours", "beside", "ratio", "goal", "")


@dataclass(frozen=True)
class Result:
    """What came of a run."""

    machine: dict[str, str]
    small: bool
    rows: dict[str, Sequence[Row]]
    missing: dict[str, str]
    """Rows that could not be measured here, and why."""
    broken: dict[str, str]

    @property
    def good(self) -> bool:
        """Whether everything ran; a goal that is not met is a finding, no failure."""
        return not self.broken

    def text(self) -> str:
        """Write the table for a terminal; its last line sums up."""
        cells = [list(HEAD), *self._cells()]
        widths = [max(len(line[at]) for line in cells) for at in range(len(HEAD))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
        ]
        lines += ["", *(f"{row.what}: {row.why}" for row in self._all() if row.why)]
        lines += [f"{name} was left out: {why}" for name, why in self.missing.items()]
        lines += [f"{name} broke off: {why}" for name, why in self.broken.items()]
        return "\n".join([*lines, self.last_line()])

    def last_line(self) -> str:
        held = [each for row in self._all() for each in row.held()]
        met = sum(each.met for each in held)
        form = " (small form: the figures mean little)" if self.small else ""
        return f"bench: {len(self._all())} rows, {met} of {len(held)} goals met, {len(self.broken)} broke off{form}"

    def markdown(self) -> str:
        """Write the table as the README has it, with machine, date and versions."""
        lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
        lines += ["| " + " | ".join(cells) + " |" for cells in self._cells()]
        notes = [f"- {row.what}: {row.why}" for row in self._all() if row.why]
        notes += [f"- {name} was left out: {why}" for name, why in self.missing.items()]
        told = ", ".join(f"{name} {value}" for name, value in self.machine.items())
        return "\n".join([*lines, "", *notes, *([""] if notes else []), f"Measured on: {told}.", ""])

    def writes(self, folder: Path) -> Path:
        """Keep everything that was measured, and the table in Markdown; a run replaces another of its minute."""
        folder.mkdir(parents=True, exist_ok=True)
        form = "small" if self.small else "whole"
        kept = folder / f"{self.machine['date'].replace(':', '')[:15]}-{form}.json"
        rows = {name: [_as_json(row) for row in rows] for name, rows in self.rows.items()}
        told = {"machine": self.machine, "small": self.small, "missing": self.missing, "broken": self.broken}
        kept.write_text(json.dumps({**told, "rows": rows}, indent=1, ensure_ascii=False))
        (folder / "table.md").write_text(self.markdown())
        return kept

    def _all(self) -> list[Row]:
        return [row for rows in self.rows.values() for row in rows]

    def _cells(self) -> list[list[str]]:
        return [line for row in self._all() for line in _lines(row)]


def _lines(row: Row) -> list[list[str]]:
    """A line for each goal of a row; the first says what it is about."""
    beside = ", ".join(f"{name} {_short(row, sample)}" for name, sample in row.peers.items())
    firsts = [[row.what, f"{_short(row, row.ours)} {_spread(row.ours)}", beside]]
    held = row.held()
    lines = [[*(firsts[0] if at == 0 else [""] * 3), *_verdict(each, row)] for at, each in enumerate(held)]
    return lines or [[*firsts[0], "", "", ""]]


def _verdict(held: Held, row: Row) -> list[str]:
    ratio = held.goal.to and not held.goal.plus
    value = f"{held.value:.2f} ×" if ratio else f"{number(held.value)} {row.unit}"
    return [value, held.words, "met" if held.met else f"missed by {held.off_by:.2f} ×"]


def _short(row: Row, sample: Sample) -> str:
    figure = "" if row.figure == "median" else f"{row.figure} "
    return f"{figure}{number(sample.figure(row.figure))} {row.unit}"


def _spread(sample: Sample) -> str:
    low, high = sample.spread
    return f"({number(low)}–{number(high)}, n={len(sample.values)})"


def number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _as_json(row: Row) -> dict[str, Any]:
    goals = [{"goal": each.words, "value": each.value, "limit": each.limit, "met": each.met} for each in row.held()]
    peers = {name: _sample(sample) for name, sample in row.peers.items()}
    return {
        "what": row.what,
        "unit": row.unit,
        "ours": _sample(row.ours),
        "peers": peers,
        "goals": goals,
        "why": row.why,
    }


def _sample(sample: Sample) -> dict[str, Any]:
    return {**{name: sample.figure(name) for name in FIGURES}, "spread": sample.spread, "values": sample.values}
