"""Finding out whether the OMS is there; the only place that changes what we think of the link."""

from app.courier.memory import Epoch, Memory, World
from app.courier.oms import Failure, NotOurs, Refused, Unreachable
from app.sync.link import (
    Answered,
    NoConnection,
    Outcome,
    Refused401,
    ServerError,
    WrongAnswer,
    after,
    next_probe_after,
)
from app.sync.protocol import Pong
from app.sync.status import LinkStatus


async def probe(world: World, memory: Memory) -> None:
    """Ask the OMS for a sign of life with a nonce, and learn its clock, epoch and newest revision."""
    assert memory.registered is not None
    answer = world.oms.ping(memory.registered.token, world.ids.fresh())
    if isinstance(answer, Pong):
        offset = int((answer.time - world.clock.now()).total_seconds())
        await _learn(world, memory, answer)
        judge(world, memory, Answered(offset_seconds=offset))
    else:
        judge(world, memory, outcome_of(answer, memory.network))
    await say(world, memory)


def outcome_of(failure: Failure, network: bool) -> Outcome:
    """Translate a failed request into what it says about the link."""
    match failure:
        case Refused(status=401):
            return Refused401()
        case Refused(status=status):
            return ServerError(status=status)
        case NotOurs():
            return WrongAnswer()
        case Unreachable():
            return NoConnection(network=network)


def unanswered(world: World, memory: Memory, failure: Failure) -> None:
    """A piece of work failed: that is news about the link, and the next probe comes at once."""
    judge(world, memory, outcome_of(failure, memory.network))
    memory.probe_at = 0.0


def judge(world: World, memory: Memory, outcome: Outcome) -> None:
    memory.link = after(memory.link, outcome)
    memory.probe_at = world.timer.seconds() + next_probe_after(memory.link)


async def say(world: World, memory: Memory) -> None:
    """Write the link down for the till, only where it changed."""
    seen = await world.stores.status()
    before = LinkStatus.model_validate_json(seen["link"]) if "link" in seen else LinkStatus()
    status = LinkStatus(
        link=memory.link.link,
        since=before.since if before.link is memory.link.link else world.clock.now(),
        enrol=memory.enrol_need,
        why=memory.why,
        offset_seconds=memory.link.offset_seconds,
    )
    if status != before:
        await world.stores.keep_status("link", status.model_dump_json())
        world.channel.tell("status")


async def _learn(world: World, memory: Memory, pong: Pong) -> None:
    memory.revision = pong.revision
    if memory.epoch and memory.epoch != pong.epoch:
        await world.stores.new_epoch(pong.epoch)
        memory.synced = memory.synced.model_copy(update={"cursor": 0, "complete": False})
        memory.manifest = None
        memory.waiting = await world.stores.journal_seqs()
        world.channel.tell("verdicts")
    elif not memory.epoch:
        await world.stores.keep_status("epoch", Epoch(epoch=pong.epoch).model_dump_json())
    memory.epoch = pong.epoch
