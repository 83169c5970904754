"""A register that was taken out of service stays so over every start, until the OMS itself says otherwise."""

from app.courier.courier import view
from app.courier.errands import Errand, next_errand
from app.courier.probing import judged, say
from app.sync.link import Answered, NoConnection
from app.sync.status import Link, LinkStatus
from tests.courier.test_features import HERE
from tests.fakes.register import Register, at_once


def revoked() -> Register:
    """One that was told so, and is started again."""
    register = Register("http://nowhere.invalid")
    register.keys.keys[""] = bytes(32)
    register.stores.records |= {
        "registered": HERE.model_dump_json(),
        "link": LinkStatus(link=Link.REVOKED).model_dump_json(),
    }
    return register.starts()


def test_loading_the_page_again_without_a_network_sells_nothing() -> None:
    """Whoever stole a till would pull the plug, load the page, and have a register that takes every outage for one."""
    register = revoked()
    for _ in range(3):
        judged(register.world, register.memory, NoConnection(network=False))
        at_once(say(register.world, register.memory))

    kept = LinkStatus.model_validate_json(register.stores.records["link"])
    assert (Link.REVOKED, Link.REVOKED) == (register.memory.link.link, kept.link)


def test_nothing_is_sent_or_asked_by_it_but_whether_it_still_is() -> None:
    """Its entries go by a file; a probe finds out whether the back office has changed its mind."""
    register = revoked()
    register.stores.journal = {1: b"line"}
    register.starts()
    due = next_errand(view(register.world, register.memory))
    judged(register.world, register.memory, NoConnection())

    assert (Errand.PROBE, Errand.REST) == (due, next_errand(view(register.world, register.memory)))


def test_an_oms_that_takes_it_again_is_believed() -> None:
    """A backup of before it was revoked was restored: it is a register as before."""
    register = revoked()
    judged(register.world, register.memory, Answered(offset_seconds=0))

    assert Link.UP is register.memory.link.link
