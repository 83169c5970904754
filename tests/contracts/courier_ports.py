"""The promises of the courier's ports. No test tool is needed to run them, so that they run in a browser too.

Each check gets a fresh device; `assert expected == actual` is all they use.
"""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol

from app.courier.ports import Kept, Keys, NewKey, Pictures, Stores
from app.sync.entry import Sealed, Unreadable
from app.sync.settled import JUDGED
from tests.contracts.image_port import AT, BYTES, IMAGE_CONTRACT, arrived, told
from tests.contracts.waiting_port import WAITING_CONTRACT


class Device(Protocol):
    """A browser profile without anything in it, and an OMS's pair of keys."""

    @property
    def stores(self) -> Stores: ...

    @property
    def keys(self) -> Keys: ...

    @property
    def pictures(self) -> Pictures: ...

    async def sells(self, seq: int) -> bytes:
        """Let the till append an entry; return its line."""

    def next_start(self) -> Stores:
        """Return the stores of a courier that starts now."""

    async def asks(self, question_id: str, sealed: bytes) -> None:
        """Let the till put a question down."""

    async def forgets(self, question_id: str) -> None:
        """Let the till take a question back."""

    async def hears(self) -> Mapping[str, bytes]:
        """Return the answers that the till can read."""

    async def begins(self, reading: str) -> None:
        """Let the till begin to read a lost register's folder."""

    async def puts_down(self, reading: str, first: int, *lines: bytes) -> None:
        """Let the till put lines of it down."""

    async def public_key(self) -> str:
        """Return the OMS's public key, SPKI in base64."""

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes:
        """Unwrap a data key with the OMS's private key and open a body with it."""


Check = Callable[[Device], Coroutine[Any, Any, None]]


async def pieces_are_joined_up_to_the_first_hole(device: Device) -> None:
    """A broken download goes on where it stopped; behind a hole nothing counts."""
    stores = device.stores
    await stores.keep_piece("a" * 64, 256, b"next")
    await stores.keep_piece("a" * 64, 0, BYTES)
    await stores.keep_piece("a" * 64, 300, b"behind the hole")

    assert BYTES + b"next" == await stores.pieces("a" * 64)


async def a_newer_download_drops_the_older(device: Device) -> None:
    """Pieces of an image that is no longer offered would fill the disk for nothing."""
    stores = device.stores
    for sha256 in ("b" * 64, "a" * 64, "c" * 64, "b" * 64):
        await stores.keep_piece(sha256, 0, sha256.encode())

    assert [b"", b"b" * 64, b""] == [await stores.pieces(name * 64) for name in "abc"]


async def changes_come_with_what_they_mean(device: Device) -> None:
    """A cursor that runs ahead of its page loses changes for ever."""
    stores = device.stores
    await stores.add_changes(BYTES, '{"cursor":1}')
    await stores.add_changes(None, '{"cursor":2}')

    assert ((BYTES,), '{"cursor":2}') == (await stores.changes(), (await stores.status())["synced"])


async def merged_pages_take_the_place_of_what_they_merge(device: Device) -> None:
    """What lies before them stays, and what another tab has added meanwhile; nothing comes in a wrong order."""
    stores = device.stores
    for page in (b"large", b"1", b"2", b"3", b"meanwhile"):
        await stores.add_changes(page, '{"cursor":1}')
    kept = await stores.merge_changes(1, 3, BYTES, '{"cursor":2}')
    await stores.add_changes(b"next", '{"cursor":3}')
    await stores.merge_changes(2, 2, b"last", '{"cursor":4}')
    await stores.add_changes(b"newest", '{"cursor":5}')

    assert (Kept(), (b"large", BYTES, b"last", b"newest")) == (kept, await stores.changes())
    assert '{"cursor":5}' == (await stores.status())["synced"]


async def the_journal_is_read_by_sequence(device: Device) -> None:
    """What is sent has to be byte for byte what the till wrote."""
    lines = {seq: await device.sells(seq) for seq in (1, 2, 3)}

    assert [(3, lines[3]), (1, lines[1])] == list((await device.stores.journal_lines([3, 7, 1])).items())


async def what_was_turned_down_is_known_by_its_bytes(device: Device) -> None:
    """Whole again, an entry is another one than the bytes that were refused: it has to be sent."""
    stores = device.stores
    await stores.keep_verdicts([("d1", 1, '{"kind":"refused"}'), ("d2", 2, "{}"), ("d3", 3, '{"kind":"conflict"}')])
    first = dict(await stores.turned_down())
    await stores.keep_verdicts([("d1", 1, "{}")])
    await stores.forget_verdicts(["d3"])

    assert ({"d1": 1, "d3": 3}, {}) == (first, dict(await stores.turned_down()))


async def a_restored_oms_is_offered_everything_again(device: Device) -> None:
    """A backup does not know the newest sales; the registers do."""
    stores = device.stores
    image = arrived()
    await stores.swap_image(image, AT, [b"page"])
    await stores.keep_verdicts([("d1", 1, "{}")])

    await stores.new_epoch("after the fire")

    assert () == await stores.changes()
    assert told(image) == told(await stores.image())
    assert "after the fire" in (await stores.status())["epoch"]


async def what_is_cleared_is_what_can_be_fetched_again(device: Device) -> None:
    """T6: a reset takes the catalogue and the people; who the register is, its verdicts and its journal stay."""
    stores = device.stores
    line = await device.sells(1)
    await stores.keep_status("registered", "who")
    await stores.keep_status("history", "what")
    await stores.keep_verdicts([("d1", 1, "{}")])
    await stores.swap_image(arrived(), AT, [b"page"])
    await stores.keep_piece("b" * 64, 0, b"piece")
    await stores.add_changes(b"more", '{"cursor":2}')

    await stores.clear("r1")

    assert (None, (), b"") == (await stores.image(), await stores.changes(), await stores.pieces("b" * 64))
    left = dict(await stores.status())
    assert {"registered": "who", "history": "what", "reset": "r1", JUDGED: left[JUDGED]} == left
    assert ((), {1: line}) == (await stores.waiting(), await stores.journal_lines([1]))


async def a_record_is_exchanged_only_where_it_is_as_expected(device: Device) -> None:
    """Two tabs may be at work for a moment: what one of them has written the other must not put back."""
    stores = device.stores
    done = [await stores.exchange_status("lease", *pair) for pair in (("", "1"), ("", "2"), ("1", "3"), ("2", "4"))]

    assert ([True, False, True, False], "3") == (done, (await stores.status())["lease"])


async def the_oms_opens_what_the_register_sealed(device: Device) -> None:
    """The browser's copy of the key cannot be read out: the one wrapped at enrolment is the only other."""
    made = await device.keys.make(await device.public_key())
    assert isinstance(made, NewKey)
    iv, sealed = await device.keys.seal(b"header", BYTES)

    assert await device.keys.open(made.key_id)
    assert BYTES == await device.opens_as_the_oms(made.wrapped, Sealed(iv, sealed, b"header"))


async def a_public_key_that_came_damaged_is_a_value(device: Device) -> None:
    """A bad line may have changed a letter of it; no key is made then, and it is asked for again."""
    good = await device.public_key()
    damaged = ("", "no base64!", good[:40], good[:20] + ("A" if good[20] != "A" else "B") + good[21:])

    assert [True] * 4 == [isinstance(await device.keys.make(each), Unreadable) for each in damaged]


async def pictures_are_kept_by_their_hash(device: Device) -> None:
    """A picture that is here already is not fetched a second time."""
    kept = await device.pictures.keep("a" * 64, b"RIFF")

    assert (Kept(), frozenset({"a" * 64})) == (kept, await device.pictures.kept())


async def pictures_can_be_cleared(device: Device) -> None:
    """They are fetched again; and the cache can be filled again at once."""
    await device.pictures.keep("a" * 64, b"RIFF")
    await device.pictures.clear()
    none = await device.pictures.kept()
    await device.pictures.keep("b" * 64, b"RIFF")

    assert (frozenset(), frozenset({"b" * 64})) == (none, await device.pictures.kept())


async def a_question_waits_until_it_is_answered(device: Device) -> None:
    """A cashier waits: each question is asked, and none twice."""
    await device.asks("q1", BYTES)
    await device.asks("q2", b"sealed")
    await device.stores.keep_answer("q2", b"answer")

    assert ({"q1": BYTES}, {"q2": b"answer"}) == (await device.stores.questions(), await device.hears())


async def an_answer_goes_when_its_question_is_gone(device: Device) -> None:
    """Answers that were read would fill the disk for nothing; they go with the next one."""
    for name in ("q1", "q2"):
        await device.asks(name, b"sealed")
    await device.stores.keep_answer("q1", b"first")
    await device.forgets("q1")

    await device.stores.keep_answer("q2", BYTES)

    assert {"q2": BYTES} == await device.hears()


async def a_lost_journal_is_read_from_a_place_on(device: Device) -> None:
    """It is offered batch by batch, and a batch that was judged is not offered again."""
    await device.begins("r1")
    await device.puts_down("r1", 0, BYTES, b"second")
    await device.puts_down("r1", 2, b"third")
    read = device.stores.recovery_lines

    assert ((BYTES, b"second"), (b"third",), ()) == (
        await read("r1", 0, 2),
        await read("r1", 2, 9),
        await read("r1", 3, 9),
    )


async def a_reading_takes_the_place_of_the_one_before(device: Device) -> None:
    """Lines of two folders must never be mixed, nor fill the disk; beginning the same one again keeps it."""
    for reading in ("r2", "r1", "r3", "r1"):
        await device.begins(reading)
        await device.puts_down(reading, 0, reading.encode())
    await device.begins("r1")
    read = [await device.stores.recovery_lines(reading, 0, 9) for reading in ("r1", "r2", "r3")]

    assert [(b"r1",), (), ()] == read


CONTRACT: tuple[Check, ...] = (
    a_lost_journal_is_read_from_a_place_on,
    a_reading_takes_the_place_of_the_one_before,
    a_question_waits_until_it_is_answered,
    an_answer_goes_when_its_question_is_gone,
    pieces_are_joined_up_to_the_first_hole,
    a_newer_download_drops_the_older,
    *IMAGE_CONTRACT,
    changes_come_with_what_they_mean,
    merged_pages_take_the_place_of_what_they_merge,
    the_journal_is_read_by_sequence,
    *WAITING_CONTRACT,
    what_was_turned_down_is_known_by_its_bytes,
    a_restored_oms_is_offered_everything_again,
    a_record_is_exchanged_only_where_it_is_as_expected,
    the_oms_opens_what_the_register_sealed,
    a_public_key_that_came_damaged_is_a_value,
    pictures_are_kept_by_their_hash,
    what_is_cleared_is_what_can_be_fetched_again,
    pictures_can_be_cleared,
)
