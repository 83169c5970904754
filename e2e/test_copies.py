"""Two copies of a register: which of them goes on, and that every sale of both is in the books once.

The courier without a browser, over a real server; with two real profiles it stands in test_copied_profile.
"""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.courier.errands import Errand
from app.sync.lease import LEASE, Lease, LeaseAnswer, LeaseRequest
from app.sync.status import LinkStatus
from e2e.line import Line
from e2e.store import Store
from tests.conftest import line as cart_line
from tests.conftest import order
from tests.fakes.register import Register

LEASES = "/api/v1/registers/lease"


@pytest.fixture
def register(store: Store) -> Register:
    """A register that has made contact."""
    register = Register(store.address).enrols()
    register.works(until=Errand.LEASE)
    return register


@pytest.fixture
def bad_line(store: Store) -> Iterator[Line]:
    laid = Line(store)
    yield laid
    laid.closes()


def copied(register: Register) -> Register:
    """Copy the profile while the browser is closed, and open the copy."""
    there = copy.deepcopy(register.stores)
    return Register(register.address, stores=there, keys=register.keys, head=register.head).starts()


def sells(register: Register, *names: str) -> list[str]:
    now = datetime.now(UTC)
    for name in names:
        register.sells(order(cart_line("no-such-variant"), id=name, at=now), now.date())
    return list(names)


def kept(register: Register) -> Lease:
    return Lease.model_validate_json(register.stores.records[LEASE])


def name_of(register: Register) -> str:
    assert register.head is not None
    return register.head.register


def is_copy(register: Register) -> bool:
    """What the till reads of it."""
    return LinkStatus.model_validate_json(register.stores.records["link"]).copied


def found(store: Store, kind: str, register: str) -> int:
    counted: int = store.asks(f"/exceptions?kind={kind}&register={register}&resolved=false")["count"]
    return counted


def test_both_copies_sold_offline_and_every_sale_is_booked_once(store: Store, register: Register) -> None:
    """The one that comes second is told before it sends; what it has sold is booked with a mark all the same."""
    second = copied(register)
    sold = [*sells(register, "a1", "a2"), *sells(second, "b1", "b2", "b3")]
    register.starts().works(until=Errand.LEASE)
    register.syncs()
    seen = second.works(until=Errand.LEASE)
    second.works(until=Errand.LEASE)  # it repeats what it heard, so that people are told
    second.syncs()

    booked = [row["id"] for row in store.orders() if row["id"] in sold]
    assert (sorted(sold), Errand.PUSH in seen) == (sorted(booked), False)
    assert (False, True) == (is_copy(register), is_copy(second))
    assert (1, 2, 2) == tuple(found(store, kind, name_of(register)) for kind in ("copied", "used_twice", "number"))


def test_lost_answers_make_no_copy_of_a_register(store: Store, bad_line: Line) -> None:
    """The lease has moved, and the register does not know: it asks for the same one again, also after it was killed."""
    register = Register(bad_line.address).enrols()
    bad_line.loses_answers_to(LEASES, times=3)
    for _ in range(6):
        register.starts().works(until=Errand.LEASE)

    assert (False, False, 0) == (kept(register).copied, is_copy(register), found(store, "copied", name_of(register)))


def test_a_request_that_was_held_back_raises_no_alarm(store: Store, register: Register) -> None:
    """A proxy sends the first request once more, minutes later: the register goes on, and nobody is called."""
    first = LeaseRequest(count=0, previous="", next=kept(register).held)
    for _ in range(2):
        register.starts().works(until=Errand.LEASE)

    late = register.world.oms.lease(register.memory.token, first)
    register.starts().works(until=Errand.LEASE)

    assert isinstance(late, LeaseAnswer)
    assert (True, False, 0) == (late.copied, kept(register).copied, found(store, "copied", name_of(register)))
