"""Paper, drawer and quick buttons at this moment; what was chosen for good stands in the preferences."""

from dataclasses import dataclass

from app.domain.escpos import Row
from app.till.ports import PrinterState
from app.till.slices.browse import Tile


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first paper of a sale that was made while the printer was busy, and whether its drawer opens with it."""

    order_id: str
    rows: tuple[Row, ...]
    opens_drawer: bool


@dataclass(frozen=True, slots=True)
class Printing:
    printer: PrinterState = PrinterState.NONE
    job: str = ""
    """What is being sent to the receipt printer: an order's id, or the words of flow/printing."""
    waiting: tuple[Waiting, ...] = ()
    """What is sent after that, oldest first."""
    problem: str = ""
    opening: str = ""
    """Id of the entry about the drawer that is on its way into the journal: only then the drawer opens."""
    drawer_problem: str = ""


@dataclass(frozen=True, slots=True)
class Quick:
    tiles: tuple[Tile, ...] = ()
    """The products of the quick buttons."""
    text: str = ""
    """What is looked for, to add another one."""
    found: tuple[Tile, ...] = ()
