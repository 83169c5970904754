"""The back office as an application of its own under /office: its routes, and its errors as pages."""

import logging

import htpy as h
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.datastructures import State
from starlette.exceptions import HTTPException

from server.office import (
    accounts,
    attention,
    cards,
    cash_rules,
    customers,
    dashboard,
    entering,
    folders,
    house,
    imports,
    order,
    orders,
    pricing,
    products,
    promotions,
    recovering,
    registers,
    reports,
    return_rules,
    sessions,
    settings,
    staff,
    stock,
    tenders,
    trail,
    turned_down,
    vouchers,
)
from server.office.doors import ROOT, the_form
from server.office.frame import HEADERS, alone
from server.office.parts import go, note
from server.oms.database import AWAY
from server.oms.problems import Failed, written_down

log = logging.getLogger("store_os")
PAGES = (
    dashboard,
    orders,
    order,
    cards,
    attention,
    products,
    stock,
    customers,
    staff,
    tenders,
    vouchers,
    house,
    promotions,
    registers,
    folders,
    recovering,
    reports,
    sessions,
    imports,
    settings,
    pricing,
    return_rules,
    cash_rules,
    trail,
    turned_down,
    accounts,
)


def office_app(state: State) -> FastAPI:
    """Wire the back office; it shares the state of the application that it is part of."""
    office = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    office.state = state
    office.include_router(entering.public)
    inside = [Depends(the_form)]  # nothing behind it is reached without a visit, a role and, for changes, our form
    office.include_router(entering.own, dependencies=inside)
    for one in PAGES:
        office.include_router(one.router, dependencies=inside)
    _install(office)
    return office


def _install(office: FastAPI) -> None:
    """Make every error a page that says what happened, what is safe and what to do."""

    @office.exception_handler(HTTPException)
    def failed(_request: Request, error: HTTPException) -> Response:
        if error.status_code == 303 and error.headers:
            return RedirectResponse(error.headers["Location"], status_code=303, headers=HEADERS)
        sentence = error.sentence if isinstance(error, Failed) else ""
        return _sorry(error.status_code, error.detail, sentence or "Go back, or start from the dashboard.")

    @office.exception_handler(RequestValidationError)
    def unreadable(_request: Request, _error: RequestValidationError) -> Response:
        return _sorry(422, "That could not be read", "Nothing was changed. Go back and check what was typed.")

    def busy(_request: Request, error: Exception) -> Response:
        log.error("database: %s", error)
        return _sorry(503, "The store can't write now", "Nothing was changed. Wait a moment and try again.")

    for away in AWAY:
        office.add_exception_handler(away, busy)

    @office.exception_handler(Exception)
    def broken(_request: Request, error: Exception) -> Response:
        sentence = f"Nothing was changed by it. The server’s log says why, under {written_down(error)}."
        return _sorry(500, "The back office made a mistake", sentence)


def _sorry(status: int, title: str, sentence: str) -> Response:
    tone = "red" if status >= 500 else "amber"
    back = go(f"{ROOT}/", "Dashboard", "activity")
    return alone(title, h.div(".card.stack")[h.h1[title], note(sentence, tone, "circle-alert"), back], status=status)
