"""Booking what was brought of a lost register: through the intake that registers use, with a line of the audit."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.sync.entry import Entry, Unreadable
from app.sync.protocol import Verdict, VerdictKind
from server.importers.journals import COMMAND, in_folder, read_journals
from server.office import audit
from server.office.pending import NEEDS_A_PERSON, WORDS, counted
from server.oms.carried import take_in_carried
from server.oms.oms import Oms
from server.oms.survey import survey

NOT_BOOKED = frozenset({VerdictKind.REFUSED, VerdictKind.CONFLICT})


def take_in(oms: Oms, who: str, subject: str, entries: Sequence[Entry]) -> tuple[Verdict, ...]:
    """Give each entry its verdict, with a line of the audit for each lot."""

    def noted(session: Session, lot: Sequence[Verdict]) -> None:
        reason = f"Folder: {counted([verdict.kind for verdict in lot])}."
        audit.note(session, who, "import", subject, None, None, reason=reason)

    return take_in_carried(oms.database, oms.keys, entries, noted)


def bring(oms: Oms, folder: Path, say: Callable[[str], object], *, books: bool) -> bool | str:
    """Say what a folder holds and what came of it, in lines; whether all of it is booked, or why nothing was read."""
    found = read_journals(in_folder(folder, COMMAND), COMMAND)
    if isinstance(found, Unreadable):
        return found.why
    for odd in found.odd:
        say(f"{odd.name}: left aside, {odd.why}\n")
    with oms.database.read() as session:
        for one in survey(session, oms.keys, found.entries):
            say(f"{one.text}\n")
    verdicts = take_in(oms, "command line", f"folder/{folder.name}", found.entries) if books else ()
    for entry, verdict in zip(found.entries, verdicts, strict=False):
        if verdict.kind in NEEDS_A_PERSON:
            where = f"{entry.header.store}-{entry.header.register}, entry {entry.header.seq:,}"
            say(f"{where}: {WORDS[verdict.kind][0].lower()}. {verdict.why}\n")
    kinds = [verdict.kind for verdict in verdicts]
    say(f"{len(kinds):,} entries: {counted(kinds)}\n" if kinds else "Nothing was booked.\n")
    return not found.odd and not NOT_BOOKED & set(kinds)
