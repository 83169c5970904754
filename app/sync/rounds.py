"""How far the contents of a folder were compared: the newest files at every start, all of them round by round."""

from datetime import datetime, timedelta

from pydantic import AwareDatetime, Field

from app.domain.money import Value
from app.sync.records import read_record

FILED = "filed"
"""How the record in `local` is called."""
NEWEST = 200
"""Entries that are compared at every start."""
MOST = 1000
"""Entries of the round that are compared in one start."""
EVERY = timedelta(days=7)
"""A round begins so long after the one before it has ended."""


class Round(Value):
    """A way from the newest entry down to the first."""

    folder: str = ""
    """The folder's name: of another one nothing was compared."""
    due: int | None = Field(default=None, ge=0)
    """The next entry; None where the round is at its beginning, 0 at its end."""
    ended_at: AwareDatetime | None = None


def read_round(text: str, folder: str) -> Round:
    """Read the record back; one that is damaged or about another folder is a round that has not begun."""
    found = read_record(Round, text) or Round()
    return found if found.folder == folder else Round(folder=folder)


def begun(round_: Round, now: datetime) -> Round:
    """The round at a start: a new one, where the last is over for long."""
    over = round_.due == 0 and (round_.ended_at is None or abs(now - round_.ended_at) >= EVERY)
    return Round(folder=round_.folder) if over else round_


def advanced(round_: Round, due: int, floor: int, now: datetime) -> Round:
    """The round after everything above `due` was compared; up to the floor the folder stands alone."""
    ended = due <= floor
    return Round(folder=round_.folder, due=0 if ended else due, ended_at=now if ended else round_.ended_at)
