"""Errors as RFC 9457 problem documents, also those that the framework raises itself."""

import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.sync.protocol import Problem
from server.oms.database import AWAY

log = logging.getLogger("store_os")
MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> Response:
    """Write a problem document; nothing of it may be cached."""
    document = Problem(title=title, status=status, detail=detail)
    return Response(
        document.model_dump_json(),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


class Failed(HTTPException):
    """An expected failure of a call: a short title and a sentence."""

    def __init__(self, status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code=status, detail=title, headers=headers)
        self.sentence = detail


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    @app.exception_handler(HTTPException)
    def failed(_request: Request, error: HTTPException) -> Response:
        sentence = error.sentence if isinstance(error, Failed) else ""
        return problem(error.status_code, error.detail, sentence, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def unreadable(_request: Request, error: RequestValidationError) -> Response:
        faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        return problem(422, "The request is not one the OMS understands", "; ".join(faults))

    def busy(_request: Request, error: Exception) -> Response:
        log.error("database: %s", error)
        sentence = "Nothing was taken in; it is safe where it is. Send it again later."
        return problem(503, "The OMS can't write now", sentence, {"Retry-After": "5"})

    for away in AWAY:
        app.add_exception_handler(away, busy)

    @app.exception_handler(Exception)
    def broken(_request: Request, error: Exception) -> Response:
        sentence = f"Nothing was changed by this call. The server’s log says why, under {written_down(error)}."
        return problem(500, "The OMS made a mistake", sentence)


def written_down(error: Exception) -> str:
    """Write a mistake of our own into the log with all that is known, and return the number it stands under there."""
    number = secrets.token_hex(4)
    log.error("mistake %s", number, exc_info=error)
    return number
