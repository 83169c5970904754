"""What a start believes of the line: an outage goes on until the OMS answers; that it was up has to be said anew."""

import pytest

from app.courier.probing import judged, say
from app.sync.link import Answered, NoConnection
from app.sync.status import Link, LinkStatus
from tests.courier.test_features import HERE
from tests.fakes.register import Register, at_once

OUTAGES = {Link.NO_SERVER: True, Link.NO_NETWORK: False}
"""And whether the browser thinks that there is a network."""


def started(after: Link) -> Register:
    register = Register("http://nowhere.invalid")
    register.keys.keys[""] = bytes(32)
    register.stores.records |= {
        "registered": HERE.model_dump_json(),
        "link": LinkStatus(link=after).model_dump_json(),
    }
    return register.starts()


@pytest.mark.parametrize("link", OUTAGES)
def test_an_outage_goes_on_over_a_start(link: Link) -> None:
    """Forgotten at the first failed probe, the banner went for a moment, and the word that the line is back."""
    register = started(link)
    judged(register.world, register.memory, NoConnection(network=OUTAGES[link]))
    at_once(say(register.world, register.memory))

    assert link is LinkStatus.model_validate_json(register.stores.records["link"]).link


@pytest.mark.parametrize("link", OUTAGES)
def test_one_answer_ends_it(link: Link) -> None:
    """Nothing has failed since the start: there is nothing to be careful about."""
    register = started(link)
    judged(register.world, register.memory, Answered(offset_seconds=0))

    assert Link.UP is register.memory.link.link


def test_a_line_that_was_up_is_asked() -> None:
    """The register was closed in between: what it knew may be years old."""
    assert Link.UNKNOWN is started(Link.UP).memory.link.link
