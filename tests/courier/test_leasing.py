"""The courier moves its lease: over crashes, lost answers and a tab that was taken over; a copy stops, and says so."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.courier.courier import remember, step, view
from app.courier.errands import Errand, next_errand
from app.courier.leasing import LEASE_SECONDS, PUSH_SECONDS, renew
from app.courier.memory import Memory
from app.courier.oms import Failure, Oms, Refused, Unreachable
from app.sync.lease import LEASE, Lease, LeaseAnswer, LeaseRequest, Overtaken, Stored, judged
from app.sync.link import LinkState
from app.sync.status import Link, LinkStatus
from tests.courier.test_features import HERE
from tests.fakes.register import Register, at_once


class Killed(Exception):
    """The browser was killed at this very moment."""


def nothing() -> None:
    """What happens beside a request, where a test says nothing of it."""


@dataclass
class Leases:
    """An OMS that knows leases, at the end of a line that does what a test says."""

    stored: Stored | None = None
    reports: int = 0
    fates: list[str] = field(default_factory=list)
    beside: Callable[[], None] = nothing
    """Done once while a request is on its way."""
    seen: list[LeaseRequest] = field(default_factory=list)

    def lease(self, token: str, request: LeaseRequest) -> LeaseAnswer | Failure:
        del token
        beside, self.beside = self.beside, nothing
        beside()
        fate = self.fates.pop(0) if self.fates else ""
        if fate == "killed":
            raise Killed
        if fate == "lost":
            return Unreachable("Timeout")
        answer = self._takes(request)
        if fate == "late":
            self._takes(self.seen[0])
        if fate == "killed after":
            raise Killed
        return Unreachable("Timeout") if fate == "answer lost" else answer

    def _takes(self, request: LeaseRequest) -> LeaseAnswer:
        self.seen.append(request)
        if request.copied:
            self.reports += 1
            return LeaseAnswer(next=request.next, copied=True)
        outcome = judged(self.stored, request)
        if isinstance(outcome, Stored):
            self.stored = outcome
        return LeaseAnswer(next=request.next, copied=isinstance(outcome, Overtaken))


@pytest.fixture
def register() -> Register:
    return fresh()


def fresh() -> Register:
    """Enrolled, with a line that is up."""
    register = Register("http://nowhere.invalid")
    register.keys.keys[HERE.key_id] = bytes(32)
    register.stores.records["registered"] = HERE.model_dump_json()
    return starts(register)


def starts(register: Register) -> Register:
    register.memory = at_once(remember(register.world))
    register.memory.link = LinkState(link=Link.UP, ever=True)
    return register


def copied(register: Register) -> Register:
    """Copy the profile while the browser is closed, and open the copy."""
    return starts(Register(register.address, stores=copy.deepcopy(register.stores), keys=register.keys))


def asks(register: Register, oms: Leases, memory: Memory | None = None) -> None:
    at_once(renew(replace(register.world, oms=cast("Oms", oms)), memory or register.memory))


def makes_contact(register: Register, oms: Leases) -> None:
    """Do what is due of it, until it is done."""
    world = replace(register.world, oms=cast("Oms", oms))
    while due(register) is Errand.LEASE:
        at_once(step(world, register.memory))


def due(register: Register) -> Errand:
    """What comes next, probes aside."""
    register.memory.probe_at = 1e9
    return next_errand(view(register.world, register.memory))


def lives_through(register: Register, oms: Leases) -> None:
    """Ask as often as there are fates, started again after each death."""
    for _ in range(len(oms.fates)):
        try:
            asks(register, oms)
        except Killed:
            starts(register)


def kept(register: Register) -> Lease:
    return Lease.model_validate_json(register.stores.records[LEASE])


def is_copy(register: Register) -> bool:
    """What the till reads of it."""
    return LinkStatus.model_validate_json(register.stores.records.get("link", "{}")).copied


def test_a_lease_is_written_down_before_it_is_asked_for(register: Register) -> None:
    """Killed in between, the register still knows what it may have got."""
    oms = Leases()
    oms.beside = lambda: assert_(kept(register).next != "")

    makes_contact(register, oms)

    assert (1, "") == (kept(register).count, kept(register).next)


def assert_(true: bool) -> None:
    assert true


FATES = st.sampled_from(["", "", "lost", "answer lost", "killed", "killed after", "late"])


@given(st.lists(FATES, max_size=25))
@settings(max_examples=60)
def test_one_register_is_never_told_that_it_is_a_copy(fates: list[str]) -> None:
    """Whatever the line does and whenever the browser dies: a false alarm takes a till out of service."""
    oms, register = Leases(fates=list(fates)), fresh()
    lives_through(register, oms)
    makes_contact(register, oms)

    assert (False, False, 0) == (kept(register).copied, is_copy(register), oms.reports)


@given(st.lists(FATES, max_size=8), st.lists(FATES, max_size=8))
@settings(max_examples=60)
def test_the_second_of_two_copies_is_told(before: list[str], after: list[str]) -> None:
    """Copied in the middle of whatever: the one that comes second to a contact learns of it there."""
    oms, first = Leases(fates=list(before)), fresh()
    lives_through(first, oms)
    second = copied(first)
    makes_contact(starts(first), oms)
    oms.fates = list(after)
    lives_through(second, oms)
    makes_contact(starts(second), oms)

    assert (False, True, 1) == (is_copy(first), is_copy(second), min(oms.reports, 1))


def test_a_tab_that_was_taken_over_raises_no_alarm(register: Register) -> None:
    """Its courier may still be at work over the same database when the new tab's begins."""
    oms, old = Leases(), register.memory
    makes_contact(register, oms)
    starts(register)

    def the_old_tab_goes_on() -> None:
        for _ in range(3):
            asks(register, oms, old)

    oms.beside = the_old_tab_goes_on
    asks(register, oms)
    makes_contact(register, oms)

    assert (False, False) == (is_copy(register), kept(register).copied)


def test_a_tab_that_was_taken_over_in_the_middle_takes_nothing_back(register: Register) -> None:
    """What the new tab has written stays, when the old one's answer comes at last."""
    oms, old = Leases(), register.memory
    makes_contact(register, oms)
    starts(register)
    oms.beside = lambda: makes_contact(register, oms)
    asks(register, oms, old)
    starts(register)
    makes_contact(register, oms)

    assert (False, "") == (is_copy(register), kept(register).next)


def test_two_tabs_never_wish_for_different_leases(register: Register) -> None:
    """The old tab has read the record and writes its wish a moment after the new one's: the new one's stands."""
    oms, old = Leases(), register.memory
    read = register.stores.status

    async def read_and_wait() -> Mapping[str, str]:
        before = await read()
        register.stores.status = read  # type: ignore[method-assign]
        await renew(replace(register.world, oms=cast("Oms", Leases(fates=["lost"]))), Memory(registered=HERE))
        return before

    register.stores.status = read_and_wait  # type: ignore[method-assign]
    asks(register, oms, old)
    wished = len(oms.seen)
    makes_contact(starts(register), oms)

    assert (0, False) == (wished, is_copy(register))


def test_a_copy_stays_one_without_a_network(register: Register) -> None:
    """Pulling the plug does not give it back its right to sell; and nothing is asked any more."""
    oms, second = Leases(), copied(register)
    makes_contact(register, oms)
    makes_contact(second, oms)
    second.stores.records["link"] = LinkStatus(link=Link.UP).model_dump_json()  # killed before it was said
    asked = len(oms.seen)
    starts(second)
    makes_contact(second, oms)

    assert (True, True, asked, 1) == (second.memory.copied, is_copy(second), len(oms.seen), oms.reports)


def test_a_copy_repeats_what_it_heard_until_the_oms_knows(register: Register) -> None:
    """Only by that are people told; the answer to the first time may be lost."""
    oms, second = Leases(), copied(register)
    makes_contact(register, oms)
    oms.fates = ["", "lost", "answer lost", ""]
    for _ in range(4):
        asks(second, oms)

    assert (True, 2) == (kept(second).reported, oms.reports)


def test_a_contact_is_made_once_a_minute(register: Register) -> None:
    """It is a write at the OMS for each register; a copy is found soon enough."""
    oms = Leases()
    makes_contact(register, oms)
    register.timer.at += LEASE_SECONDS - 1
    makes_contact(register, oms)
    soon = len(oms.seen)
    register.timer.at += 1
    makes_contact(register, oms)

    assert (1, 2) == (soon, len(oms.seen))


def test_a_contact_is_made_before_entries_are_sent(register: Register) -> None:
    """After an outage the copy that comes second hears of it before it sends what clashes."""
    oms = Leases()
    makes_contact(register, oms)
    register.memory.waiting = (1,)
    register.timer.at += PUSH_SECONDS
    before = due(register)
    makes_contact(register, oms)

    assert (Errand.LEASE, Errand.PUSH) == (before, due(register))


@pytest.mark.parametrize("trouble", [Unreachable("in trouble", 503), Refused(404, "no such call")])
def test_entries_do_not_wait_for_a_lease(register: Register, trouble: Failure) -> None:
    """An OMS in trouble, or of an older release, gives no leases: sales are sent all the same."""

    class Without(Leases):
        def lease(self, token: str, request: LeaseRequest) -> LeaseAnswer | Failure:
            del token, request
            return trouble

    register.memory.waiting = (1,)
    asks(register, Without())
    register.memory.link = LinkState(link=Link.UP, ever=True)

    assert Errand.PUSH is due(register)


def test_a_record_that_cannot_be_read_stops_nothing(register: Register) -> None:
    """Nothing is asked then: asked from the beginning it would look like a copy."""
    register.stores.records[LEASE] = "{"
    oms = Leases()
    makes_contact(starts(register), oms)

    assert ([], False) == (oms.seen, register.memory.copied)
