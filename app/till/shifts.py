"""The shifts of this register, read from its journal; flows and screens ask here."""

from collections.abc import Iterable
from functools import lru_cache

from app.domain.shift import Placed, Shift, running, shifts
from app.sync.bodies import in_shift
from app.sync.entry import Kind
from app.till.slices.journal import reaches
from app.till.slices.same import Same
from app.till.state import Kept, State


def all_shifts(state: State) -> tuple[Shift, ...]:
    """Every shift that this register knows, oldest first."""
    return _remembered(Same(state.journal.kept))


def open_shift(state: State) -> Shift | None:
    """The shift that runs, if there is one."""
    return running(all_shifts(state))


def reported(state: State, shift_id: str) -> Shift | None:
    """A shift for its report; None while not all of it is open, for then its sums would be too low."""
    shift, read = next((each for each in all_shifts(state) if each.id == shift_id), None), state.shift.read
    if shift is not None and reaches(state.journal.kept, *places(state, shift)):
        return shift
    return read if read is not None and read.id == shift_id else None


def places(state: State, shift: Shift) -> tuple[int, int]:
    """Where a shift begins and ends in the journal; one that runs goes to its end."""
    last = state.journal.kept[-1].header.seq
    for each in reversed(state.journal.kept):  # from its end, which is near: a screen asks at each keystroke
        if each.header.kind is Kind.SHIFT:
            what = in_shift(each.body)
            last = each.header.seq if what == shift.closed else last
            if what == shift.opened:
                return each.header.seq, last
    raise LookupError(shift.id)


def folded(kept: Iterable[Kept]) -> tuple[Shift, ...]:
    """The shifts in some entries, oldest first."""
    happened = ((each.header.seq, in_shift(each.body)) for each in kept)
    return shifts(Placed(seq, what) for seq, what in happened if what is not None)


def shift_missing(state: State) -> bool:
    """Whether nothing may be sold until a shift is opened; practice needs no drawer."""
    settings = state.people.settings
    required = settings is not None and settings.shift_required and not state.training
    return required and open_shift(state) is None


@lru_cache(maxsize=2)
def _remembered(journal: Same) -> tuple[Shift, ...]:
    # Remembered, because a journal grows by thousands and a screen asks at each keystroke.
    return folded(journal.only)
