"""The language of a register: the store's, until somebody chooses another one here."""

from app.till.effects import KeepLocal
from app.till.events import LanguageChosen
from app.till.flow.local import LANGUAGE
from app.till.flow.step import Handlers, Step, replace
from app.till.state import State

LONGEST = 20


def language_chosen(state: State, event: LanguageChosen) -> Step:
    """Speak it from now on, also after a restart; what is typed and sold stays."""
    value = event.value[:LONGEST]
    return Step(replace(state, language=value), (KeepLocal(LANGUAGE, value),))


HANDLERS: Handlers = {LanguageChosen: language_chosen}
