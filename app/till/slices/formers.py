"""Registers that this browser was, before it lost their database."""

from dataclasses import dataclass

from app.sync.filing import folder_of
from app.sync.former import Former


@dataclass(frozen=True, slots=True)
class Lost:
    """One of them, and how many of its files lie in the spare place."""

    former: Former
    files: int = 0

    @property
    def name(self) -> str:
        """As people read it, and as its folder is called."""
        return folder_of(self.former.store, self.former.register)


@dataclass(frozen=True, slots=True)
class Formers:
    lost: tuple[Lost, ...] = ()
    checking: bool = False
    """A manager's PIN is being checked, to settle it."""
    problem: str = ""

    @property
    def names(self) -> str:
        """All of them, for a sentence."""
        return ", ".join(each.name for each in self.lost)

    @property
    def files(self) -> int:
        """How many files of them lie in the spare place."""
        return sum(each.files for each in self.lost)
