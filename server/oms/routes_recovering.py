"""The call that brings a lost register's journal: by another register, with a code of the back office."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from app.sync.protocol import API, Problem, Recovered
from server.oms.doors import TokenFirst, WithLines, WithOms, WithRegister, guessing
from server.oms.problems import Failed
from server.oms.recovering import NotRecovered, recover

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})
Code = Annotated[str, Header(alias="Recovery-Code", min_length=1, max_length=40)]


@router.post(
    "/registers/{register_id}/recover",
    openapi_extra={"requestBody": {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def recover_register(
    oms: WithOms, request: Request, register: WithRegister, register_id: str, code: Code, lines: WithLines
) -> Recovered:
    """Take in entries of a lost register, one a line, byte for byte as they lie in its folder; a verdict for each.

    The code is made in the back office for that register, and belongs to the register that uses it first. The first
    call takes the lost register out of service. Safe to repeat; limits as with entries.
    """
    with guessing(oms, request), oms.database.write() as session:
        answer = recover(session, oms.keys, register, register_id, code, lines)
        if isinstance(answer, NotRecovered) and answer.guessed:
            raise Failed(403, "Not recovered", answer.why)
    if isinstance(answer, NotRecovered):
        raise Failed(403, "Not recovered", answer.why)
    return answer
