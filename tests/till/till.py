"""A whole till over ports in memory, moved by what a page would send: sign in, pick, pay, crash, start again."""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from app.catalogue.image import Stocked, build
from app.domain.order import Order
from app.domain.payment import Tender, TenderKind
from app.domain.staff import PIN_ROUNDS, PinSeal, Role, StaffMember
from app.domain.tax import TaxRate
from app.sync.blob import ANSWER, CHANGES, QUESTION, pack, unpack
from app.sync.bodies import BODIES, Body, Sale
from app.sync.entry import Entry, Unreadable, split
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import (
    Change,
    CustomerChange,
    Series,
    SettingsChange,
    StaffChange,
    TenderChange,
    Verdict,
    VerdictKind,
)
from app.sync.questions import Denied, Given, NoAnswer, Request
from app.sync.status import Link, LinkStatus, Registered, Synced
from app.till.drawing import Drawing
from app.till.events import Event
from app.till.flow.step import Step
from app.till.ports import StoredImage
from app.till.register import Register
from app.till.state import Screen, State
from tests.conftest import NOW, customer, product, rate, settings, stock, tender, variant
from tests.fakes.till import FakeDevice, pbkdf2

KEY = "key-1"
REGISTERED = Registered(
    enrolment="e1",
    store="DS01",
    register="R1",
    token="t",
    series=Series(invoice="DS01A", credit_note="DS01C", training="DS01T"),
    key_id=KEY,
)
SALT = "0f" * 16


def seal(pin: str) -> PinSeal:
    return PinSeal(salt=SALT, rounds=PIN_ROUNDS, digest=pbkdf2(pin, SALT, PIN_ROUNDS))


ASHA = StaffMember(id="asha", name="Asha", pin=seal("1111"))
RAVI = StaffMember(id="ravi", name="Ravi", role=Role.MANAGER, pin=seal("2222"))
CASH = tender("cash", TenderKind.CASH)
CARD = tender("card", TenderKind.CARD, name="Card Swipe at Store", position=1)
UPI = tender("upi", TenderKind.UPI, name="UPI at Store", asks_reference=True, position=2)
ONLINE = tender("link", TenderKind.ONLINE, name="Payment link", offline=False, position=3)
TENDERS = (CASH, CARD, UPI, ONLINE)

KURTA = product("kurta", variant("kurta-v", price=49_950))
SHIRT = product(
    "shirt",
    variant("shirt-m", size="M", price=79_900),
    variant("shirt-l", size="L", price=79_900),
    name="Linen Shirt",
)
RICE = product(
    "rice", variant("rice-v", price=8_050, item_number="12345"), name="Rice", weighed=True, unit="KGS", hsn="1006"
)
GIFT = product("gift", variant("gift-v", price=None), name="Gift")
SHELVES = (
    Stocked(KURTA, (stock("kurta-v", 5),)),
    Stocked(SHIRT, (stock("shirt-m", 2), stock("shirt-l", 0))),
    Stocked(RICE, (stock("rice-v", "20.5"),)),
    Stocked(GIFT),
)


def image(shelves: Iterable[Stocked] = SHELVES, rates: Iterable[TaxRate] = (), cursor: int = 10) -> StoredImage:
    data = gzip.compress(build(shelves, tuple(rates) or (rate(),), cursor, NOW), mtime=0)
    return StoredImage(hashlib.sha256(data).hexdigest(), cursor, data)


IMAGE = image()


def people_changes(staff: Sequence[StaffMember] = (ASHA, RAVI), tenders: Sequence[Tender] = TENDERS) -> list[Change]:
    changes: list[Change] = [SettingsChange(id="DS01", revision=1, value=settings())]
    changes += [StaffChange(id=each.id, revision=2, value=each) for each in staff]
    changes += [TenderChange(id=each.id, revision=3, value=each) for each in tenders]
    return [*changes, CustomerChange(id="c1", revision=4, value=customer())]


@dataclass
class Till:
    """A register in a shop; every method is something that a person, the courier or bad luck does."""

    device: FakeDevice = field(default_factory=FakeDevice)
    synced_at_first: bool = True
    online_at_start: bool = True
    starts: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self.device.vault.keys[KEY] = bytes(32)
        self.device.vault.opened = KEY
        if self.synced_at_first:
            self.is_enrolled()
            self.gets(people_changes())
            self.device.shelf.image = IMAGE
            self.device.folder.chosen = "Offline sales"
        self.starts_again()

    def close(self) -> None:
        self._loop.close()

    @property
    def state(self) -> State:
        return self.register.loop.state

    def starts_again(self) -> "Till":
        """Start, or crash and start again: only what is on the disk is there. Then the courier says how the link is."""
        self.starts += 1
        owner = self._loop.run_until_complete(self.device.ports.journal.take_over())
        self.register = Register(self.device.ports, lambda old, new: Drawing({}), owner)
        self._finish(self.register.open())
        if self.online_at_start:
            self.hears("status")
        return self

    def dies_after(self, event: str, steps: int) -> None:
        """Lose the worker some steps after a message came in, if any, with everything that it had only begun."""

        async def cut() -> None:
            if event:
                self.register.receive(json.dumps({"event": event}))
            for _ in range(steps):
                await asyncio.sleep(0)
            begun = list(self.register.runner._tasks)
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)

        self._loop.run_until_complete(cut())

    def is_enrolled(self) -> None:
        self.device.shelf.records["registered"] = REGISTERED.model_dump_json()
        self.device.shelf.records["synced"] = Synced(at=NOW, complete=True, cursor=10).model_dump_json()
        self.link_is(Link.UP)

    def link_is(self, link: Link, offset_seconds: int = 0) -> None:
        status = LinkStatus(link=link, since=NOW, offset_seconds=offset_seconds, heard=link is Link.UP)
        self.device.shelf.records["link"] = status.model_dump_json()

    def gets(self, changes: Sequence[Change]) -> None:
        """Let the courier put down a page of changes."""
        body = CHANGE_LIST.dump_json(tuple(changes))
        self.device.shelf.pages.append(pack(*self._loop.run_until_complete(self.device.vault.seal(CHANGES, body))))

    def office_says_of_meera(self, revision: int, **fields: str) -> None:
        """Let the back office's customer arrive."""
        self.gets([CustomerChange(id="c1", revision=revision, value=customer(revision=revision, **fields))])
        self.hears("changes")

    def hears(self, *words: str) -> None:
        """Look again, as the courier asks; without a word it is a tick."""
        self._finish(self.register.attend(frozenset(words)))

    def goes_offline(self) -> None:
        self.link_is(Link.NO_SERVER)
        self.hears("status")

    def comes_back(self) -> None:
        self.link_is(Link.UP)
        self.hears("status")

    def is_judged(self, kind: VerdictKind = VerdictKind.ACCEPTED, revision: int = 0) -> None:
        """Let the OMS give its verdict on everything that waits."""
        at = self.device.clock.at
        for entry in self.device.disk.journal.values():
            header = entry.header
            verdict = Verdict(digest=entry.digest, id=header.id, seq=header.seq, kind=kind, revision=revision, at=at)
            self.device.shelf.kept_verdicts.setdefault(entry.digest, verdict.model_dump_json())
        self.hears("verdicts")

    def asked(self) -> list[Request]:
        """What the till asks the OMS and has no answer to, as it goes over the wire."""
        blobs = [blob for key, blob in self.device.disk.questions.items() if key not in self.device.shelf.answers]
        return [Request.model_validate_json(self._unsealed(blob, QUESTION)) for blob in blobs]

    def is_answered(self, reply: Given | Denied | NoAnswer) -> None:
        """Let the courier put down the answer to the oldest question that waits."""
        question_id = next(key for key in self.device.disk.questions if key not in self.device.shelf.answers)
        body = reply.model_dump_json().encode()
        sealed = self._loop.run_until_complete(self.device.vault.seal(ANSWER, body))
        self.device.shelf.answers[question_id] = pack(*sealed)
        self.hears("answers")

    def takes(self, step: Step) -> None:
        """Go on from a step, as if a handler had returned it."""

        async def run() -> None:
            self.register.loop.state = step.state
            for effect in step.effects:
                self.register.runner.run(effect)

        self._finish(run())

    def _unsealed(self, blob: bytes, bound: bytes) -> bytes:
        sealed = unpack(blob, bound)
        assert not isinstance(sealed, Unreadable)
        plain = self._loop.run_until_complete(self.device.vault.unseal(sealed))
        assert isinstance(plain, bytes)
        return plain

    def time_passes(self, seconds: float) -> None:
        self.device.clock.at += timedelta(seconds=seconds)
        self.hears()

    # ------------------------------------------------------------ people

    def says(self, event: str, **fields: object) -> "Till":
        """Send a message as the page does, and let everything happen that follows from it."""
        self.says_at_once((event, fields))
        return self

    def says_at_once(self, *messages: tuple[str, Mapping[str, object]]) -> None:
        """Send messages so quickly that no effect of the first is done before the last."""

        async def send() -> None:
            for event, fields in messages:
                self.register.receive(json.dumps({"event": event, **fields}))

        self._finish(send())

    def happens(self, *events: Event) -> None:
        """Let events come from elsewhere, so quickly that no effect of the first is done before the last."""

        async def dispatch() -> None:
            for event in events:
                self.register.dispatch(event)

        self._finish(dispatch())

    def signs_in(self, staff_id: str = "asha", pin: str = "1111") -> "Till":
        return self.says("StaffChosen", staff_id=staff_id).says("PinGiven", pin=pin)

    def picks(self, product_id: str = "kurta", variant_id: str = "") -> "Till":
        self.says("ProductPicked", product_id=product_id)
        if variant_id:
            self.says("VariantPicked", variant_id=variant_id).says("ChoiceConfirmed")
        return self

    def pays(self, tender_id: str = "cash", amount: str = "", reference: str = "") -> "Till":
        """Go to checkout if it is not open, fill it in, and press "Complete sale"."""
        if self.state.screen is Screen.SELL:
            self.says("CheckoutOpened")
        self.says("TenderChosen", tender_id=tender_id)
        if amount:
            self.says("AmountTyped", value=amount)
        if reference:
            self.says("ReferenceTyped", value=reference)
        return self.says("SaleCompleted")

    # ------------------------------------------------------------ what can be seen

    def entries(self) -> list[Entry]:
        """All that was ever written, also what has left the disk."""
        return [entry for _, entry in sorted((self.device.disk.removed | self.device.disk.journal).items())]

    def bodies(self) -> list[Body]:
        """What the entries on the disk say, opened with the register's key."""
        return [self._opened(entry) for entry in self.entries()]

    def orders(self) -> list[Order]:
        return [body.order for body in self.bodies() if isinstance(body, Sale)]

    def quantities(self) -> dict[str, Decimal]:
        return {line.variant_id: line.quantity for line in self.state.cart.lines}

    def _opened(self, entry: Entry) -> Body:
        sealed = split(entry.line)
        assert not isinstance(sealed, Unreadable)
        plain = self._loop.run_until_complete(self.device.vault.unseal(sealed))
        assert isinstance(plain, bytes)
        return BODIES[entry.header.kind].validate_json(plain)

    def _finish(self, work: object) -> None:
        async def all_of_it() -> None:
            await work  # type: ignore[misc]
            await self.register.runner.rest()

        self._loop.run_until_complete(all_of_it())
