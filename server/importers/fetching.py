"""Fetches pictures over http within limits of time and size, and gives a host up that keeps failing.

A product file is somebody else's: no address in it may make this machine ask one of its own network. The name is
resolved once, the address is checked, and that very address is connected to; each redirect passes the same door.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 3.0, 5.0, 15.0
MOST_BYTES = 15 * 2**20
PIECE = 64 * 1024
FAILURES_IN_A_ROW = 3
"""After so many a host is not asked again in this import."""
MOST_LATE = 20
"""After so many that took too long nobody is asked any more in this import."""
MOST_REDIRECTS = 5
PRIVATE = "the address is none of the public internet"


def open_session(*, loopback: bool = False) -> requests.Session:
    """Open a session that reaches public addresses alone; `loopback` is for tests that play a shop."""
    session: requests.Session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=loopback,
            never_redirect=False,
            default_timeout=(CONNECT_SECONDS, READ_SECONDS),
        )
    )
    session.trust_env = False  # no proxy, which would resolve names itself, and no password of .netrc for anybody
    session.max_redirects = MOST_REDIRECTS
    session.headers["Accept-Encoding"] = "identity"  # a picture is packed already
    return session


@dataclass(slots=True)
class Fetcher:
    """Remembers how each host behaves."""

    session: requests.Session = field(default_factory=open_session)
    clock: Callable[[], float] = time.monotonic
    _failures: Counter[str] = field(default_factory=Counter)
    _late: int = 0

    def fetch(self, url: str) -> bytes | str:
        """Return the bytes, or why there are none."""
        host = _host(url)
        if self._failures[host] >= FAILURES_IN_A_ROW:
            return f"{host} was given up after {FAILURES_IN_A_ROW} failures in a row"
        if self._late >= MOST_LATE:
            return f"not asked for, after {MOST_LATE} that took too long"
        try:
            answer = self._in_time(url)
        except InvalidIPAddress:
            return PRIVATE
        except (requests.RequestException, ValueError):
            self._failures[host] += 1
            return f"{host or url} did not answer"
        self._failures[host] = 0
        return answer

    def _in_time(self, url: str) -> bytes | str:
        """Wait for all of it, headers and redirects too, and no longer; who is late then talks to nobody."""
        answers: SimpleQueue[bytes | str | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._get(url))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the one who waits raises it
                answers.put(error)

        Thread(target=ask, name="picture", daemon=True).start()
        try:
            answer = answers.get(timeout=TOTAL_SECONDS)
        except Empty:
            self._late += 1
            raise requests.Timeout from None
        if isinstance(answer, Exception):
            raise answer
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
