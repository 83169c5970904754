"""A till for a test, put away after it."""

from collections.abc import Iterator

import pytest

from tests.till.till import Till


@pytest.fixture
def till() -> Iterator[Till]:
    """A register that is enrolled, synced and has a folder; nobody has signed in yet."""
    till = Till()
    yield till
    till.close()
    assert "report" not in till.device.disk.local, till.device.disk.local["report"]  # a bug that the screen survived


@pytest.fixture
def selling(till: Till) -> Till:
    """The same, with Asha at the till."""
    return till.signs_in()


@pytest.fixture
def kurta(selling: Till) -> Till:
    """One kurta in the cart."""
    return selling.picks()


@pytest.fixture
def listing(selling: Till) -> Till:
    """The list is open; the back office has Meera at revision 4."""
    selling.office_says_of_meera(40)
    return selling.says("ScreenOpened", screen="customers")


@pytest.fixture
def buying(listing: Till) -> Till:
    """The dialog at checkout is open."""
    return listing.says("ScreenOpened", screen="sell").picks().says("CheckoutOpened").says("CustomerAsked")
