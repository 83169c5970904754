"""The shifts of this register, read from its journal; flows and screens ask here."""

from functools import lru_cache

from app.domain.shift import Placed, Shift, running, shifts
from app.sync.bodies import in_shift
from app.till.slices.same import Same
from app.till.state import State


def all_shifts(state: State) -> tuple[Shift, ...]:
    """Every shift that this register knows, oldest first."""
    return _folded(Same(state.journal.kept))


def open_shift(state: State) -> Shift | None:
    """The shift that runs, if there is one."""
    return running(all_shifts(state))


def shift_missing(state: State) -> bool:
    """Whether nothing may be sold until a shift is opened; practice needs no drawer."""
    settings = state.people.settings
    required = settings is not None and settings.shift_required and not state.training
    return required and open_shift(state) is None


@lru_cache(maxsize=2)
def _folded(journal: Same) -> tuple[Shift, ...]:
    # Remembered, because a journal grows by thousands and a screen asks at each keystroke.
    (kept,) = journal.parts
    happened = ((each.header.seq, in_shift(each.body)) for each in kept)
    return shifts(Placed(seq, what) for seq, what in happened if what is not None)
