"""The web application: the OMS under /api/v1, and everything else from the static host."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from app.sync.protocol import API
from server.guard import Guard
from server.host import static_host
from server.office.app import office_app
from server.office.doors import ROOT as OFFICE
from server.oms import problems
from server.oms.booking_again import book_again
from server.oms.cards import publish_key
from server.oms.describing import Described
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.routes import router
from server.oms.routes_cards import router as cards
from server.oms.routes_customers import router as customers
from server.oms.routes_e_invoice import router as e_invoices
from server.oms.routes_following import router as following
from server.oms.routes_leases import router as leases
from server.oms.routes_online import router as online
from server.oms.routes_prices import router as prices
from server.oms.routes_recovering import router as recovering
from server.oms.routes_returns import router as returns
from server.pay import pay_pages

PARTS = (router, following, customers, e_invoices, online, cards, prices, recovering, returns, leases)
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


class Guarded(Described):
    """The application behind its guard, which stands outside of what answers to our own mistakes, too."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack())


def create_app(oms: Oms) -> FastAPI:
    """Wire the application; it closes the OMS when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        oms: Oms = app.state.oms
        await run_in_threadpool(oms.start)
        await run_in_threadpool(publish_key, oms)
        await run_in_threadpool(book_again, oms)
        yield
        await run_in_threadpool(oms.close)

    app = Guarded(
        title="Store OS",
        version="1",
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # the framework's pages load scripts from other hosts
        redoc_url=None,
    )
    app.state.oms = oms
    problems.install(app)
    for part in PARTS:
        app.include_router(part)
    app.add_api_route("/api/{rest:path}", _no_such_call, include_in_schema=False, methods=METHODS)
    app.include_router(pay_pages())
    app.mount(OFFICE, office_app(app.state))
    app.add_api_route(OFFICE, _to_office, include_in_schema=False)
    app.include_router(static_host())
    return app


def _no_such_call(request: Request, rest: str) -> None:
    routes = [route for part in PARTS for route in part.routes if isinstance(route, APIRoute)]
    methods = {name for route in routes if route.path_regex.match(request.url.path) for name in route.methods or ()}
    if methods:
        allowed = ", ".join(sorted(methods))
        raise Failed(405, "This call has another method", f"It is made with {allowed}.", {"Allow": allowed})
    raise Failed(404, "There is no such call", f"/api/{rest} is not part of the API; see {API}/openapi.json.")


def _to_office() -> Response:
    return RedirectResponse(f"{OFFICE}/")
