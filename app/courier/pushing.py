"""Sending what waits: batches of entries, exactly as they lie in the journal; a verdict for each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from app.courier.memory import Memory, World
from app.courier.noting import note, note_failure
from app.courier.oms import BULK_SECONDS, PATIENT_SECONDS, Failure, NotOurs, Refused, Unreachable
from app.courier.probing import answered, unanswered
from app.sync.history import Did, Outcome
from app.sync.outbox import backoff, batch
from app.sync.protocol import Verdict, VerdictKind, Verdicts
from app.sync.said import closed, first_doubt
from app.sync.status import Progress

MOST_COUNT = 500
"""As many as the OMS takes at once."""
MOST_BYTES = 2 * 1024 * 1024
QUICK_SECONDS, SLOW_SECONDS = 0.7, 1.5
"""A batch is as large as this time allows: below the first the next one is twice as large, above the second half."""
MOST_AT_ONCE = 16 << 20
"""What the OMS reads of a request."""
TOO_LARGE = 413
NEVER_TOO_LARGE = 64 << 10
"""Bytes of a line that every server takes: one that is called too large all the same is sent again, behind others."""
TOO_LONG = (
    "This is too large for the store’s server, so it is not there. It is safe on this device and in the folder. "
    "Tell the back office; once the server takes more, send it again."
)
SERVER_ERROR = 500
TORN = (
    "This entry is damaged on this device, so that it can’t be sent. Sales after it are. "
    "Tell the back office, and keep the folder: a whole copy in it is taken instead."
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the journal as it lies there, also one that cannot be read any more: the OMS has to say so."""

    seq: int
    line: bytes
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.line).hexdigest())  # once: it is asked for again and again

    @property
    def travels(self) -> bool:
        """Whether it is one line: else the OMS would read another one, or two, and its answer would never fit."""
        return b"\n" not in self.line and not self.line.endswith(b"\r") and bool(self.line.strip())


async def push(world: World, memory: Memory) -> None:
    """Send one batch, and keep the verdicts before anything else is done."""
    entries = await _next_batch(world, memory)
    if not entries:
        return
    if torn := [entry for entry in entries if not entry.travels]:
        await _set_aside(world, memory, torn, TORN)
        return
    if len(entries[0].line) >= MOST_AT_ONCE:  # it goes alone, and on a slow line nobody would even say that it may not
        await _set_aside(world, memory, entries, TOO_LONG)
        return
    await _say(world, memory, entries)
    # A probe must not wait long behind a batch; only an entry that goes alone, on a slow line, gets its time.
    limit = PATIENT_SECONDS if len(entries) == 1 and memory.push_failures else BULK_SECONDS
    began = world.timer.seconds()
    answer = world.oms.entries(memory.token, [entry.line for entry in entries], limit)
    if isinstance(answer, Verdicts) and _fits(answer, entries):
        memory.push_count = paced(memory.push_count, len(entries), world.timer.seconds() - began)
        await _settle(world, memory, entries, answer)
        answered(world, memory)
    else:
        await _failed(world, memory, entries, answer)
    await _say(world, memory, ())


async def _next_batch(world: World, memory: Memory) -> tuple[Waiting, ...]:
    """Take the oldest that wait; those that failed before come last, so that none of them stops the others."""
    seqs = memory.due[: memory.push_count + len(memory.failed)]
    lines = await world.stores.journal_lines(seqs)
    gone = set(seqs) - lines.keys()
    if gone:  # the till has just let go of them
        memory.waiting = tuple(seq for seq in memory.waiting if seq not in gone)
    waiting = [Waiting(seq, line) for seq, line in lines.items()]
    return batch(waiting, memory.push_count, MOST_BYTES, memory.failed)


def paced(count: int, sent: int, seconds: float) -> int:
    """How many go together next time; a batch that was not full tells only that it was slow."""
    if seconds > SLOW_SECONDS:
        return max(1, sent // 2)
    return min(MOST_COUNT, count * 2) if seconds < QUICK_SECONDS else count


async def _failed(world: World, memory: Memory, entries: Sequence[Waiting], answer: Verdicts | Failure) -> None:
    """Send less at a time, after a pause; remember what the server could not digest."""
    memory.push_count = max(1, memory.push_count // 2)
    if isinstance(answer, Verdicts):
        note(world, memory, Did.SENT, Outcome.STRANGER)
    else:
        note_failure(world, memory, Did.SENT, answer)
    too_large = isinstance(answer, Refused) and answer.status == TOO_LARGE
    if too_large and len(entries) > 1:
        return
    if too_large and len(entries[0].line) > NEVER_TOO_LARGE:
        await _set_aside(world, memory, entries, TOO_LONG)
        return
    memory.push_failures += 1
    memory.push_at = world.timer.seconds() + backoff(memory.push_failures, entries[0].digest)
    broke = isinstance(answer, Unreachable) and answer.status >= SERVER_ERROR
    alone = len(entries) == 1
    strange = isinstance(answer, NotOurs) and alone  # perhaps a proxy, in its words, about its size
    silent = isinstance(answer, Unreachable) and alone and memory.push_failures > 1  # probes are answered
    if broke or strange or silent or too_large:
        for entry in entries:
            memory.failed[entry.digest] = memory.failed.get(entry.digest, 0) + 1
    if not isinstance(answer, Verdicts):
        unanswered(world, memory, answer)


def _fits(answer: Verdicts, entries: Sequence[Waiting]) -> bool:
    """Tell whether these are verdicts about exactly the bytes that were sent."""
    said = [verdict.digest for verdict in answer.verdicts]
    return said == [entry.digest for entry in entries]


async def _set_aside(world: World, memory: Memory, entries: Sequence[Waiting], why: str) -> None:
    """Let what is behind an entry that no server takes go on; it stays here, and can be sent again."""
    said = [Verdict(digest=entry.digest, seq=entry.seq, kind=VerdictKind.REFUSED, why=why) for entry in entries]
    await _keep(world, memory, entries, said)


async def _settle(world: World, memory: Memory, entries: Sequence[Waiting], answer: Verdicts) -> None:
    note(world, memory, Did.SENT, count=len(entries))
    await _keep(world, memory, entries, answer.verdicts)


async def _keep(world: World, memory: Memory, entries: Sequence[Waiting], verdicts: Sequence[Verdict]) -> None:
    # The place is the one that it has here: one changed bit in an answer made a till believe that entries were lost.
    both = [(each, said.model_copy(update={"seq": each.seq})) for each, said in zip(entries, verdicts, strict=True)]
    written = [(said.digest, each.seq, await closed(world.keys, said)) for each, said in both]
    await world.stores.keep_verdicts(written, first_doubt(said for _, said in both))
    settled = {entry.seq for entry in entries}
    memory.waiting = tuple(seq for seq in memory.waiting if seq not in settled)
    memory.pushed += len(settled)
    memory.push_failures = 0
    for entry in entries:
        memory.failed.pop(entry.digest, None)
    if not memory.waiting:
        memory.push_asked = False
    if not memory.due:
        memory.pushed = 0
    world.channel.tell("verdicts")


async def _say(world: World, memory: Memory, entries: Sequence[Waiting]) -> None:
    """Write down what is being sent and how far the whole is, for people to see."""
    await world.stores.keep_status("sending", ",".join(entry.digest for entry in entries))
    due = len(memory.due)
    progress = Progress(what="entries", done=memory.pushed, total=memory.pushed + due)
    await world.stores.keep_status("progress", progress.model_dump_json() if due and entries else "")
    world.channel.tell("status")
