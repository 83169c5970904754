"""What the world is asked to do about the folder: effects among the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MendFolder:
    """Look at the folder again and write every entry that is missing in it; answered by FolderSeen."""


@dataclass(frozen=True, slots=True)
class LookForFolder:
    """See whether a folder that is lost is back, and mend it then; answered by FolderSeen where it is not lost."""


@dataclass(frozen=True, slots=True)
class KeepSpare:
    """The folder went away, and with it copies of what waits: they are kept in the spare place."""


AboutFolder = MendFolder | LookForFolder | KeepSpare
