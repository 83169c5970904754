"""A register without a screen: the real journal and the real courier over stores in memory, against a real server."""

import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import requests

from app.courier.courier import look, remember, step
from app.courier.errands import Errand
from app.courier.memory import Memory, World
from app.courier.oms import Oms
from app.domain.order import Order
from app.sync.bodies import BODIES, Body, Sale
from app.sync.entry import Entry, Kind, assemble, header_bytes
from app.sync.journal import Head, advanced, next_header, next_number
from tests.fakes.courier import (
    FakeChannel,
    FakeKeys,
    FakePictures,
    FakeStores,
    FakeTimer,
    RandomIds,
    RealClock,
)

Result = TypeVar("Result")
TRIES = 10
"""Requests to become a register, at most."""


def at_once(work: Coroutine[Any, Any, Result]) -> Result:
    """Do a piece of the courier's work at once: over fakes nothing ever waits, so no event loop is needed."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: Result = stop.value
        return result
    raise AssertionError("something waited that is not a fake")


@dataclass
class Register:
    """Enrols, sells and syncs as a browser does; time for the courier is moved by hand."""

    address: str
    stores: FakeStores = field(default_factory=FakeStores)
    keys: FakeKeys = field(default_factory=FakeKeys)
    pictures: FakePictures = field(default_factory=FakePictures)
    timer: FakeTimer = field(default_factory=FakeTimer)
    channel: FakeChannel = field(default_factory=FakeChannel)
    memory: Memory = field(default_factory=Memory)
    head: Head | None = None

    @property
    def world(self) -> World:
        return World(
            stores=self.stores,
            pictures=self.pictures,
            keys=self.keys,
            oms=Oms(base=self.address, session=requests.Session(), no_answer=(requests.RequestException,)),
            clock=RealClock(),
            timer=self.timer,
            ids=RandomIds(),
            channel=self.channel,
        )

    def starts(self) -> "Register":
        """Start the courier afresh, as after a crash: it knows only what is in the stores."""
        self.stores.unwritten.clear()
        self.memory = at_once(remember(self.world))
        return self

    def works(self, until: Errand = Errand.REST, most: int = 2_000) -> list[Errand]:
        """Do errands until one of a kind was done; a rest moves the time on."""
        done: list[Errand] = []
        while len(done) < most:
            done.append(at_once(step(self.world, self.memory)))
            if done[-1] is until:
                return done
            if done[-1] is Errand.REST:
                self.timer.at += 0.5
        raise AssertionError(f"{until} did not come in {most} errands: {done[-10:]}")

    def enrols(self) -> "Register":
        """Become a register; where the machine is busy, a try may run into its limit."""
        self.starts()
        for _ in range(TRIES):
            self.works(until=Errand.ENROL)
            if (registered := self.memory.registered) is not None:
                break
        assert registered is not None, self.memory.why
        self.head = Head.start(registered.store, registered.register, registered.key_id)
        return self

    def records(self, kind: Kind, body: Body, at: datetime, number: str | None = None) -> Entry:
        """Append an entry to the journal, as the till does: number, header, seal, add."""
        assert self.head is not None, "enrol first"
        header = next_header(self.head, kind, secrets.token_hex(16), at, number)
        sealed = at_once(self.keys.seal(header_bytes(header), BODIES[kind].dump_json(body)))
        entry = assemble(header, *sealed)
        self.stores.journal[header.seq] = entry.line
        self.head = advanced(self.head, entry)
        return entry

    def sells(self, order: Order, day: date) -> Entry:
        """Record a sale under the next number of the register's series."""
        assert self.head is not None, "enrol first"
        assert self.memory.registered is not None
        number = next_number(self.head, self.memory.registered.series.invoice, day)
        assert isinstance(number, str), number
        ours = {"number": number, "store": self.head.store, "register": self.head.register}
        body = Sale(order=order.model_copy(update=ours))
        return self.records(Kind.SALE, body, order.at, number)

    def syncs(self) -> None:
        """Look at what waits and push until nothing does."""
        at_once(look(self.world, self.memory))
        while self.memory.waiting:
            self.works(until=Errand.PUSH)
