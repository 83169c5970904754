"""Builds the nouns that were not used yet: in a browser each is put off until then, as somebody waits for imports."""

from collections.abc import Iterator

from app.domain.money import Value


def building() -> Iterator[type[Value]]:
    """Build one noun after the other, also those that are made meanwhile; whoever goes through them sets the pace."""
    waiting = [Value]
    while waiting:
        noun = waiting.pop()
        waiting += noun.__subclasses__()
        if not noun.__pydantic_complete__:
            noun.model_rebuild()
            yield noun
