"""The promises of the till's ports. No test tool is needed to run them, so that they run in a browser too.

Each check gets a fresh device; `assert expected == actual` is all they use.
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from app.sync.entry import Sealed, Unreadable
from app.till.ports import Appended, Fenced, Ports
from tests.contracts.folder_port import FOLDER_CONTRACT
from tests.contracts.journal_port import JOURNAL_CONTRACT, entry
from tests.contracts.put_back_port import PUT_BACK_CONTRACT
from tests.contracts.terminal_port import TERMINAL_CONTRACT

AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def ports(self) -> Ports: ...

    async def make_key(self) -> str:
        """Make a data key as the courier does at enrolment; return its id."""

    async def choose_folder(self) -> None:
        """Let a person choose a folder."""

    async def starts_again(self) -> Ports:
        """Return the ports of another start in this profile."""

    async def is_told(self, digest: str, text: str) -> None:
        """Keep a verdict as the courier does."""

    async def public_key(self) -> str:
        """Return the processor's public key, SPKI in base64."""

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes:
        """Open what was sealed for that key."""


Check = Callable[[Device], Coroutine[Any, Any, None]]


async def drafts_are_replaced_and_dropped(device: Device) -> None:
    """The newest state of an open sale is the one that a crash must find."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await ports.drafts.keep("d1", b"first", owner)
    await ports.drafts.keep("d1", bytes(range(256)), owner)
    await ports.drafts.keep("d2", b"other", owner)

    await ports.drafts.drop("d2", owner)

    assert (("d1", bytes(range(256))),) == await ports.drafts.read()


async def local_settings_survive_and_the_owner_is_none_of_them(device: Device) -> None:
    """A reload must not forget that Offline Mode was chosen by hand."""
    ports = device.ports
    await ports.journal.take_over()
    kept = [await ports.local.keep("manual", value) for value in ("off", "on")]

    assert ([Appended()] * 2, {"manual": "on"}) == (kept, dict(await ports.local.read()))


async def a_reset_takes_its_drafts_along(device: Device) -> None:
    """Drafts gone without the wish, or the wish without them, would be half a reset after a crash."""
    ports = device.ports
    owner = await ports.journal.take_over()
    for draft_id in ("d1", "d2", "d3"):
        await ports.drafts.keep(draft_id, b"sealed", owner)
    await ports.local.keep("manual", "off")
    await ports.local.keep("report", "a bug")

    outcome = await ports.local.reset("r1", ("d1", "d3", "unknown"), owner)

    assert (Appended(), {"manual": "off", "reset": "r1"}) == (outcome, dict(await ports.local.read()))
    assert (("d2", b"sealed"),) == await ports.drafts.read()


async def who_was_taken_over_resets_nothing(device: Device) -> None:
    """The tab that sells now has parked that sale: the old one must not forget it."""
    ports = device.ports
    old = await ports.journal.take_over()
    new = await ports.journal.take_over()
    await ports.drafts.keep("d1", b"sealed", new)

    assert Fenced() == await ports.local.reset("r1", ("d1",), old)
    assert ((("d1", b"sealed"),), {}) == (await ports.drafts.read(), dict(await ports.local.read()))


async def a_register_that_is_set_up_anew_begins_empty(device: Device) -> None:
    """What lies in the old place is evidence and stays; who still works there, works there."""
    ports = device.ports
    owner = await ports.journal.take_over()
    await device.choose_folder()
    await ports.journal.append((entry(1, "o1"),), owner, None)
    await ports.local.keep("manual", "on")

    begun = await ports.local.begin_anew({"language": "hi"}, owner)
    late = await ports.journal.append((entry(2, "o2"),), owner, None)
    again = await device.starts_again()

    assert (Appended(), Appended(), 2) == (begun, late, len(await ports.journal.read()))
    assert ((), {"language": "hi"}) == (await again.journal.read(), dict(await again.local.read()))
    assert (1, await ports.folder.state()) == (await again.journal.take_over(), await again.folder.state())


async def who_was_taken_over_begins_nothing_anew(device: Device) -> None:
    """The tab that sells now would be left behind with its next sale."""
    ports = device.ports
    old = await ports.journal.take_over()
    await ports.journal.take_over()

    assert Fenced() == await ports.local.begin_anew({}, old)
    assert 3 == await (await device.starts_again()).journal.take_over()


async def an_empty_shelf_is_empty(device: Device) -> None:
    """The first start of all finds nothing, and that is no error."""
    shelf = device.ports.shelf

    assert (None, ()) == await shelf.image_and_changes("")
    assert ((), {}) == (await shelf.verdicts(), dict(await shelf.status()))


async def verdicts_are_read_as_far_as_they_are_new(device: Device) -> None:
    """After a month offline each batch brings a hundred beside ten thousand that were read before."""
    for digest in ("d1", "d2", "d3"):
        await device.is_told(digest, f'{{"{digest}": 1}}')
    await device.is_told("d2", "{}")
    shelf = device.ports.shelf

    assert frozenset({"d1", "d2", "d3"}) == await shelf.judged()
    assert ['{"d1": 1}', '{"d3": 1}', "{}"] == sorted(await shelf.verdicts())
    assert (("{}",), ()) == (await shelf.verdicts({"d2", "d9"}), await shelf.verdicts(()))


async def the_vault_opens_what_it_sealed(device: Device) -> None:
    """A sale that cannot be opened again is a sale that nobody can prove."""
    vault = device.ports.vault
    key = await device.make_key()

    found = await vault.open(key)
    iv, sealed = await vault.seal(b"header", "₹ 499".encode())

    assert found
    assert "₹ 499".encode() == await vault.unseal(Sealed(iv, sealed, b"header"))


async def the_vault_opens_nothing_that_was_changed(device: Device) -> None:
    """A header that was exchanged under a body would move a sale to another number."""
    vault = device.ports.vault
    await vault.open(await device.make_key())
    iv, sealed = await vault.seal(b"header", b"body")

    other_header = await vault.unseal(Sealed(iv, sealed, b"other"))
    damaged = await vault.unseal(Sealed(iv, "no base64", b"header"))

    assert [True, True] == [isinstance(each, Unreadable) for each in (other_header, damaged)]


async def the_vault_knows_when_it_has_no_key(device: Device) -> None:
    """A browser whose keys were wiped must say so, instead of sealing with another key."""
    assert not await device.ports.vault.open("nothing of ours")


async def a_pin_has_the_digest_of_the_standard(device: Device) -> None:
    """The server seals a PIN, every register checks it: both must compute the same."""
    digest = await device.ports.vault.pin_digest("1111", "00" * 16, 600_000)

    assert "6215934984d113df8806e7771af2e5a9a5b2f6832a29b57f3c084ab1de4126bc" == digest


async def time_is_utc_and_ids_are_new(device: Device) -> None:
    """A time without a zone sorts wrongly once a year; an id that comes twice loses a sale."""
    ports = device.ports

    assert timedelta(0) == ports.clock.now().utcoffset()
    assert 100 == len({ports.ids.fresh() for _ in range(100)})


async def questions_of_an_earlier_start_are_forgotten(device: Device) -> None:
    """Who waited for that answer is gone with the start that asked."""
    questions = device.ports.questions

    asked = [await questions.ask(name, b"sealed") for name in ("q1", "q2")]
    await questions.drop("q1")
    await questions.clear()

    assert ([Appended()] * 2, {}) == (asked, await questions.answers())


async def a_printer_draws_black_on_white_within_its_paper(device: Device) -> None:
    """A picture wider than the paper is printed as nonsense, an empty one is a name that is missing."""
    drawn = [device.ports.printer.draw("सूती कुर्ता " * many, 384, bold=True) for many in (1, 20)]

    assert [True, True] == [0 < picture.width <= 48 and not len(picture.data) % picture.width for picture in drawn]
    assert [True, True] == [any(picture.data) for picture in drawn]


CONTRACT: tuple[Check, ...] = (
    *TERMINAL_CONTRACT,
    *FOLDER_CONTRACT,
    *JOURNAL_CONTRACT,
    *PUT_BACK_CONTRACT,
    a_printer_draws_black_on_white_within_its_paper,
    questions_of_an_earlier_start_are_forgotten,
    drafts_are_replaced_and_dropped,
    local_settings_survive_and_the_owner_is_none_of_them,
    a_reset_takes_its_drafts_along,
    who_was_taken_over_resets_nothing,
    a_register_that_is_set_up_anew_begins_empty,
    who_was_taken_over_begins_nothing_anew,
    an_empty_shelf_is_empty,
    verdicts_are_read_as_far_as_they_are_new,
    the_vault_opens_what_it_sealed,
    the_vault_opens_nothing_that_was_changed,
    the_vault_knows_when_it_has_no_key,
    a_pin_has_the_digest_of_the_standard,
    time_is_utc_and_ids_are_new,
)
