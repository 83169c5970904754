"""What the page is told to draw: at once, and once that is painted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Drawing:
    """HTML by the id of a region, or of a part of one."""

    now: Mapping[str, str]
    """What somebody who waits looks at first."""
    later: Mapping[str, Callable[[], str] | None] = field(default_factory=dict)
    """What is drawn when that can be seen; None where it is there already, and what was to follow counts no more."""
