"""Letting old entries leave the browser: now and then it is looked whether some may go, beside the work."""

from datetime import datetime, timedelta

from app.sync.pruning import KEPT, Old
from app.till.directory import undecided
from app.till.effects import PruneJournal
from app.till.events import JournalPruned
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.risk import waiting
from app.till.standing import elapsed, moment
from app.till.state import State

PAUSE = timedelta(hours=6)


def attended(state: State) -> Step:
    """With a tick, but not while somebody pays."""
    last = state.journal.pruned_at
    if state.journal.head is None or state.checkout is not None or (last and elapsed(state, last) < PAUSE):
        return Step(state)
    return looked_for_old(state)


def looked_for_old(state: State) -> Step:
    """Look whether something may go; time is what the OMS's own clock said last, so no clock here is asked."""
    journal = replace(state.journal, pruned_at=moment(state))
    newest = _last_taken_in(state)
    needed = undecided(state) | {each.digest for each in waiting(state)}
    asked = (PruneJournal(Old(newest - KEPT, needed=needed), journal.epoch),) if newest else ()
    return Step(replace(state, journal=journal), asked)


def journal_pruned(state: State, event: JournalPruned) -> Step:
    """What is gone is nothing that waits; and perhaps there is more."""
    seq = event.anchor.seq
    kept = tuple(each for each in state.journal.kept if each.header.seq > seq)
    return looked_for_old(changed(state, journal=replace(state.journal, kept=kept, anchor=event.anchor)).state)


def _last_taken_in(state: State) -> datetime | None:
    """When the OMS took in the newest entry that it has a verdict on."""
    verdicts = state.journal.verdicts
    said = (verdicts.get(each.digest) for each in reversed(state.journal.kept))
    return next((verdict.at for verdict in said if verdict and verdict.at), None)


HANDLERS: Handlers = {JournalPruned: journal_pruned}
