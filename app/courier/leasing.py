"""Moving the register's lease with each contact: so a copy of this browser's data hears that it is one.

A contact asks first for what was asked for before, then for a new lease; each is written down before it is sent. Where
the record has changed under our hands a tab that was taken over is still at work, and what it wrote counts.
"""

from app.courier.memory import Memory, World
from app.courier.oms import Failure, Refused
from app.courier.probing import answered, say, unanswered
from app.sync.lease import LEASE, Lease, LeaseAnswer, asked, moved, overtaken, proposed, read_lease, reported

LEASE_SECONDS = 60.0
"""How old the last contact may be."""
PUSH_SECONDS = 10.0
"""How old it may be before entries are sent."""
AGAIN_SECONDS = 10.0
NOT_KNOWN_SECONDS = 900.0
"""An OMS of an older release knows no leases; it may be updated."""
NEVER = float("inf")
NOT_FOUND = frozenset({404, 405})


async def recall(world: World, memory: Memory) -> None:
    """Know at the start what was known: a copy stays one, also without a network."""
    lease, _ = await _kept(world, memory)
    memory.copied = lease is not None and lease.copied
    if memory.copied != memory.said.copied:
        await say(world, memory)


async def renew(world: World, memory: Memory) -> None:
    """Ask for one move of the lease, or repeat what this copy has heard."""
    lease, text = await _kept(world, memory)
    if lease is None or lease.reported:
        memory.lease_at = NEVER
        return
    memory.lease_at = world.timer.seconds() + AGAIN_SECONDS
    fresh = not lease.next
    if fresh:
        lease, before = proposed(lease, world.ids.fresh()), text
        text = lease.model_dump_json()
        if not await world.stores.exchange_status(LEASE, before, text):
            return
    answer = world.oms.lease(memory.token, asked(lease))
    if not isinstance(answer, LeaseAnswer):
        _failed(world, memory, answer)
        return
    answered(world, memory)
    after = _after(lease, answer)
    if await world.stores.exchange_status(LEASE, text, after.model_dump_json()):
        memory.lease_at = 0.0
        if fresh and not after.copied:
            memory.leased_at = world.timer.seconds()
        if after.copied != memory.copied:
            memory.copied = after.copied
            await say(world, memory)


def lease_due(memory: Memory, now: float, *, push_due: bool) -> bool:
    """Whether a contact is due: now and then, and before entries are sent."""
    return now >= memory.lease_at and now >= memory.leased_at + (PUSH_SECONDS if push_due else LEASE_SECONDS)


def _after(lease: Lease, answer: LeaseAnswer) -> Lease:
    if lease.copied:
        return reported(lease)
    return overtaken(lease) if answer.copied else moved(lease)


def _failed(world: World, memory: Memory, failure: Failure) -> None:
    """Nothing waits for a lease: entries are sent without it, and it is asked for again."""
    if isinstance(failure, Refused) and failure.status in NOT_FOUND:
        memory.lease_at = world.timer.seconds() + NOT_KNOWN_SECONDS
    unanswered(world, memory, failure)


async def _kept(world: World, memory: Memory) -> tuple[Lease | None, str]:
    """The record as it stands; it is read anew each time, for another tab may have moved it."""
    text = (await world.stores.status()).get(LEASE, "")
    registered = memory.registered
    return (read_lease(text, registered.enrolment) if registered else None), text
