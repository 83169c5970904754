"""What the world is asked to do about a lost register: two effects among the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LookAtLost:
    """Look which registers the folder of a lost one holds; answered by LostSeen."""

    reading: str


@dataclass(frozen=True, slots=True)
class ReadLost:
    """Read a lost register's journal and put its lines down for the courier; LostRead, then LostFound or LostFailed."""

    reading: str
    folder: str
