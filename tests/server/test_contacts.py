"""Who called when: known to every server of a store, and never a reason to wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from server.oms import contacts
from server.oms.oms import Oms, wire
from server.oms.secrets import Secrets
from tests.conftest import NOW


@pytest.fixture
def other(oms: Oms, keys: Secrets) -> Iterator[Oms]:
    """Another server of the same store."""
    opened = wire(oms.settings, keys)
    yield opened
    opened.close()


def called(oms: Oms, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Register R1 calls a server at a time."""
    monkeypatch.setattr(contacts, "now", lambda: NOW + timedelta(minutes=minutes))
    oms.contacts.saw("R1")


def minutes(oms: Oms) -> dict[str, float]:
    """When a server last heard of each register."""
    with oms.database.read() as session:
        return {name: (at - NOW) / timedelta(minutes=1) for name, at in oms.contacts.seen(session).items()}


def test_a_call_to_one_server_is_known_to_the_other(oms: Oms, other: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A till that talks to one of two would stand as dead with the other, and somebody would walk there."""
    called(oms, monkeypatch, 5)
    oms.contacts.write()

    assert {"R1": 5} == minutes(other)


def test_the_newest_call_counts(oms: Oms, other: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers write down in any order what they heard."""
    called(oms, monkeypatch, 5)
    called(other, monkeypatch, 9)
    other.contacts.write()
    oms.contacts.write()

    assert ({"R1": 9}, {"R1": 9}) == (minutes(oms), minutes(other))


def test_a_call_waits_for_no_writer(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign of life that stands behind an import looks like a dead server to the till."""
    with oms.database.write():
        called(oms, monkeypatch, 5)

        assert {"R1": 5} == minutes(oms)


def test_a_server_that_stops_has_written_down_who_called(oms: Oms, other: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update nobody wants to read that all registers were last heard of yesterday."""
    other.contacts.start()
    called(other, monkeypatch, 5)
    other.contacts.stop()

    assert {"R1": 5} == minutes(oms)
