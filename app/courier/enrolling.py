"""Getting a register for this browser: keys first, written down, so that asking twice gives one register."""

from app.courier.memory import Enrolling, Memory, World
from app.courier.oms import Failure, NotOurs, Refused, Unreachable
from app.sync.entry import Unreadable
from app.sync.protocol import Enrolment, EnrolOffer, EnrolRequest
from app.sync.status import EnrolNeed, Registered
from app.till.ports import NoRoom

AGAIN_SECONDS = 3.0
TOO_MANY = 429


async def enrol(world: World, memory: Memory) -> None:
    """Ask how to enrol, and do it where no code is needed or a code was typed."""
    memory.enrol_at = world.timer.seconds() + AGAIN_SECONDS
    offer = world.oms.offer()
    if not isinstance(offer, EnrolOffer):
        _not_there(memory, offer)
        return
    if offer.code_needed and not memory.enrol_code:
        memory.enrol_need, memory.why = EnrolNeed.CODE, memory.why if memory.enrol_need is EnrolNeed.CODE else ""
        return
    before = memory.enrolling
    answer = await _asked(world, memory, offer)
    if isinstance(answer, Refused) and before is not None:
        # Its register was taken out of service before anybody heard of it, or the offer that it was made for came
        # damaged, or the OMS was set up anew since: no code would ever help it. Only now, for what was asked first may
        # have been done, and its answer lost.
        memory.enrolling = None
        answer = await _asked(world, memory, offer)
    if isinstance(answer, tuple):
        await _enrolled(world, memory, *answer)
    elif isinstance(answer, NoRoom):
        memory.enrol_need, memory.why = EnrolNeed.SERVER, answer.why
    elif isinstance(answer, Refused):
        memory.enrolling = None  # it was made for nothing; kept, the next code would be tried twice, and count as two
        memory.enrol_need, memory.refused_code, memory.enrol_code = EnrolNeed.CODE, memory.enrol_code, ""
        memory.why = f"{answer.why} Nothing was changed. Ask the back office for a new code and type it here."
    else:
        _not_there(memory, answer)


async def _asked(world: World, memory: Memory, offer: EnrolOffer) -> tuple[Enrolling, Enrolment] | Failure | NoRoom:
    """Ask as it was asked before, or for the first time."""
    enrolling = memory.enrolling or await _prepare(world, memory, offer)
    if isinstance(enrolling, NoRoom):
        return enrolling
    if isinstance(enrolling, Unreadable):
        return NotOurs(enrolling.why)
    asked = {"enrolment": enrolling.enrolment, "key_id": enrolling.key_id, "wrapped_key": enrolling.wrapped}
    answer = world.oms.enrol(EnrolRequest(**asked, code=memory.enrol_code))
    return (enrolling, answer) if isinstance(answer, Enrolment) else answer


def _not_there(memory: Memory, failure: Failure) -> None:
    memory.enrol_need = EnrolNeed.SERVER
    match failure:
        case Unreachable(status=status) if status == TOO_MANY:
            memory.why = "Too many codes were tried from here. The one that was typed is tried again by itself: wait."
        case Unreachable():
            memory.why = "The store's server does not answer. It is tried again every few seconds."
        case NotOurs():
            memory.why = "This network answers instead of the store's server. Sign in to the network, then wait here."
        case Refused(why=why):
            memory.why = f"The store's server refuses this browser: {why}"


async def _prepare(world: World, memory: Memory, offer: EnrolOffer) -> Enrolling | Unreadable | NoRoom:
    """Make a key for the OMS as it offers itself, and write it down."""
    key = await world.keys.make(offer.public_key)
    if isinstance(key, Unreadable):
        return key
    enrolling = Enrolling(enrolment=world.ids.fresh(), key_id=key.key_id, wrapped=key.wrapped)
    kept = await world.stores.keep_status("enrolling", enrolling.model_dump_json())
    if isinstance(kept, NoRoom):
        return kept
    memory.enrolling = enrolling
    return enrolling


async def _enrolled(world: World, memory: Memory, enrolling: Enrolling, answer: Enrolment) -> None:
    """Believe in the register once it is written down; where there is no room the same is asked for again."""
    registered = Registered(
        enrolment=enrolling.enrolment,
        store=answer.store,
        register=answer.register,
        token=answer.token,
        series=answer.series,
        key_id=enrolling.key_id,
    )
    kept = await world.stores.keep_status("registered", registered.model_dump_json())
    if isinstance(kept, NoRoom):
        memory.enrol_need, memory.why = EnrolNeed.SERVER, kept.why
        return
    memory.registered, memory.enrol_need, memory.why = registered, EnrolNeed.NOTHING, ""
    await world.keys.open(enrolling.key_id)
