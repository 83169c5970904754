"""What every handler returns: the next state, and what the world is asked to do about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.till.effects import Effect
from app.till.state import State

__all__ = ["Handler", "Handlers", "Step", "changed", "noticed", "replace", "troubled"]


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    effects: tuple[Effect, ...] = ()

    def then(self, do: "Callable[[State], Step]") -> "Step":
        """Go on from here; what was asked of the world before stays asked."""
        after = do(self.state)
        return Step(after.state, (*self.effects, *after.effects))


Handler = Callable[[State, Any], Step]
Handlers = dict[type[Any], Handler]


def changed(state: State, **fields: Any) -> Step:
    """A step that changes some slices and asks nothing of the world."""
    return Step(replace(state, **fields))


def noticed(state: State, sentence: str) -> Step:
    """Say something beside the products."""
    return changed(state, browse=replace(state.browse, notice=sentence))


def troubled(state: State, sentence: str) -> Step:
    """Say something that a person has to read, whatever the screen."""
    return changed(state, trouble=sentence)
