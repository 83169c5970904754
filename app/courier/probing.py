"""Finding out whether the OMS is there; the only place that changes what we think of the link."""

from app.courier.memory import Epoch, Memory, World
from app.courier.noting import note
from app.courier.oms import Failure, NotOurs, Refused, Unreachable
from app.courier.wishes import begin_again
from app.sync.history import Did
from app.sync.link import (
    Answered,
    NoConnection,
    Outcome,
    Refused401,
    Served,
    ServerError,
    WrongAnswer,
    after,
    next_probe_after,
)
from app.sync.protocol import Pong
from app.sync.status import LinkStatus

UNAUTHORIZED = 401


async def probe(world: World, memory: Memory) -> None:
    """Ask the OMS for a sign of life with a nonce, and learn its clock, epoch and newest revision."""
    answer = world.oms.ping(memory.token, world.ids.fresh())
    if isinstance(answer, Pong):
        offset = round((answer.time - world.clock.now()).total_seconds())
        judged(world, memory, Answered(offset_seconds=offset))
        memory.revision = answer.revision
        await _mind_epoch(world, memory, answer.epoch)
    else:
        judged(world, memory, outcome_of(answer, memory.network))
    await say(world, memory)


def answered(world: World, memory: Memory) -> None:
    """A piece of work succeeded: as good as a probe."""
    judged(world, memory, Served())


def unanswered(world: World, memory: Memory, failure: Failure) -> None:
    """A piece of work failed: that is news about the link, and the next probe comes at once."""
    judged(world, memory, outcome_of(failure, memory.network))
    memory.probe_at = 0.0


def judged(world: World, memory: Memory, outcome: Outcome) -> None:
    memory.link = after(memory.link, outcome)
    memory.probe_at = world.timer.seconds() + next_probe_after(memory.link)


def outcome_of(failure: Failure, network: bool) -> Outcome:
    """Translate a failed request into what it says about the link."""
    match failure:
        case Refused(status=status):
            # A "no" in the OMS's own form proves that it is there, unless it is about who we are.
            return Refused401() if status == UNAUTHORIZED else Served()
        case NotOurs():
            return WrongAnswer()
        case Unreachable(status=status):
            return ServerError(status) if status else NoConnection(network=network)


async def say(world: World, memory: Memory) -> None:
    """Write the link down for the till, only where it changed."""
    link = memory.link
    before = memory.said
    status = LinkStatus(
        link=link.link,
        since=before.since if before.link is link.link else world.clock.now(),
        enrol=memory.enrol_need,
        why=memory.why,
        offset_seconds=link.offset_seconds,
        heard=link.heard,
        copied=memory.copied,
    )
    if before.link is not link.link:
        note(world, memory, Did.LINK, link=link.link)
    if _differs(before, status):
        memory.said = status
        await world.stores.keep_status("link", status.model_dump_json())
        world.channel.tell("status")


def _differs(before: LinkStatus, now: LinkStatus) -> bool:
    """A second more or less on the clock is no news; anything else is."""
    close = abs(before.offset_seconds - now.offset_seconds) <= 1
    return before != (now.model_copy(update={"offset_seconds": before.offset_seconds}) if close else now)


async def _mind_epoch(world: World, memory: Memory, epoch: str) -> None:
    """An OMS restored from a backup has forgotten: everything kept is offered again."""
    if epoch == memory.epoch:
        return
    if memory.epoch:
        await begin_again(world, memory)
        await world.stores.new_epoch(epoch)
        memory.synced = memory.synced.model_copy(update={"cursor": 0, "complete": False})
        memory.manifest, memory.catching_up = None, 0  # how far an image reached was counted in the life before
        memory.waiting = await world.stores.waiting()
        world.channel.tell("verdicts")
    await world.stores.keep_status("epoch", Epoch(epoch=epoch).model_dump_json())
    memory.epoch = epoch
