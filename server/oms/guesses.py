"""Slows guessing down: so many tries at once, then one each so many seconds, for each place that they come from.

Kept in memory: what strangers do must never wait for the writer's lock, nor make a register wait. After a start, or at
a second server, a guesser has the first few tries again; what is guessed is long enough for that.
"""

import ipaddress
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

MOST_KEYS = 10_000


@dataclass(slots=True)
class Pace:
    """A bucket for each key that holds so many tries, and loses one each so many seconds (GCRA)."""

    burst: int
    seconds: float
    _empty: dict[str, float] = field(default_factory=dict)
    """When the bucket of a key is empty again."""

    def wait(self, key: str, at: float) -> float:
        """Count a try; 0 lets it through, else it is not counted and the next one may come after so many seconds."""
        full = max(self._empty.get(key, at), at) + self.seconds
        early = full - at - self.burst * self.seconds
        if early > 0:
            return early
        if len(self._empty) >= MOST_KEYS:
            self._make_room(at)
        self._empty[key] = full
        return 0.0

    def forget(self, key: str) -> None:
        self._empty.pop(key, None)

    def give_back(self, key: str) -> None:
        """Take one try back that was counted."""
        if key in self._empty:
            self._empty[key] -= self.seconds

    def _make_room(self, at: float) -> None:
        """Drop what is over; whoever fills all of it at once is held by the pace for all of them together."""
        left = {key: empty for key, empty in self._empty.items() if empty > at}
        self._empty = left if len(left) < MOST_KEYS else {}


class Guesses:
    """Tries of one kind of secret, counted under several keys at once, the narrowest first."""

    def __init__(self, *paces: Pace) -> None:
        self._paces = paces
        self._lock = threading.Lock()

    def begin(self, keys: Iterable[str], at: float) -> int:
        """Count a try before it is looked at, so that many at once gain nothing; return how long to wait, or 0.

        What one pace refuses counts in none: under a flood of strangers nobody loses the tries of their own name.
        """
        with self._lock:
            counted: list[tuple[Pace, str]] = []
            for pace, key in zip(self._paces, keys, strict=False):
                if (early := pace.wait(key, at)) > 0:
                    for narrower, own in counted:
                        narrower.give_back(own)
                    return ceil(early)
                counted.append((pace, key))
        return 0

    def was_right(self, keys: Iterable[str]) -> None:
        """Who was right is forgiven what was wrong before; the wider paces only get this one back."""
        with self._lock:
            narrow, *wider = zip(self._paces, keys, strict=False)
            narrow[0].forget(narrow[1])
            for pace, key in wider:
                pace.give_back(key)


def codes() -> Guesses:
    """Of one-time codes: twelve digits, by address and over all of them."""
    return Guesses(Pace(10, 30), Pace(200, 1))


def passwords() -> Guesses:
    """Of the back office's passwords: by name and address, by address, and over all of them."""
    return Guesses(Pace(5, 180), Pace(20, 30), Pace(60, 1))


def known_browsers() -> Guesses:
    """Of those passwords, in a browser in which that name has signed in before: by both."""
    return Guesses(Pace(5, 180))


def place(address: str) -> str:
    """What counts as one caller: an address; of IPv6 the network, which has more addresses than anybody can count."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def in_words(seconds: int) -> str:
    """How long that is, for people."""
    if seconds < 60:
        return "a second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
