"""The promises of the courier's stores about what waits to be sent: an entry without a verdict, wherever it lies."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from app.courier.ports import Stores
from app.sync.checkpoint import END
from app.sync.records import read_record
from app.sync.settled import JUDGED, Judged
from app.sync.status import EPOCH


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def stores(self) -> Stores: ...

    async def sells(self, seq: int) -> bytes:
        """Let the till append an entry; return its line."""


Check = Callable[[Device], Coroutine[Any, Any, None]]


async def sold(device: Device, *places: int) -> Stores:
    """Sell in these places; return the stores."""
    for seq in places:
        await device.sells(seq)
    return device.stores


async def a_verdict_settles_its_entry(device: Device) -> None:
    """An entry without a verdict is sent again, one with a verdict is not."""
    stores = await sold(device, 1, 2, 3, 4)
    none = await stores.waiting()
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, "{}")])
    before = await stores.waiting()
    await stores.keep_verdicts([("d4", 4, "{}")])

    assert ((1, 2, 3, 4), (3, 4), (3,)) == (none, before, await stores.waiting())


async def what_comes_into_the_journal_later_waits(device: Device) -> None:
    """A sale, and an entry that was put back from the folder in an old place: nothing here may be remembered of it."""
    stores = await sold(device, 1, 3)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d3", 3, "{}")])
    before = await stores.waiting()
    await sold(device, 5)
    sale = await stores.waiting()
    await sold(device, 2)

    assert ((), (5,), (2, 5)) == (before, sale, await stores.waiting())


async def a_verdict_put_aside_leaves_its_entry_waiting(device: Device) -> None:
    """A refused sale whose reason was mended is sent again; the others stay settled."""
    stores = await sold(device, 1, 2, 3)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, "{}"), ("d3", 3, "{}")])
    await stores.waiting()
    await stores.forget_verdicts(["d1", "unknown"])
    first = await stores.waiting()
    await stores.keep_verdicts([("d1", 1, "{}")])

    assert ((1,), ()) == (first, await stores.waiting())


async def one_of_two_verdicts_in_a_place_settles_it(device: Device) -> None:
    """Damaged bytes were refused, then the whole ones accepted: the first verdict goes, and nothing is sent again."""
    stores = await sold(device, 1, 2)
    await stores.keep_verdicts([("damaged", 1, '{"kind":"refused"}'), ("whole", 1, "{}"), ("d2", 2, "{}")])
    await stores.forget_verdicts(["damaged"])

    assert () == await stores.waiting()


async def verdicts_go_with_the_entries_that_are_let_go(device: Device) -> None:
    """A browser that lets entries go keeps no verdicts of them for ever either."""
    stores = await sold(device, 1, 2, 3, 4)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, "{}"), ("d3", 3, "{}")])

    await stores.drop_verdicts(2)
    before = await stores.waiting()
    await stores.keep_verdicts([("d4", 4, "{}")])
    await stores.forget_verdicts(["d3"])

    assert ((1, 2, 4), (1, 2, 3)) == (before, await stores.waiting())


async def after_a_restore_everything_waits(device: Device) -> None:
    """A backup does not know the newest sales; the registers do."""
    stores = await sold(device, 1, 2, 3)
    await stores.keep_verdicts([("d1", 1, '{"kind":"refused"}'), ("d2", 2, "{}")])

    await stores.new_epoch("after the fire")

    assert ((1, 2, 3), {}) == (await stores.waiting(), dict(await stores.turned_down()))


async def what_waits_in_many_places_is_found(device: Device) -> None:
    """Every second of many was chosen to be sent: what lies between them still waits, and nothing else."""
    places = range(1, 301)
    stores = await sold(device, *places)
    await stores.keep_verdicts([(f"d{seq}", seq, "{}") for seq in places if seq % 2])

    assert tuple(range(2, 301, 2)) == await stores.waiting()


async def what_all_verdicts_say_is_noted_with_them(device: Device) -> None:
    """A start of the till reads this one record instead of a hundred thousand verdicts: it must never say too much."""
    stores = await sold(device, 1, 2, 3)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, '{"kind":"refused"}')], 2)
    kept = await noted(stores)
    await stores.forget_verdicts(["d1"])
    forgotten = await noted(stores)
    await stores.drop_verdicts(2)
    dropped = await noted(stores)
    await stores.new_epoch("after the fire")

    assert Judged(open=((3, END),), booked_to=1, doubted=2) == kept
    assert Judged(open=((1, 1), (3, END)), doubted=2) == forgotten
    assert Judged(doubted=2) == dropped
    assert Judged(epoch=(await stores.status())["epoch"]) == await noted(stores)


async def what_is_noted_belongs_to_the_epoch_that_is(device: Device) -> None:
    """The OMS says which life it is in after the first look at verdicts: the note of them must not look old by that."""
    stores = await sold(device, 1, 2)
    await stores.keep_verdicts([("d1", 1, "{}")])
    await stores.keep_status(EPOCH, "the first")
    first = await noted(stores)
    await stores.new_epoch("after the fire")
    await stores.keep_status(EPOCH, "the second")
    await stores.keep_verdicts([("d2", 2, "{}")])

    assert Judged(epoch="the first", open=((2, END),), booked_to=1) == first
    assert Judged(epoch="the second", open=((1, 1), (3, END)), booked_to=2) == await noted(stores)


async def noted(stores: Stores) -> Judged | None:
    """What the till would read."""
    return read_record(Judged, (await stores.status()).get(JUDGED))


WAITING_CONTRACT: tuple[Check, ...] = (
    a_verdict_settles_its_entry,
    what_comes_into_the_journal_later_waits,
    a_verdict_put_aside_leaves_its_entry_waiting,
    one_of_two_verdicts_in_a_place_settles_it,
    verdicts_go_with_the_entries_that_are_let_go,
    after_a_restore_everything_waits,
    what_waits_in_many_places_is_found,
    what_all_verdicts_say_is_noted_with_them,
    what_is_noted_belongs_to_the_epoch_that_is,
)
