"""When each register was last heard of. Kept in memory: a sign of life must never wait for the writer's lock."""

from collections.abc import Mapping
from datetime import datetime

from server.oms.times import now


class Contacts:
    """The last call of each register since this server started."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def saw(self, register: str) -> None:
        self._seen[register] = now()

    @property
    def seen(self) -> Mapping[str, datetime]:
        return self._seen
