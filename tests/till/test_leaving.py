"""Who leaves a register is told what waits in it: nothing looks as if all were done, and nothing is lost by going."""

from dataclasses import replace

import pytest

from app.sync.status import Link
from app.till.state import State
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn
from tests.till.ui.stages import STAGE


def said(state: State) -> list[str]:
    """What the sign-in says of what was left behind, by the ids of its notes."""
    return [node.id for node in drawn(state).walk() if node.id in {"left-to-send", "left-open"}]


def test_who_signs_out_is_told_what_waits(selling: Till) -> None:
    """The last one of the evening closes the browser, and nothing of this is sent before it is opened again."""
    selling.picks().pays().says("SaleLeft").picks().pays().says("SaleLeft").picks()
    selling.says("SignedOut")
    page = drawn(selling.state)

    assert by_id(page, "left-to-send").text.startswith("Not sent yet: 2 sales. Safe here, and sent while this page is")
    assert by_id(page, "left-open").text.startswith("Not finished: 1 sale. Kept here, and offered to whoever signs in")


def test_where_nothing_waits_nothing_is_said(selling: Till) -> None:
    """A sentence that always stands there is read by nobody."""
    selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    selling.says("SignedOut")

    assert [] == said(selling.state)


def test_it_goes_when_it_is_sent(selling: Till) -> None:
    """Somebody waits before the sign-in until the register is done."""
    selling.picks().pays().says("SaleLeft").says("SignedOut")
    before = said(selling.state)
    selling.is_judged()

    assert (["left-to-send"], []) == (before, said(selling.state))


def test_what_is_no_sale_waits_too(selling: Till) -> None:
    """Cash that was counted is money, too."""
    selling.says("ShiftBegun", amount="1000")
    selling.says("SignedOut")

    assert "1 entry" in by_id(drawn(selling.state), "left-to-send").text


def test_a_register_that_is_out_of_service_promises_nothing(selling: Till) -> None:
    """It will not be sent, however long the page is open: the banner says what to do."""
    selling.picks().pays().says("SaleLeft").says("SignedOut")
    selling.link_is(Link.REVOKED)
    selling.hears("status")

    assert [] == said(selling.state)


def holds(state: State) -> bool:
    """Whether the page asks the browser to ask before it closes."""
    return any("data-unsaved" in node.attrs for node in drawn(state).walk())


def test_a_sale_on_its_way_to_the_disk_holds_the_page() -> None:
    """The one moment in which going would leave somebody in doubt."""
    shown = STAGE["checkout"]()
    assert shown.checkout is not None

    assert holds(replace(shown, checkout=replace(shown.checkout, saving=True)))


@pytest.mark.parametrize("stage", ["checkout", "sell", "saved", "sign-in-left"])
def test_nothing_else_holds_it(stage: str) -> None:
    """Who is asked at each going stops reading the question; what is saved is safe."""
    assert not holds(STAGE[stage]())
