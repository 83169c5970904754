"""Turns: a worker stops at each look at a store, so that another comes in between there, or it dies there.

No thread and no real time is in it: what happens between two stores follows from the dice alone.
"""

from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any, TypeVar, cast

Port = TypeVar("Port")


@coroutine
def turn() -> Generator[None, None, None]:
    """End this turn; the next begins here."""
    yield


class _Paced:
    """A port whose every call ends a turn before it, and one after it."""

    def __init__(self, port: object) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        call: Callable[..., Awaitable[Any]] = getattr(self._port, name)

        async def paced(*given: object, **named: object) -> Any:
            await turn()
            result = await call(*given, **named)
            await turn()
            return result

        return paced


def paced(port: Port) -> Port:
    """The same port, in turns. What it does itself stays one transaction."""
    return cast(Port, _Paced(port))
