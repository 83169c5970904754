"""Products as tiles or as a list, and how large: each register's own choice, kept on the device."""

from enum import StrEnum
from typing import TypeVar

from app.till.effects import KeepLocal
from app.till.events import LayoutChosen, SizeChosen
from app.till.flow.local import DISPLAY
from app.till.flow.step import Handlers, Step, replace
from app.till.slices.display import Display, Layout, Size
from app.till.state import State

Choice = TypeVar("Choice", bound=StrEnum)


def remembered(text: str) -> Display:
    """What was chosen here last; anything else is the usual display."""
    layout, _, size = text.partition(" ")
    return Display(_one_of(Layout, layout) or Layout.TILES, _one_of(Size, size) or Size.MEDIUM)


def layout_chosen(state: State, event: LayoutChosen) -> Step:
    layout = _one_of(Layout, event.value)
    return _shown(state, replace(state.display, layout=layout)) if layout else Step(state)


def size_chosen(state: State, event: SizeChosen) -> Step:
    size = _one_of(Size, event.value)
    return _shown(state, replace(state.display, size=size)) if size else Step(state)


def _shown(state: State, display: Display) -> Step:
    return Step(replace(state, display=display), (KeepLocal(DISPLAY, f"{display.layout} {display.size}"),))


def _one_of(choices: type[Choice], value: str) -> Choice | None:
    return next((choice for choice in choices if choice == value), None)


HANDLERS: Handlers = {LayoutChosen: layout_chosen, SizeChosen: size_chosen}
