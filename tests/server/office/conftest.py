"""People of the back office, each in a browser of their own, and quick passwords."""

import pytest
from argon2 import PasswordHasher

from server.office import people
from server.office.people import Role
from server.oms.oms import Oms
from tests.server.conftest import browser
from tests.server.office.office import Office


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password costs 64 MB and many rounds, on purpose; not a hundred times in tests."""
    monkeypatch.setattr(people, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def admin(oms: Oms) -> Office:
    return Office.sign_in(oms, browser(oms))


@pytest.fixture
def manager(oms: Oms) -> Office:
    return Office.sign_in(oms, browser(oms), Role.MANAGER)


@pytest.fixture
def viewer(oms: Oms) -> Office:
    return Office.sign_in(oms, browser(oms), Role.VIEWER)
