"""The call by which a register shows that it is the only one of its name."""

from fastapi import APIRouter, Response

from app.sync.lease import LeaseAnswer, LeaseRequest
from app.sync.protocol import API, Problem
from server.oms.doors import TokenFirst, WithOms, WithRegister
from server.oms.leases import renew

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})


@router.post("/registers/lease")
def lease(oms: WithOms, register: WithRegister, response: Response, asked: LeaseRequest) -> LeaseAnswer:
    """Move a register's lease from what it holds to what it has written down as the next one.

    Safe to repeat. `copied` says that the register went on elsewhere, so this is a copy of its data: it stops selling,
    sends what it has, and repeats what it heard with `copied` set, which puts it on the list of the back office.
    """
    response.headers["Cache-Control"] = "no-store"
    with oms.database.write() as session:
        return renew(session, register.id, asked)
