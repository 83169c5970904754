"""The till's side of a register: the real recorder writes sales while its storage breaks and tabs take it over."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from app.domain.numbers import indian_day
from app.domain.order import Order
from app.sync.bodies import Sale
from app.sync.journal import Head
from app.sync.status import Registered
from app.till.effects import Record
from app.till.events import NotRecorded, Recorded
from app.till.hearing import Hearing
from app.till.mirror import Mirror
from app.till.recorder import Recorder
from app.till.spare import Spare
from e2e.torture.checker import Acknowledged
from e2e.torture.registers.profile import Profile
from e2e.torture.registers.sales import Basket, Shelves

BREAKS = ("full", "breaks before", "breaks after", "breaks after")
"""What happens to a write; see tests/fakes/till.py."""
SECONDS_APART = 7.0
TRIES = 500
"""After so many in vain a sale can never be saved, and that is no trouble of the storage."""


@dataclass
class Counter:
    """Sells in one profile; every sale that is said to be saved is written down here."""

    profile: Profile
    shelves: Shelves
    dice: Random
    trouble: float = 0.05
    """How often the storage fails, and how often the tab is the wrong one."""
    saved: list[Acknowledged] = field(default_factory=list)
    attempted: set[str] = field(default_factory=set)
    taken: dict[str, int] = field(default_factory=dict)
    """Money that has a reference of its own."""
    faults: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._tabs: list[Recorder] = []

    @property
    def who(self) -> Registered:
        registered = self.profile.registered
        assert registered is not None, "enrol first"
        return registered

    def opens(self) -> None:
        """Start the till, or start it again: the newest start holds the journal."""
        self._loop.run_until_complete(self._opens())

    def sells(self, basket: Basket) -> Order:
        """Make one sale, come what may: somebody who is told that it was not saved tries until it is."""
        clock = self.profile.device.clock
        clock.at += timedelta(seconds=self.dice.expovariate(1 / SECONDS_APART))
        order_id = f"{self.profile.name}-{len(self.attempted) + 1:05d}"
        order = self.shelves.order(order_id, basket, clock.now(), self.who, self.dice)
        self.attempted.add(order.notes)
        record = Record(order_id, Sale(order=order), self.who.series.invoice, indian_day(order.at))
        return self._loop.run_until_complete(self._sold(record, order))

    def closes(self) -> None:
        self._loop.close()

    async def _opens(self) -> None:
        ports = self.profile.device.ports
        mirror = Mirror(ports.folder, Spare(ports.spare))
        await mirror.look()
        recorder = Recorder(ports, mirror, Hearing(ports), await ports.journal.take_over(), foresee=lambda _: None)
        start = Head.start(self.who.store, self.who.register, self.who.key_id)
        await recorder.read(start)
        self._tabs = [*self._tabs[-1:], recorder]

    async def _sold(self, record: Record, order: Order) -> Order:
        why = ""
        for _ in range(TRIES):
            self._rolls()
            for event in await self._tab().record(record):
                if isinstance(event, Recorded) and event.kept.header.id == order.id:
                    return self._saves(order, event.kept.header.number or "")
                why = event.why if isinstance(event, NotRecorded) else why
            if self.dice.random() < 0.5:  # the page is loaded again
                self.profile.device.disk.unreadable = 0
                await self._opens()
        raise AssertionError(f"{order.id} can never be saved: {why}")

    def _saves(self, order: Order, number: str) -> Order:
        paid = tuple((payment.name, payment.amount) for payment in order.payments)
        self.taken |= {payment.reference: payment.amount for payment in order.payments if payment.reference}
        self.profile.device.channel.tell("journal")
        self.saved.append(Acknowledged(number, order.totals.total, paid, order.notes, self.who.register))
        return order.model_copy(update={"number": number})

    def _tab(self) -> Recorder:
        """The tab that a cashier stands before: now and then the old one, which was taken over."""
        if len(self._tabs) > 1 and self.dice.random() < self.trouble:
            self.faults += 1
            return self._tabs[0]
        return self._tabs[-1]

    def _rolls(self) -> None:
        """Let the storage fail at the next write, or at the reading that follows."""
        disk = self.profile.device.disk
        disk.faults, disk.unreadable = [], 0
        if self.dice.random() < self.trouble:
            self.faults += 1
            disk.faults, disk.unreadable = [self.dice.choice(BREAKS)], self.dice.choice((0, 0, 1))
