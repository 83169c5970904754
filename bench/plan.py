"""What a row is told: how much to measure, on which data, and where it may work."""

from dataclasses import dataclass
from pathlib import Path


class Missing(Exception):
    """Something that a row can't be measured without is not here; the table says so."""


@dataclass(frozen=True)
class Plan:
    """The small form shows that a row runs; only the whole form gives figures that mean anything."""

    small: bool
    place: Path
    """A folder that is the run's own."""
    data: Path | None = None
    """A folder with real catalogues, where there is one; else everything is made up."""

    @property
    def repetitions(self) -> int:
        """How often a page figure is taken."""
        return 5 if self.small else 30

    @property
    def warm_ups(self) -> int:
        """How often it is done before, and not counted."""
        return 1 if self.small else 3

    def size(self, whole: int, small: int) -> int:
        """Return how many there are to be of something."""
        return small if self.small else whole

    def room(self, name: str) -> Path:
        """Return an empty folder of a row's own."""
        room = self.place / name
        room.mkdir(parents=True)
        return room

    def real(self, name: str) -> Path | None:
        """Find a file of real data."""
        path = self.data / name if self.data else None
        return path if path and path.exists() else None

    def says(self, text: str) -> None:
        """Tell whoever watches how far it is."""
        print(f"   {text}", flush=True)
