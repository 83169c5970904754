"""Words for times, ages and sizes, as a cashier would say them, in the language in force."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.domain.states import STATES
from app.till.ui.language import t

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its word: 1 item, 3 items."""
    word = one if count == 1 else many or one + "s"
    return t(f"{{count}} {word}", count=f"{count:,}")


def clock(at: datetime, zone: str) -> str:
    """The time of day in the store: 12:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(at: datetime, zone: str) -> str:
    """Day and time in the store: 21 Nov 2026, 12:05."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {t(MONTHS[there.month - 1])} {there:%Y, %H:%M}"


def day(at: datetime, zone: str) -> str:
    """The day in the store: 21 Nov 2026."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {t(MONTHS[there.month - 1])} {there.year}"


def state(code: str) -> str:
    """A State with its code: 29 – Karnataka."""
    return f"{code} – {t(STATES[code])}" if code in STATES else code


def age(at: datetime | None, now: datetime | None) -> str:
    """How long ago, in the largest whole unit."""
    if at is None or now is None:
        return t("not yet")
    minutes = max(int((now - at).total_seconds()), 0) // 60
    if minutes < 1:
        return t("just now")
    if minutes < 60:
        return t("{count} min ago", count=minutes)
    if minutes < 48 * 60:
        return t("{count} h ago", count=minutes // 60)
    return t("{count} days ago", count=minutes // (24 * 60))


def size(count: int) -> str:
    """Bytes for people: 12.4 MB."""
    for unit, name in _UNITS:
        if count >= unit:
            tenths = count * 10 // unit
            return f"{tenths // 10}.{tenths % 10} {name}"
    return t("{count} bytes", count=count)


def quantity(amount: Decimal, *, weighed: bool = False) -> str:
    """Pieces, or kilograms to the gram."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return t("{count} kg", count=text) if weighed else text
