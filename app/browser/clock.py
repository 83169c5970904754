"""Time and ids: the two things that a pure house has to be given."""

from datetime import UTC, datetime
from time import monotonic
from uuid import uuid4


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Timer:
    def seconds(self) -> float:
        return monotonic()


class Ids:
    def fresh(self) -> str:
        # From the browser's own source of randomness, which a memory snapshot does not freeze.
        return str(uuid4())
