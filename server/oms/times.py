"""The server's clock and its only zone: UTC."""

from datetime import UTC, date, datetime

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)
"""Nothing was sold before or will be after; at the ends of the calendar there is no day before, and none after."""


def now() -> datetime:
    """The moment, in UTC; the one place where the server reads the clock."""
    return datetime.now(UTC)


def as_utc(moment: datetime) -> datetime:
    """Read a moment without a zone as UTC, and bring any other to it."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def within_reach(day: date) -> date:
    """A day that can be counted from: one beyond our time means our time's end."""
    return min(max(day, FIRST_DAY), LAST_DAY)
