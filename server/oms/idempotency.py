"""Calls that change something are done once for each register and key: a lost answer is given again, not done again.

What is kept is written in the transaction of the change, so there is never one without the other. A "no" changes
nothing and is not kept: the same key may ask again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session

from app.domain.money import Value
from server.oms.doors import WithOms, WithRegister
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.tables import AnswerGiven
from server.oms.times import now

Answer = TypeVar("Answer", bound=Value)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="The same key with the same body is done once and answered alike; with another body it is refused.",
    ),
]


@dataclass(frozen=True, slots=True)
class Once:
    """One call that changes something: who calls, under which key, and exactly what is asked."""

    oms: Oms
    register: str
    key: str
    digest: str

    def answer(self, model: type[Answer], do: Callable[[Session], Answer]) -> Answer:
        """Do it in a transaction, or return what was answered when it was done; without a key it is simply done."""
        with self.oms.database.write() as session:
            given = session.get(AnswerGiven, (self.register, self.key)) if self.key else None
            if given is not None and given.digest != self.digest:
                raise Failed(422, "This key was used for something else", "Nothing was changed. Ask with a new key.")
            if given is not None:
                return model.model_validate_json(given.answer)
            answer = do(session)
            if self.key:
                given = AnswerGiven(register=self.register, key=self.key, digest=self.digest, at=now())
                given.answer = answer.model_dump_json()
                session.add(given)
        return answer


async def once(request: Request, oms: WithOms, register: WithRegister, key: Key = "") -> Once:
    """Read what identifies a call: method, path and the bytes of its body."""
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Once(oms, register.id, key, sha256(asked).hexdigest())


WithOnce = Annotated[Once, Depends(once)]
