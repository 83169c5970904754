"""What the back office follows up: exceptions, and the offline sessions of all registers."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.session import Status
from app.sync.protocol import API, Problem
from server.oms import findings, sessions, shifts
from server.oms.doors import Day, Offset, TokenFirst, WithOms, WithRegister
from server.oms.findings import ExceptionList, FindingKind, list_exceptions
from server.oms.sessions import SessionList, list_sessions
from server.oms.shifts import ShiftList, list_shifts

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})
Limit = Annotated[int, Query(ge=1, le=500)]
OfRegister = Annotated[str | None, Query(alias="register")]


@router.get("/exceptions")
def exceptions(
    oms: WithOms,
    register: WithRegister,
    kind: FindingKind | None = None,
    resolved: bool | None = None,
    order: Annotated[str | None, Query(max_length=64)] = None,
    of: OfRegister = None,
    since: Day | None = None,
    until: Day | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> ExceptionList:
    """List what a person has to look at, newest first: oversold stock, totals that differ, entries turned down …"""
    del register
    wanted = findings.Wanted(kind.value if kind else None, resolved, order, of, since, until)
    with oms.database.read() as session:
        return list_exceptions(session, wanted, limit, offset)


@router.get("/sessions")
def offline_sessions(
    oms: WithOms,
    register: WithRegister,
    since: Day | None = None,
    until: Day | None = None,
    status: Annotated[Status | None, Query(description="Open, Success or Failed")] = None,
    of: OfRegister = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> SessionList:
    """List offline sessions, newest first, with their orders; days are those on which they began."""
    del register
    with oms.database.read() as session:
        return list_sessions(session, sessions.Wanted(since, until, status, of), limit, offset)


@router.get("/shifts")
def cash_shifts(
    oms: WithOms,
    register: WithRegister,
    since: Day | None = None,
    until: Day | None = None,
    of: OfRegister = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> ShiftList:
    """List shifts, newest first, with their cash moves, count and sales; days are those on which they began."""
    del register
    with oms.database.read() as session:
        return list_shifts(session, shifts.Wanted(since, until, of), limit, offset)
