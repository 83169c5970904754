"""Asking the OMS what the till wants to know, one question at a time; every question gets an answer, if only "no"."""

from pydantic import ValidationError

from app.courier.memory import Memory, World
from app.courier.oms import Failure, Refused
from app.courier.probing import answered, unanswered
from app.sync.blob import ANSWER, QUESTION, pack, unpack
from app.sync.entry import Unreadable
from app.sync.questions import NOT_CONNECTED, NOT_UNDERSTOOD, TOO_LATE, Denied, Given, NoAnswer, Request
from app.sync.status import Link


async def ask(world: World, memory: Memory) -> None:
    """Answer one question: by the OMS, or at once where it cannot be asked."""
    waiting = await world.stores.questions()
    memory.questions = tuple(waiting)
    if not waiting:
        return
    question_id, sealed = next(iter(waiting.items()))
    reply = await _reply(world, memory, question_id, sealed)
    iv, body = await world.keys.seal(ANSWER, reply.model_dump_json().encode())
    await world.stores.keep_answer(question_id, pack(iv, body))
    memory.questions = memory.questions[1:]
    world.channel.tell("answers")


async def _reply(world: World, memory: Memory, question_id: str, sealed: bytes) -> Given | Denied | NoAnswer:
    if memory.link.link is not Link.UP or memory.manual:
        return NoAnswer(why=NOT_CONNECTED)
    request = await _opened(world, sealed)
    if request is None:
        return NoAnswer(why=NOT_UNDERSTOOD)
    answer = world.oms.ask(memory.token, request, question_id)
    if isinstance(answer, str):
        answered(world, memory)
        return Given(body=answer)
    return _failed(world, memory, answer)


def _failed(world: World, memory: Memory, failure: Failure) -> Denied | NoAnswer:
    """A "no" is an answer; anything else is news about the line."""
    unanswered(world, memory, failure)
    if isinstance(failure, Refused):
        return Denied(status=failure.status, why=failure.why)
    return NoAnswer(why=TOO_LATE)


async def _opened(world: World, blob: bytes) -> Request | None:
    sealed = unpack(blob, QUESTION)
    plain = sealed if isinstance(sealed, Unreadable) else await world.keys.unseal(sealed)
    try:
        return None if isinstance(plain, Unreadable) else Request.model_validate_json(plain)
    except ValidationError:
        return None
