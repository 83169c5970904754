"""What somebody leaves behind who signs out: said where the next person, or nobody, stands before the screen."""

from dataclasses import dataclass

import htpy as h

from app.sync.mode import Known, Mode, mode
from app.till.state import State
from app.till.ui.language import t
from app.till.ui.parts import note
from app.till.ui.words import plural
from app.till.upkeep import left_open


@dataclass(frozen=True, slots=True)
class Left:
    """What is on this device alone."""

    sales: int = 0
    """Without a verdict of the OMS."""
    beside: int = 0
    """Other entries without one."""
    unfinished: int = 0
    """Open sales that are kept; those that were parked by name are on a list of their own."""
    revoked: bool = False
    """The OMS takes nothing of it any more; the banner says what to do."""


def left_of(state: State, known: Known) -> Left:
    """Count it."""
    return Left(known.pending, known.beside, len(left_open(state)), revoked=mode(known) is Mode.REVOKED)


def left_notes(left: Left) -> list[h.Element]:
    """A sentence for what waits to be sent and one for what waits to be finished; nothing where nothing does."""
    told = list[h.Element]()
    if (left.sales or left.beside) and not left.revoked:
        items = plural(left.sales, "sale") if left.sales else plural(left.beside, "entry", "entries")
        said = t(
            "Not sent yet: {items}. Safe here, and sent while this page is open and the store’s server can be reached.",
            items=items,
        )
        told.append(note(said, tone="amber", name="cloud-upload", id_="left-to-send"))
    if left.unfinished:
        said = t(
            "Not finished: {items}. Kept here, and offered to whoever signs in.", items=plural(left.unfinished, "sale")
        )
        told.append(note(said, name="shopping-cart", id_="left-open"))
    return told
