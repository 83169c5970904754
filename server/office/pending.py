"""Imports → pending orders of a register: the file that a till made with "CSV Export", taken in row by row (P6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import htpy as h
from sqlalchemy.orm import Session

from app.sync.protocol import Verdict, VerdictKind
from server.importers.pending import Pending, read_pending
from server.importers.reading import Unreadable
from server.office import audit, parts
from server.office.doors import to
from server.office.lists import Column, table
from server.office.visits import Visit
from server.oms.carried import take_in_carried
from server.oms.oms import Oms

MOST_SHOWN = 500
NEEDS_A_PERSON = frozenset({VerdictKind.REFUSED, VerdictKind.CONFLICT, VerdictKind.ATTENTION})
WORDS = {
    VerdictKind.ACCEPTED: ("Taken in", "green", "circle-check"),
    VerdictKind.DUPLICATE: ("Already here", "green", "circle-check"),
    VerdictKind.ATTENTION: ("Here, needs attention", "amber", "triangle-alert"),
    VerdictKind.REFUSED: ("Refused", "red", "circle-alert"),
    VerdictKind.CONFLICT: ("Refused", "red", "circle-alert"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row."""

    row: Pending
    kind: VerdictKind
    why: str = ""
    order_number: str = ""


COLUMNS: tuple[Column[Outcome], ...] = (
    Column("Number", lambda each: each.row.number or "–", tight=True),
    Column("Line", lambda each: str(each.row.line), number=True),
    Column("Outcome", lambda each: WORDS[each.kind][0], lambda each: parts.mark(*WORDS[each.kind])),
    Column("Order", lambda each: each.order_number, tight=True),
    Column("What to know", lambda each: each.why, lambda each: h.span(".lines")[each.why]),
)


def take_in_file(oms: Oms, visit: Visit, path: Path, subject: str) -> tuple[Outcome, ...] | str:
    """Take a file in, with a line of the audit for each lot; or say why it is none."""
    rows = read_pending(path)
    if isinstance(rows, Unreadable):
        return rows.why

    def noted(session: Session, lot: Sequence[Verdict]) -> None:
        reason = f"Pending orders: {counted([verdict.kind for verdict in lot])}."
        audit.note(session, visit.name, "import", subject, None, None, reason=reason)

    entries = [row.entry for row in rows if row.entry is not None]
    verdicts = iter(take_in_carried(oms.database, oms.keys, entries, noted))
    return tuple(_outcome(row, next(verdicts) if row.entry is not None else None) for row in rows)


def _outcome(row: Pending, verdict: Verdict | None) -> Outcome:
    if verdict is None:
        return Outcome(row, VerdictKind.REFUSED, row.why)
    return Outcome(row, verdict.kind, verdict.why, verdict.order_number)


def counted(kinds: Sequence[VerdictKind]) -> str:
    """How many rows came to what: "2 taken in, 1 already here"."""
    counts = Counter(WORDS[kind][0].lower() for kind in kinds)
    return ", ".join(f"{count:,} {word}" for word, count in counts.items())


def asking(visit: Visit) -> h.Element:
    """The form that asks for a file."""
    words = (
        "The file that a register made with Sync to Server → CSV Export, where it cannot sync. "
        "What the register sends later, or a second import brings, is not booked twice."
    )
    file = h.input(".input", type="file", id="pending", name="file", accept=".csv,text/csv", required=True)
    form = parts.form(
        visit,
        to("imports", "pending"),
        h.div(".field")[h.label(for_="pending")["Pending orders (CSV)"], file],
        h.div[parts.button("Import orders", "cloud-upload")],
        upload=True,
    )
    return parts.card("Pending orders of a register", h.p(".quiet")[words], form)


def told(name: str, outcomes: Sequence[Outcome]) -> h.Element:
    """What came of each row; those that a person has to look at stand first."""
    first = sorted(outcomes, key=lambda each: (each.kind not in NEEDS_A_PERSON, each.row.line))
    left = len(first) - MOST_SHOWN
    more = f"{parts.many(left, 'row')} more: {counted([each.kind for each in first[MOST_SHOWN:]])}."
    return parts.card(
        f"What came of {name}",
        h.p(role="status")[f"{parts.many(len(outcomes), 'row')}: {counted([each.kind for each in outcomes])}."],
        table("Imported orders", COLUMNS, first[:MOST_SHOWN]),
        h.p(".quiet")[more] if left > 0 else None,
    )
