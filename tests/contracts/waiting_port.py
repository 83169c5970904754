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

    def next_start(self) -> Stores:
        """Return the stores of a courier that starts now."""


REFUSED = '{"kind":"refused"}'
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
    await stores.keep_verdicts([("damaged", 1, REFUSED), ("whole", 1, "{}"), ("d2", 2, "{}")])
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
    await stores.keep_verdicts([("d1", 1, REFUSED), ("d2", 2, "{}")])

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
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, REFUSED)], 2)
    kept = await noted(stores)
    await stores.forget_verdicts(["d1"])
    forgotten = await noted(stores)
    await stores.drop_verdicts(2)
    dropped = await noted(stores)
    await stores.new_epoch("after the fire")

    assert Judged(open=((3, END),), booked_to=1, doubted=2, many=2, down={"d2": 2}) == kept
    assert Judged(open=((1, 1), (3, END)), doubted=2, many=1, down={"d2": 2}) == forgotten
    assert Judged(doubted=2, down={}) == dropped
    assert Judged(epoch=(await stores.status())["epoch"], down={}) == await noted(stores)


async def the_next_start_goes_on_from_what_was_noted(device: Device) -> None:
    """It reads no verdict for that; what is sent twice is settled twice, and nothing is forgotten or left."""
    stores = await sold(device, 1, 2, 3, 4)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, REFUSED)])

    again = device.next_start()
    begins = await again.waiting(), dict(await again.turned_down())
    await again.keep_verdicts([("d3", 3, "{}")])
    settles = await again.waiting(), dict(await again.turned_down())
    assert (((3, 4), {"d2": 2}), ((4,), {"d2": 2})) == (begins, settles)
    assert Judged(open=((4, END),), booked_to=3, many=3, down={"d2": 2}) == await noted(again)

    again = device.next_start()
    await again.keep_verdicts([("whole", 2, "{}"), ("d1", 1, REFUSED)])
    assert {"d1": 1, "d2": 2} == await again.turned_down()
    again = device.next_start()
    await again.forget_verdicts(["d1", "d2"])
    assert (1, 4) == await again.waiting()


async def the_next_start_drops_what_it_has_not_read(device: Device) -> None:
    """Verdicts on entries that were let go would stay for ever."""
    stores = await sold(device, 1, 2, 3)
    await stores.keep_verdicts([("d1", 1, "{}"), ("d2", 2, "{}"), ("d3", 3, "{}")])

    await device.next_start().drop_verdicts(2)
    again = device.next_start()
    await again.drop_verdicts(2)

    assert (1, 2) == await again.waiting()
    assert Judged(open=((1, 2), (4, END)), booked_to=3, many=1, down={}) == await noted(again)


async def a_note_that_counts_otherwise_is_not_believed(device: Device) -> None:
    """Verdicts that went without it, as a disk may lose them: their entries would never be sent again."""
    stores = await sold(device, 1, 2)
    await stores.keep_verdicts([("d1", 1, "{}")])
    await stores.keep_status(JUDGED, Judged(open=((3, END),), booked_to=2, many=2, down={}).model_dump_json())

    assert (2,) == await device.next_start().waiting()


async def what_is_noted_belongs_to_the_epoch_that_is(device: Device) -> None:
    """The OMS says which life it is in after the first look at verdicts: the note of them must not look old by that."""
    stores = await sold(device, 1, 2)
    await stores.keep_verdicts([("d1", 1, "{}")])
    await stores.keep_status(EPOCH, "the first")
    first = await noted(stores)
    await stores.new_epoch("after the fire")
    await stores.keep_status(EPOCH, "the second")
    await stores.keep_verdicts([("d2", 2, "{}")])

    assert Judged(epoch="the first", open=((2, END),), booked_to=1, many=1, down={}) == first
    second = Judged(epoch="the second", open=((1, 1), (3, END)), booked_to=2, many=1, down={})
    assert second == await noted(stores)


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
    the_next_start_goes_on_from_what_was_noted,
    the_next_start_drops_what_it_has_not_read,
    a_note_that_counts_otherwise_is_not_believed,
    what_is_noted_belongs_to_the_epoch_that_is,
)
