"""Words for times, ages and sizes, as a cashier would say them."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its word: 1 item, 3 items."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def clock(at: datetime, zone: str) -> str:
    """The time of day in the store: 12:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(at: datetime, zone: str) -> str:
    """Day and time in the store: 21 Nov 2026, 12:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%-d %b %Y, %H:%M")


def age(at: datetime | None, now: datetime | None) -> str:
    """How long ago, in the largest whole unit."""
    if at is None or now is None:
        return "not yet"
    minutes = max(int((now - at).total_seconds()), 0) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} days ago"


def size(count: int) -> str:
    """Bytes for people: 12.4 MB."""
    for unit, name in _UNITS:
        if count >= unit:
            tenths = count * 10 // unit
            return f"{tenths // 10}.{tenths % 10} {name}"
    return f"{count} bytes"


def quantity(amount: Decimal, *, weighed: bool = False) -> str:
    """Pieces, or kilograms to the gram."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} kg" if weighed else text
