"""Asking the OMS in the middle of a sale: what is under way, what came back, and giving up in time.

A flow that asks has a table ANSWERS, by the type of the question; it gets the answer parsed.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.domain.money import Value
from app.sync.questions import GIVE_UP_SECONDS, TOO_LATE, NoAnswer, Question, answer_to
from app.till.effects import Ask
from app.till.events import Answered
from app.till.flow.step import Handlers, Step, replace
from app.till.selectors import moment
from app.till.selectors import waiting as waiting
from app.till.slices.asking import Asked
from app.till.standing import elapsed
from app.till.state import State

Answering = Callable[[State, Any, Any], Step]
"""What a flow does with an answer: (state, question, answer), where the answer may be Denied or NoAnswer."""
ANSWERS: dict[type[Question], Answering] = {}
"""Filled by loop.py from the tables of the flows that ask."""
GIVE_UP = timedelta(seconds=GIVE_UP_SECONDS)


def asked(state: State, question_id: str, question: Question) -> Step:
    """Ask; the state remembers what is waited for."""
    under_way = {**state.asked, question_id: Asked(question, moment(state))}
    return Step(replace(state, asked=under_way), (Ask(question_id, question),))


def forgotten(state: State, kind: type[Question]) -> State:
    """Stop waiting for questions of a kind: an answer that still comes is dropped."""
    return replace(state, asked={key: each for key, each in state.asked.items() if not isinstance(each.question, kind)})


def answered(state: State, event: Answered) -> Step:
    """Hand an answer to the flow that asked; one that nobody waits for any more is dropped."""
    present = state.asked.get(event.id)
    if present is None:
        return Step(state)
    return _handed(state, event.id, answer_to(present.question, event.reply))


def given_up(state: State) -> Step:
    """Take what nobody answered in time for unanswered; called with each tick."""
    late = [key for key, each in state.asked.items() if elapsed(state, each.at) > GIVE_UP]
    step = Step(state)
    for key in late:
        next_ = _handed(step.state, key, NoAnswer(why=TOO_LATE))
        step = Step(next_.state, (*step.effects, *next_.effects))
    return step


def _handed(state: State, question_id: str, answer: Value) -> Step:
    question = state.asked[question_id].question
    rest = {key: each for key, each in state.asked.items() if key != question_id}
    return ANSWERS[type(question)](replace(state, asked=rest), question, answer)


HANDLERS: Handlers = {Answered: answered}
