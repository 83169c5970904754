"""Bringing a lost register's journal to the OMS, batch by batch, in the pauses between the register's own sales."""

from collections.abc import Sequence
from hashlib import sha256

from app.courier.memory import Memory, World
from app.courier.noting import note, note_failure
from app.courier.oms import BULK_SECONDS, PATIENT_SECONDS, Failure, Refused
from app.courier.probing import UNAUTHORIZED, answered, unanswered
from app.courier.pushing import TOO_LARGE
from app.courier.wishes import keep
from app.sync.history import Did, Outcome
from app.sync.outbox import backoff
from app.sync.protocol import Recovered
from app.sync.recovering import GONE, Recovery, advanced

MOST_COUNT, MOST_BYTES = 100, 512 * 1024
"""At once; the OMS looks at each of these lines more closely than at a register's own."""


async def recover(world: World, memory: Memory) -> None:
    """Offer the next lines, and note what became of them before anything else is done."""
    wish, recovery = memory.wish, memory.recovery
    if wish is None or recovery is None:
        return
    lines = _fitting(await world.stores.recovery_lines(wish.reading, recovery.done, memory.recover_count))
    if not lines:
        await keep(world, memory, recovery.model_copy(update={"why": GONE}))
        return
    limit = PATIENT_SECONDS if len(lines) == 1 and memory.recover_failures else BULK_SECONDS
    answer = world.oms.recover(memory.token, wish.register, wish.code, lines, limit)
    if isinstance(answer, Recovered) and _fits(answer, lines):
        memory.recover_failures, memory.recover_count = 0, min(MOST_COUNT, memory.recover_count * 2)
        note(world, memory, Did.SENT, count=len(lines))
        await keep(world, memory, advanced(recovery, answer.fence, answer.booked, answer.verdicts))
        answered(world, memory)
    else:
        await _failed(world, memory, recovery, len(lines), answer)


async def _failed(world: World, memory: Memory, recovery: Recovery, count: int, answer: Recovered | Failure) -> None:
    """A "no" is for people; anything else is tried again, with less at a time."""
    memory.recover_count = max(1, memory.recover_count // 2)
    if isinstance(answer, Recovered):
        note(world, memory, Did.SENT, Outcome.STRANGER)
    else:
        note_failure(world, memory, Did.SENT, answer)
    if isinstance(answer, Refused) and answer.status == TOO_LARGE and count > 1:
        return
    if isinstance(answer, Refused) and answer.status != UNAUTHORIZED:
        await keep(world, memory, recovery.model_copy(update={"why": answer.why}))
        return
    memory.recover_failures += 1
    memory.recover_at = world.timer.seconds() + backoff(memory.recover_failures, recovery.id)
    if not isinstance(answer, Recovered):
        unanswered(world, memory, answer)


def _fitting(lines: Sequence[bytes]) -> tuple[bytes, ...]:
    """As many of them as go at once, and one at least."""
    taken: list[bytes] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if taken and size > MOST_BYTES:
            break
        taken.append(line)
    return tuple(taken)


def _fits(answer: Recovered, lines: Sequence[bytes]) -> bool:
    """Whether these are verdicts about exactly the bytes that were sent."""
    return [verdict.digest for verdict in answer.verdicts] == [sha256(line).hexdigest() for line in lines]
