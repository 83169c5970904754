"""What the page says becomes an event, or nonsense: the one door through which people's input comes in."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.till.events import Event, page

LONGEST = 100_000
"""Characters; no form of ours comes near it."""


@dataclass(frozen=True, slots=True)
class Nonsense:
    """A message that is no event of the page, and why."""

    why: str


EVENTS: dict[str, type[Event]] = {
    name: thing
    for name, thing in vars(page).items()
    if isinstance(thing, type) and issubclass(thing, Event) and thing is not Event
}
_ADAPTERS: dict[str, TypeAdapter[Any]] = {}
"""Made at first use: all of them at once would cost the start a tenth of a second in the browser."""


def parse(text: str, at: datetime, fresh: str) -> Event | Nonsense:
    """Read a message; time and id are stamped here, whatever the message says about them."""
    if len(text) > LONGEST:
        return Nonsense("it is too long")
    try:
        message = json.loads(text)
        json.dumps(message, ensure_ascii=False).encode()  # half of a character pair cannot be kept anywhere
    except (ValueError, RecursionError):
        return Nonsense("it is not JSON, or no text")
    if not isinstance(message, dict):
        return Nonsense("it is not an object")
    kind = EVENTS.get(str(message.get("event")))
    if kind is None:
        return Nonsense("it names no event of the page")
    names = {field.name for field in fields(kind)}
    stamps = {"at": at, "fresh": fresh}
    given = {name: value for name, value in (message | stamps).items() if name in names}
    try:
        event: Event = _adapter(kind).validate_python(given)
    except ValidationError as error:
        # Only the place is told: what was typed there may be a PIN.
        return Nonsense(f"{kind.__name__}.{error.errors()[0]['loc']} does not fit")
    return event


def _adapter(kind: type[Event]) -> TypeAdapter[Any]:
    if kind.__name__ not in _ADAPTERS:
        _ADAPTERS[kind.__name__] = TypeAdapter(kind)
    return _ADAPTERS[kind.__name__]
