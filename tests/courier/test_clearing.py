"""The courier follows a reset once: what can be fetched again goes, the rest stays, and everything comes again (T6)."""

import pytest

from app.courier.courier import hear, look, remember, view
from app.courier.errands import Errand, next_errand
from app.courier.leasing import NEVER
from app.sync.history import Did
from app.sync.link import LinkState
from app.sync.status import Link, Registered, Synced
from app.till.ports import StoredImage
from tests.conftest import NOW
from tests.courier.test_features import HERE
from tests.fakes.register import Register, at_once


@pytest.fixture
def register() -> Register:
    """Registered, synced, with an image, a page of changes, a picture and a verdict."""
    register = Register("http://nowhere.invalid")
    stores = register.stores
    register.keys.keys[""] = bytes(32)
    stores.records |= {"registered": HERE.model_dump_json(), "epoch": '{"epoch":"1"}', "report": "a bug"}
    stores.records["synced"] = Synced(complete=True, cursor=90).model_dump_json()
    stores.stored, stores.made_at, stores.pages = StoredImage("a" * 64, 7, b"image"), NOW, [b"page"]
    stores.journal, stores.verdicts = {1: b"line", 2: b"waits"}, {"d1": (1, "{}")}
    register.pictures.pictures["b" * 64] = b"RIFF"
    register.starts()
    register.memory.link, register.memory.lease_at = LinkState(link=Link.UP, ever=True), NEVER
    return register


def wishes(register: Register, reset_id: str = "r1") -> Register:
    register.stores.settings["reset"] = reset_id
    at_once(hear(register.world, register.memory, "local"))
    return register


def test_what_can_be_fetched_again_is_gone(register: Register) -> None:
    """Image, changes, pictures, and the last bug."""
    stores = wishes(register).stores

    assert (None, [], {}) == (stores.stored, stores.pages, register.pictures.pictures)
    assert {"registered", "epoch", "reset", "history", "sending", "link"} >= stores.records.keys()


def test_what_the_register_is_stays(register: Register) -> None:
    """Journal, verdicts, keys and enrolment are no cache."""
    before = dict(register.stores.journal), dict(register.stores.verdicts), register.stores.records["registered"]

    wishes(register)

    stores = register.stores
    assert before == (stores.journal, stores.verdicts, stores.records["registered"])
    assert (2,) == register.memory.waiting
    assert isinstance(register.memory.registered, Registered)


def test_everything_is_fetched_again_after_what_waits_was_sent(register: Register) -> None:
    """Sales go out before anything comes in, then the manifest, from the beginning."""
    memory = wishes(register).memory
    memory.probe_at = register.timer.at + 60
    sends = next_errand(view(register.world, memory))
    memory.waiting = ()

    assert (Errand.PUSH, Errand.MANIFEST) == (sends, next_errand(view(register.world, memory)))
    assert (Synced(), "", 0) == (memory.synced, memory.image_sha256, memory.image_cursor)


def test_a_wish_is_followed_once(register: Register) -> None:
    """The wish stays written down; every start reads it again."""
    wishes(register)
    register.stores.pages = [b"new"]

    at_once(look(register.world, register.memory))
    register.starts()

    assert [b"new"] == register.stores.pages
    assert [Did.CLEARED] == [item.did for item in register.memory.history.items]


def test_a_crash_before_the_end_is_made_good_at_the_next_start(register: Register) -> None:
    """The pictures were gone, the rest was not: the wish is still unfollowed."""
    register.stores.settings["reset"] = "r1"
    at_once(register.pictures.clear())

    register.memory = at_once(remember(register.world))

    assert (None, "r1") == (register.stores.stored, register.stores.records["reset"])


def test_the_till_hears_of_it(register: Register) -> None:
    """It waits for that to load the page anew."""
    assert "status" in wishes(register).channel.said
