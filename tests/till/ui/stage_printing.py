"""Registers with POS settings of their own: a receipt printer that is there, gone, or failing; quick buttons."""

from app.domain.preferences import Paper, Preferences
from app.till.flow.printing import UNPLUGGED, failed
from app.till.ports import PrinterState
from app.till.slices.printing import Printing, Quick
from app.till.state import Screen, State
from tests.conftest import product
from tests.till.ui.stage import RICE, SHIRT, journal, state, tiles

PRINTER = Preferences(paper=Paper.MM58, printer="TM-T20", prints_itself=True, opens_drawer=True)
READY = Printing(printer=PrinterState.READY)
GONE = Printing(printer=PrinterState.NONE, problem=UNPLUGGED)
STUCK = Printing(printer=PrinterState.FAILED, problem=failed("TimeoutError"))
QUICK = Quick(tiles=tiles(SHIRT, RICE), text="kurta", found=tiles(product(), SHIRT))


def pos_settings(printing: Printing = READY, **fields: object) -> State:
    """Settings of a register with a receipt printer, two quick buttons, and one payment method less."""
    wants = PRINTER.model_copy(update={"quick": ("shirt", "rice"), "hidden": frozenset({"voucher"}), **fields})
    return state(Screen.SETTINGS, journal=journal(), preferences=wants, printing=printing, quick=QUICK)
