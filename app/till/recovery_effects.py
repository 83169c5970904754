"""What the world is asked to do about registers that are lost: effects among the others."""

from dataclasses import dataclass

from app.sync.status import Registered


@dataclass(frozen=True, slots=True)
class LookAtLost:
    """Look which registers the folder of a lost one holds; answered by LostSeen."""

    reading: str
    spare: bool = False
    """What this browser kept of it outside of its database, in place of a folder."""


@dataclass(frozen=True, slots=True)
class ReadLost:
    """Read a lost register's journal and put its lines down for the courier; LostRead, then LostFound or LostFailed."""

    reading: str
    folder: str
    spare: bool = False


@dataclass(frozen=True, slots=True)
class LookAtSpare:
    """Write down which register this browser is, and look which it was before; answered by FormersSeen."""

    registered: Registered | None


@dataclass(frozen=True, slots=True)
class ForgetFormers:
    """Forget that this browser was these enrolments; answered by FormersSeen."""

    enrolments: tuple[str, ...]
    registered: Registered | None


AboutLost = LookAtLost | ReadLost | LookAtSpare | ForgetFormers
