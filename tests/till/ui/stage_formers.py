"""A browser that has lost the database of a register: before sign-in, and in Settings."""

from collections.abc import Callable
from dataclasses import replace

from app.sync.former import Former
from app.sync.protocol import Series
from app.sync.status import EnrolNeed
from app.till.slices.formers import Formers, Lost
from app.till.state import Screen, SignIn, State
from tests.till.ui.stage import journal, state


def lost(register: str, files: int = 0) -> Lost:
    """A register that this browser was."""
    series = Series(invoice=f"DS{register}A", credit_note=f"DS{register}B", training=f"DS{register}C")
    return Lost(Former(store="DS01", register=register, enrolment=f"e-{register}", series=series), files)


ONE, TWO = Formers((lost("R7", 12),)), Formers((lost("R7"), lost("R8", 1)))
FORMERS: dict[str, Callable[[], State]] = {
    "starting-lost": lambda: state(Screen.STARTING, formers=ONE),
    "enrol-lost": lambda: state(Screen.ENROL, enrol=EnrolNeed.CODE, sign_in=SignIn(), formers=ONE),
    "sign-in-lost": lambda: state(Screen.SIGN_IN, sign_in=SignIn(), formers=ONE),
    "sign-in-lost-two": lambda: state(Screen.SIGN_IN, sign_in=SignIn(), formers=TWO),
    "lost": lambda: state(Screen.SETTINGS, journal=journal(), formers=ONE),
    "lost-settled": lambda: state(
        Screen.SETTINGS, journal=journal(), formers=replace(TWO, problem="Wrong PIN. Nothing was changed.")
    ),
}
