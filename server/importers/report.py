"""What an import says to the person who started it: sums first, then every line that was left out, then doubts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from server.importers.reading import Reading, Remark, Why
from server.importers.storing import Stored

LINES_NAMED = 10
"""Lines named behind a doubt; the others are counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """`failure` is the sentence when the file could not be used at all; then there is nothing else."""

    failure: str = ""
    reading: Reading | None = None
    stored: Stored | None = None
    pictures: int = 0
    pictures_failed: Mapping[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """Bad rows are no failure as long as something could be imported."""
        return 0 if self.stored is not None and self.stored.products else 1

    @property
    def skipped(self) -> tuple[Remark, ...]:
        """Every line that was left out, by reading or by storing."""
        read = self.reading.skipped if self.reading else ()
        stored = self.stored.skipped if self.stored else ()
        return tuple(sorted((*read, *stored), key=lambda remark: remark.line))

    def __str__(self) -> str:
        if self.reading is None or self.stored is None:
            return self.failure
        lines = [
            *_sums(self.reading, self.stored),
            *_pictures(self.pictures, self.pictures_failed),
            *_left_out(self.skipped),
            *_doubts(self.reading.warnings),
        ]
        return "\n".join(lines)


def _sums(reading: Reading, stored: Stored) -> Iterator[str]:
    yield f"{reading.format}: {stored.products} products with {stored.variants} variants are in the catalogue."
    yield f"{stored.changed} of them are new or changed; {stored.counted} stock counts were written."
    if stored.left:
        yield (
            f"{stored.left} stock counts of the file differ from the books and were left as the books have them. "
            "Add --recount to take those of the file."
        )
    for tax_class, products in sorted(stored.without_rate.items()):
        yield (
            f'{products} products have the tax class "{tax_class}", for which the store has no rate: '
            "they cannot be sold until it has one."
        )


def _pictures(made: int, failed: Mapping[str, int]) -> Iterator[str]:
    if made or failed:
        yield f"{made} pictures were taken in, {sum(failed.values())} could not be had."
    for why, times in sorted(failed.items()):
        yield f"  {times}: {why}"


def _left_out(skipped: tuple[Remark, ...]) -> Iterator[str]:
    if skipped:
        yield f"{len(skipped)} lines were left out:"
    for remark in skipped:
        yield f"  {remark}"


def _doubts(warnings: tuple[Remark, ...]) -> Iterator[str]:
    by_why: dict[Why, list[Remark]] = {}
    for remark in warnings:
        by_why.setdefault(remark.why, []).append(remark)
    if by_why:
        yield f"{len(warnings)} doubts about what was imported:"
    for why, remarks in by_why.items():
        lines = [str(remark.line) for remark in remarks if remark.line]
        more = f" and {len(lines) - LINES_NAMED} more" if len(lines) > LINES_NAMED else ""
        where = f" (lines {', '.join(lines[:LINES_NAMED])}{more})" if lines else ""
        yield f"  {len(remarks)} × {why}{where}"
