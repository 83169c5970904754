"""How soon a register hears of a change of the back office, by the courier's own clock (O1, P1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import cast

import pytest

from app.courier.courier import step
from app.courier.leasing import NEVER
from app.courier.memory import World
from app.courier.oms import Failure, Oms, Unreachable
from app.courier.pulling import PEOPLE
from app.sync.blob import CHANGES, unpack
from app.sync.entry import Unreadable
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import ChangesPage, Manifest, Pong, Series, SettingsChange, read
from app.sync.status import Registered, Synced
from tests.conftest import settings
from tests.fakes.register import Register, at_once
from tests.sync.test_golden import GOLDEN

HERE = Registered(
    enrolment="e", store="DS01", register="R1", token="t", key_id="",
    series=Series(invoice="A", credit_note="C", training="T"),
)  # fmt: skip
OFF = SettingsChange(id="DS01", revision=91, value=settings(offline_mode=False))


@dataclass
class Store:
    """An OMS with one change, once it was made; `broken` answers to the next changes fail."""

    revision: int = 90
    broken: int = 0
    asked: list[int] = field(default_factory=list)

    def ping(self, token: str, nonce: str) -> Pong | Failure:
        del token
        return Pong(nonce=nonce, time=datetime.now(UTC), epoch="1", revision=self.revision)

    def manifest(self, token: str) -> Manifest | Failure:
        del token
        manifest = read(Manifest, (GOLDEN / "manifest-1.json").read_bytes())
        assert isinstance(manifest, Manifest)
        return manifest

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage | Failure:
        del token, datasets, most
        self.asked.append(cursor)
        if self.broken:
            self.broken -= 1
            return Unreachable("in trouble", 503)
        return ChangesPage(changes=(OFF,), cursor=self.revision, more=False)


@pytest.fixture
def register() -> Register:
    """Up to date with the OMS, its image included."""
    register = Register("http://nowhere.invalid")
    register.keys.keys[register.keys.opened] = bytes(32)
    register.memory.registered, register.memory.lease_at = HERE, NEVER
    register.memory.synced = Synced(complete=True, cursor=90, whole=PEOPLE)
    manifest = Store().manifest("t")
    assert isinstance(manifest, Manifest)
    register.memory.image_sha256 = manifest.image.sha256
    return register


def seconds_until_it_is_here(register: Register, store: Store) -> float:
    """Let the courier work, and rest as long as it does, until the change lies on the shelf."""
    world: World = replace(register.world, oms=cast("Oms", store))
    began = register.timer.at
    while not register.stores.pages and register.timer.at - began < 600:
        if at_once(step(world, register.memory)).value == "rest":
            register.timer.at += 0.5
    return register.timer.at - began


def told(register: Register) -> list[bool]:
    """What the till reads about the feature."""
    parts = [unpack(page, CHANGES) for page in register.stores.pages]
    plain = [at_once(register.keys.unseal(part)) for part in parts if not isinstance(part, Unreadable)]
    changes = [change for each in plain if isinstance(each, bytes) for change in CHANGE_LIST.validate_json(each)]
    return [each.value.offline_mode for each in changes if isinstance(each, SettingsChange) and each.value]


def test_a_switch_is_here_seconds_after_the_next_probe(register: Register) -> None:
    """O1, P1: every probe, each two seconds, tells the newest revision; what is behind it is read at once."""
    store = Store()
    while at_once(step(replace(register.world, oms=cast("Oms", store)), register.memory)).value != "rest":
        pass

    store.revision = 91
    seconds = seconds_until_it_is_here(register, store)

    assert [False] == told(register)
    assert seconds <= 5


def test_a_switch_is_here_within_a_minute_of_an_oms_that_recovers(register: Register) -> None:
    """However often reading has failed, the pauses between two tries end at a minute."""
    store = Store(revision=91, broken=12)
    world = replace(register.world, oms=cast("Oms", store))
    while store.broken:
        if at_once(step(world, register.memory)).value == "rest":
            register.timer.at += 0.5

    assert seconds_until_it_is_here(register, store) <= 60


def test_in_offline_mode_by_hand_nothing_is_read(register: Register) -> None:
    """S17: it lasts until Turn Off, and then the register hears what was changed meanwhile."""
    store = Store(revision=91)
    register.memory.manual = True
    waited = seconds_until_it_is_here(register, store)

    register.memory.manual = False

    assert (600, []) == (waited, store.asked)
    assert seconds_until_it_is_here(register, store) <= 5
