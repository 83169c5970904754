"""Fetches pictures over http within limits of time and size, and gives a host up that keeps failing."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 3.0, 5.0, 15.0
MOST_BYTES = 15 * 2**20
PIECE = 64 * 1024
FAILURES_IN_A_ROW = 3
"""After so many a host is not asked again in this import."""


@dataclass(slots=True)
class Fetcher:
    """Remembers how each host behaves."""

    session: requests.Session = field(default_factory=requests.Session)
    clock: Callable[[], float] = time.monotonic
    _failures: Counter[str] = field(default_factory=Counter)

    def fetch(self, url: str) -> bytes | str:
        """Return the bytes, or why there are none."""
        host = _host(url)
        if self._failures[host] >= FAILURES_IN_A_ROW:
            return f"{host} was given up after {FAILURES_IN_A_ROW} failures in a row"
        try:
            answer = self._get(url)
        except (requests.RequestException, ValueError):
            self._failures[host] += 1
            return f"{host or url} did not answer"
        self._failures[host] = 0
        return answer

    def _get(self, url: str) -> bytes | str:
        until = self.clock() + TOTAL_SECONDS
        parts: list[bytes] = []
        size = 0
        with self.session.get(url, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)) as response:
            if response.status_code >= 500:
                response.raise_for_status()
            if response.status_code != 200:
                return f"answer {response.status_code}"
            for part in response.iter_content(PIECE):
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    return "larger than 15 MB"
                if self.clock() > until:
                    raise requests.Timeout
        return b"".join(parts)


def _host(url: str) -> str:
    """Return whom an address means; one that is broken means nobody, and requests will say so."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
