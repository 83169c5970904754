"""The customers as this register knows them, and finding one among ten thousand at each keystroke."""

from functools import lru_cache

from app.domain.customer import Clash, Customer, plain_phone
from app.sync.bodies import CustomerChanged
from app.sync.customers import Written, joined, open_clashes, unsettled
from app.sync.customers import undecided as _undecided
from app.sync.protocol import VerdictKind
from app.till.slices.same import Same
from app.till.state import State

MOST = 50
"""Customers in the list at most."""


def customers(state: State) -> tuple[Customer, ...]:
    """All customers by name: those of the OMS, with this register's own edits on them."""
    return _customers(Same(state.people.customers), _waiting(state))


def customer_of(state: State, customer_id: str) -> Customer | None:
    return _by_id(Same(customers(state))).get(customer_id)


def customer_with_phone(state: State, phone: str) -> Customer | None:
    return next((each for each in customers(state) if phone and each.phone == phone), None)


def found(state: State, text: str) -> tuple[Customer, ...]:
    """The customers whose name or phone number holds every word; all of them where nothing is typed."""
    return _found(Same(customers(state)), text.casefold())


def clashes_of(state: State, customer: Customer) -> tuple[Clash, ...]:
    """The fields that somebody has to decide about."""
    return open_clashes(_written(Same(state.journal.kept)), state.journal.verdicts, customer)


def doubtful(state: State) -> frozenset[str]:
    """The customers with a field to decide about."""
    told = {one.body.customer_id for one in _written(Same(state.journal.kept)) if _clashed(state, one)}
    there = (customer_of(state, customer_id) for customer_id in told)
    return frozenset(each.id for each in there if each is not None and clashes_of(state, each))


def undecided(state: State) -> frozenset[str]:
    """The digests of what was written about customers and is still to be decided."""
    return _undecided(_written(Same(state.journal.kept)), state.journal.verdicts, _by_id(Same(customers(state))))


def unsent(state: State) -> frozenset[str]:
    """The customers with an edit that the OMS has said nothing about."""
    verdicts = state.journal.verdicts
    return frozenset(one.body.customer_id for one in _written(Same(state.journal.kept)) if one.digest not in verdicts)


def remark(state: State, customer_id: str) -> str:
    """What the OMS said to the newest edit of a customer, where a person has to know it and no field says it."""
    kinds = {VerdictKind.ATTENTION, VerdictKind.REFUSED, VerdictKind.CONFLICT}
    theirs = [one for one in _written(Same(state.journal.kept)) if one.body.customer_id == customer_id]
    said = state.journal.verdicts.get(theirs[-1].digest) if theirs else None
    return said.why if said and said.kind in kinds and not said.clashes else ""


def _clashed(state: State, written: Written) -> bool:
    verdict = state.journal.verdicts.get(written.digest)
    return verdict is not None and bool(verdict.clashes)


def _waiting(state: State) -> tuple[CustomerChanged, ...]:
    journal = state.journal
    return _unsettled(Same(journal.kept), Same(journal.verdicts), state.people.customers_revision)


# Remembered, because every keystroke asks, and there may be ten thousand customers and as many entries.


@lru_cache(maxsize=2)
def _written(kept: Same) -> tuple[Written, ...]:
    return tuple(Written(one.digest, one.body) for one in kept.only if isinstance(one.body, CustomerChanged))


@lru_cache(maxsize=2)
def _unsettled(kept: Same, verdicts: Same, revision: int) -> tuple[CustomerChanged, ...]:
    return unsettled(_written(kept), verdicts.only, revision)


@lru_cache(maxsize=2)
def _customers(known: Same, waiting: tuple[CustomerChanged, ...]) -> tuple[Customer, ...]:
    return joined(known.only, waiting)


@lru_cache(maxsize=2)
def _by_id(known: Same) -> dict[str, Customer]:
    return {each.id: each for each in known.only}


@lru_cache(maxsize=2)
def _texts(known: Same) -> tuple[tuple[str, Customer], ...]:
    return tuple((f"{each.name} {each.phone}".casefold(), each) for each in known.only)


@lru_cache(maxsize=8)
def _found(known: Same, text: str) -> tuple[Customer, ...]:
    words = _words(text)
    return tuple(each for there, each in _texts(known) if all(word in there for word in words))


def _words(text: str) -> list[str]:
    """What has to be found: words, or a phone number however it is typed."""
    number = plain_phone(text)
    return [number] if number.isdecimal() else text.split()
