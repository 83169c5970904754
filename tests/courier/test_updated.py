"""A register that was updated: what it has passed over until now it reads from the beginning, and stays ready."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from app.courier.courier import view
from app.courier.oms import Oms, Unreachable
from app.courier.pulling import PEOPLE, pull_changes, unread
from app.sync.protocol import ChangesPage, Dataset, PromotionChange
from app.sync.status import Synced
from tests.conftest import promotion
from tests.fakes.register import Register, at_once

FORMER = tuple(dataset for dataset in PEOPLE if dataset is not Dataset.PROMOTIONS)
PAGE = (PromotionChange(id="sale", revision=3, value=promotion()),)


@dataclass
class Answers:
    """An OMS that answers with these pages, one after the other, and remembers what it was asked."""

    pages: list[ChangesPage | Unreachable]
    asked: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage | Unreachable:
        del token, most
        self.asked.append((cursor, tuple(datasets)))
        return self.pages.pop(0)


@pytest.fixture
def register() -> Register:
    """Complete up to the OMS's newest change, by a release that knew no promotions."""
    register = Register("http://nowhere.invalid")
    register.keys.keys[register.keys.opened] = bytes(32)
    register.memory.synced = Synced(complete=True, cursor=90, whole=FORMER)
    register.memory.revision = 90
    return register


def reads(register: Register, *pages: ChangesPage | Unreachable) -> Answers:
    oms = Answers(list(pages))
    for _ in pages:
        at_once(pull_changes(replace(register.world, oms=cast("Oms", oms)), register.memory))
    return oms


def test_what_is_new_to_it_is_due(register: Register) -> None:
    """The OMS has nothing newer: still there is something to read."""
    assert view(register.world, register.memory).changes_due


def test_only_what_is_new_to_it_is_read_from_the_beginning(register: Register) -> None:
    """Forty thousand customers are here already."""
    first, last = ChangesPage(changes=PAGE, cursor=3, more=True), ChangesPage(changes=(), cursor=90, more=False)
    oms = reads(register, first, last)

    assert [(0, ("promotions",)), (3, ("promotions",))] == oms.asked


def test_afterwards_it_goes_on_from_where_it_was(register: Register) -> None:
    """Nothing is missed meanwhile, and nothing is read a third time."""
    reads(register, ChangesPage(changes=PAGE, cursor=90, more=False))

    assert (90, True, ()) == (
        register.memory.synced.cursor, register.memory.synced.complete, unread(register.memory.synced)
    )  # fmt: skip


def test_it_stays_ready_for_an_outage(register: Register) -> None:
    """An update must never take the shop's offline mode away, not even for a minute."""
    oms = reads(register, Unreachable("The server is away."))

    assert [(0, ("promotions",))] == oms.asked
    assert (True, 90) == (register.memory.synced.complete, register.memory.synced.cursor)
