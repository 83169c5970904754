"""The two cookies of the back office: who is signed in, and in which browsers somebody has signed in before.

The second one opens nothing. It lets its owner's tries be counted apart from everybody else's, so that strangers who
guess at a name keep nobody out who works here (OWASP calls it a device cookie).
"""

import hmac
import secrets
from datetime import timedelta

from fastapi import Request, Response

from server.office.people import Tries
from server.oms.doors import caller
from server.oms.oms import Oms

VISIT, BROWSER = "store_os_office", "store_os_browser"
KNOWN_FOR = timedelta(days=365)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
PATH = "/office"


def is_local(request: Request) -> bool:
    """Whether it is the machine itself, where there is no network to listen on, and no certificate."""
    return request.url.hostname in LOCAL


def given(request: Request, name: str) -> str:
    """What a browser brings under a name."""
    return request.cookies.get(_called(request, name), "")


def give(answer: Response, request: Request, name: str, value: str, lasts: timedelta) -> None:
    """Let a browser keep something: out of reach of scripts and other sites, and over https alone."""
    answer.set_cookie(
        _called(request, name),
        value,
        max_age=int(lasts.total_seconds()),
        path=_path(request),
        secure=not is_local(request),
        httponly=True,
        samesite="strict",
    )


def take_back(answer: Response, request: Request, name: str) -> None:
    answer.delete_cookie(_called(request, name), path=_path(request), secure=not is_local(request), httponly=True)


def remember(answer: Response, request: Request, oms: Oms, name: str) -> None:
    """Know this browser again when somebody of this name signs in."""
    mark = secrets.token_urlsafe(16)
    give(answer, request, BROWSER, f"{mark}.{_sealed(oms, name, mark)}", KNOWN_FOR)


def tries_of(request: Request, oms: Oms, name: str) -> Tries:
    """Under which keys a try to sign in is counted: a browser that is known under its own alone."""
    mark, _, seal = given(request, BROWSER).partition(".")
    if mark and hmac.compare_digest(seal.encode(), _sealed(oms, name, mark).encode()):
        return Tries(oms.known_browsers, (f"{name} {mark}",))
    address = caller(request)
    return Tries(oms.passwords, (f"{name} {address}", address, ""))


def _sealed(oms: Oms, name: str, mark: str) -> str:
    return oms.keys.derive("office browser", f"{name}\n{mark}")


def _called(request: Request, name: str) -> str:
    """Behind the prefix a browser takes it from this very host alone, not from one beside it."""
    return name if is_local(request) else f"__Host-{name}"


def _path(request: Request) -> str:
    return PATH if is_local(request) else "/"
