"""What every call passes on its way in: who calls, and how much may be brought."""

import ipaddress
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BeforeValidator
from starlette.concurrency import run_in_threadpool

from server.oms.guesses import in_words, place
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.registers import authenticate
from server.oms.tables import Register
from server.oms.times import now, within_reach

MAX_LINES = 500
MOST_NUMBER = 2**53 - 1
"""The largest whole number that JSON carries exactly everywhere; databases hold it, too."""
_BEARER = HTTPBearer(auto_error=False, description="The token that enrolment gave this register.")
_SHOWN = "store_os.register"
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


def _day(text: object) -> object:
    """Let only days pass: pydantic would read "0" as the first day of 1970."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError("a day is written as 2026-11-21")
    return text


Day = Annotated[date, BeforeValidator(_day), AfterValidator(within_reach)]
Offset = Annotated[int, Query(ge=0, le=MOST_NUMBER)]


def the_oms(request: Request) -> Oms:
    oms: Oms = request.app.state.oms
    return oms


WithOms = Annotated[Oms, Depends(the_oms)]


def the_register(request: Request, oms: WithOms, credentials: Credentials) -> Register:
    """Let registers in that the OMS knows and has not revoked."""
    register: Register | None = request.scope.get(_SHOWN)
    if register is not None:
        return register
    with oms.database.read() as session:
        register = authenticate(session, credentials.credentials) if credentials else None
    if register is None:
        raise Failed(
            401,
            "This register is not known here",
            "Its token is missing, unknown or revoked. What it has saved is safe; ask the back office to enrol it.",
            {"WWW-Authenticate": "Bearer"},
        )
    oms.contacts.saw(register.id)
    return register


WithRegister = Annotated[Register, Depends(the_register)]


class TokenFirst(APIRoute):
    """A call whose token is looked at before anything of its body is read: strangers have nothing kept and parsed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if self.body_field is None or not _asks_who(self.dependant):
            return handle

        async def shown_first(request: Request) -> Response:
            shown = await _BEARER(request)
            request.scope[_SHOWN] = await run_in_threadpool(the_register, request, the_oms(request), shown)
            return await handle(request)

        return shown_first


def _asks_who(dependant: Dependant) -> bool:
    return any(each.call is the_register or _asks_who(each) for each in dependant.dependencies)


async def entry_lines(request: Request) -> list[bytes]:
    """Read a batch of entries; how large it may be, and whether it came whole, is the guard's to say."""
    body = await request.body()
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > MAX_LINES:
        raise Failed(413, "The batch has too many entries", f"Send at most {MAX_LINES} entries at a time.")
    return lines


WithLines = Annotated[list[bytes], Depends(entry_lines)]


@contextmanager
def guessing(oms: Oms, request: Request, *, counts: bool = True) -> Iterator[None]:
    """Let codes be tried only so often from one address, and in all; one that was right does not count."""
    keys = (caller(request), "")
    wait = oms.codes.begin(keys, now().timestamp()) if counts else 0
    if wait:
        sentence = f"Wait {in_words(wait)}, then try again. Nothing was changed; a code that is right stays valid."
        raise Failed(429, "Too many codes were tried", sentence, {"Retry-After": str(wait)})
    yield  # what is turned down leaves here as an exception, and stays counted
    if counts:
        oms.codes.was_right(keys)


def caller(request: Request) -> str:
    """Where a call comes from; behind a web server that says so, its own caller."""
    return place(request.client.host if request.client else "")


def on_this_machine(request: Request) -> bool:
    """Tell whether a browser on this very machine calls: by address, by the name it used, and by no proxy's word."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    host = request.url.hostname or ""
    return not forwarded and is_loopback(request.client.host if request.client else "") and is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether an address means this machine, which nobody else reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
