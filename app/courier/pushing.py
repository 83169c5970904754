"""Sending what waits: batches of entries, exactly as they lie in the journal; a verdict for each."""

from collections.abc import Sequence
from hashlib import sha256

from app.courier.memory import Memory, World
from app.courier.oms import Refused
from app.courier.probing import unanswered
from app.sync.entry import Entry, parse
from app.sync.outbox import backoff, batch
from app.sync.protocol import Verdict, Verdicts
from app.sync.status import Progress

MOST_BYTES = 512 * 1024
TOO_LARGE = 413


async def push(world: World, memory: Memory) -> None:
    """Send one batch, and keep the verdicts before anything else is done."""
    entries = await _next_batch(world, memory)
    if not entries:
        return
    await _say(world, memory, entries)
    answer = world.oms.entries(memory.token, [entry.line for entry in entries])
    if isinstance(answer, Verdicts) and _fits(answer, entries):
        await _settle(world, memory, entries, answer)
    elif isinstance(answer, Refused) and answer.status == TOO_LARGE and memory.push_count > 1:
        memory.push_count //= 2
    else:
        memory.push_failures += 1
        memory.push_at = world.timer.seconds() + backoff(memory.push_failures, entries[0].header.id)
        if not isinstance(answer, Verdicts):
            unanswered(world, memory, answer)
    await _say(world, memory, ())


async def _next_batch(world: World, memory: Memory) -> tuple[Entry, ...]:
    """Read the oldest waiting entries back; a line that cannot be parsed is sent too, for the OMS to say so."""
    lines = await world.stores.journal_lines(memory.waiting[: memory.push_count])
    entries = tuple(entry for line in lines if isinstance(entry := parse(line), Entry))
    return tuple(batch(entries, memory.push_count, MOST_BYTES))


def _fits(answer: Verdicts, entries: Sequence[Entry]) -> bool:
    """Tell whether these are verdicts about exactly the bytes that were sent."""
    said = [verdict.digest for verdict in answer.verdicts]
    return said == [sha256(entry.line).hexdigest() for entry in entries]


async def _settle(world: World, memory: Memory, entries: Sequence[Entry], answer: Verdicts) -> None:
    def row(entry: Entry, verdict: Verdict) -> tuple[str, int, str]:
        return verdict.digest, entry.header.seq, verdict.model_dump_json()

    await world.stores.keep_verdicts([row(e, v) for e, v in zip(entries, answer.verdicts, strict=True)])
    settled = {entry.header.seq for entry in entries}
    memory.waiting = tuple(seq for seq in memory.waiting if seq not in settled)
    memory.pushed += len(settled)
    memory.push_failures, memory.push_count = 0, 100
    if not memory.waiting:
        memory.push_asked = False
        memory.pushed = 0
    world.channel.tell("verdicts")


async def _say(world: World, memory: Memory, entries: Sequence[Entry]) -> None:
    """Write down what is being sent and how far the whole is, for people to see."""
    await world.stores.keep_status("sending", ",".join(entry.digest for entry in entries))
    progress = Progress(what="entries", done=memory.pushed, total=memory.pushed + len(memory.waiting))
    await world.stores.keep_status("progress", progress.model_dump_json() if memory.waiting and entries else "")
    world.channel.tell("status")
