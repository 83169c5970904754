"""Registers that this browser was: it has lost their database, and says so until that is dealt with."""

from app.domain.policy import Action
from app.till.effects import ForgetFormers, LookAtSpare
from app.till.events import FormersSeen, FormersSettled, PinChecked, SpareMoved
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.slices.formers import Formers
from app.till.state import State


def formers_seen(state: State, event: FormersSeen) -> Step:
    return changed(state, formers=Formers(event.lost))


def spare_moved(state: State, _: SpareMoved) -> Step:
    """What lay in the spare place is in the folder: see what is left."""
    return Step(state, (LookAtSpare(state.registered),))


def recovered(state: State) -> Step:
    """One that was recovered here is dealt with, unless the spare place had something of it that was not brought.

    Asked when the courier says something, and not by the answer to it.
    """
    wish, standing = state.recovering.wish, state.recovering.standing
    if wish is None or wish.beside or standing is None or not standing.finished:
        return Step(state)
    return _forgotten(state, register=standing.register)


def formers_settled(state: State, event: FormersSettled) -> Step:
    """A manager knows what became of their sales."""
    if not state.formers.lost or state.formers.checking:
        return Step(state)
    question = asked(state, permitted(state, event.staff_id, Action.RECOVER), event.pin, "formers")
    if isinstance(question, str):
        return _formers(state, problem=question)
    return Step(_formers(state, checking=True, problem="").state, (question,))


def formers_checked(state: State, event: PinChecked) -> Step:
    if not state.formers.checking:
        return Step(state)
    if not event.right or permitted(state, event.staff_id, Action.RECOVER) is None:
        return _formers(state, checking=False, problem=wrong_sentence(state, event.staff_id))
    return _forgotten(_formers(state, checking=False).state)


def _forgotten(state: State, register: str = "") -> Step:
    """Forget all of them, or the one of a name; the notice goes with them."""
    done = [each for each in state.formers.lost if not register or each.former.register == register]
    if not done:
        return Step(state)
    left = replace(state.formers, lost=tuple(each for each in state.formers.lost if each not in done))
    enrolments = tuple(each.former.enrolment for each in done)
    return Step(replace(state, formers=left), (ForgetFormers(enrolments, state.registered),))


def _formers(state: State, **fields: object) -> Step:
    return changed(state, formers=replace(state.formers, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    FormersSeen: formers_seen,
    SpareMoved: spare_moved,
    FormersSettled: formers_settled,
}
