"""The server's clock and its only zone: UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    """The moment, in UTC; the one place where the server reads the clock."""
    return datetime.now(UTC)


def as_utc(moment: datetime) -> datetime:
    """Read a moment without a zone as UTC, and bring any other to it."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
