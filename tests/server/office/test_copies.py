"""A register that exists twice, as the back office sees it."""

import pytest

from app.sync.lease import LeaseRequest
from server.oms.leases import renew
from server.oms.oms import Oms
from tests.server.browser import Browser
from tests.server.office.office import Office, trail


@pytest.fixture
def copied(oms: Oms, register: Browser) -> Browser:
    """R1 went on, and a copy of it has heard so."""
    with oms.database.write() as session:
        for number, name in enumerate(("one", "two")):
            renew(session, "R1", LeaseRequest(count=number, previous="one" if number else "", next=name))
        renew(session, "R1", LeaseRequest(count=1, previous="one", next="other", copied=True))
    return register


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("page", ["attention", "registers", "registers/R1"])
def test_a_register_that_exists_twice_is_said(viewer: Office, page: str) -> None:
    """Somebody has copied a till: that is found on the list of what needs a person, and where registers are."""
    assert "xists twice" in viewer.opens(page)


@pytest.mark.usefixtures("copied")
def test_it_leads_to_the_register(viewer: Office) -> None:
    """There it is enrolled anew; no order is meant."""
    assert 'href="/office/registers/R1"' in viewer.opens("attention", kind="copied")


@pytest.mark.usefixtures("copied")
def test_once_settled_it_is_said_no_more(oms: Oms, manager: Office) -> None:
    """The mark goes with what was settled; the audit keeps both."""
    listed = manager.opens("attention", kind="copied")
    [path] = {part.split('"')[0] for part in listed.split('action="/office/')[1:] if part.startswith("attention/")}

    manager.sends(path)

    assert ("xists twice" not in manager.opens("registers"), ["register copied", "settle"]) == (
        True,
        [each[1] for each in trail(oms) if each[2] == "registers/R1"],
    )
