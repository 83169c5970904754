"""The button of an X or Z report: to the receipt printer where there is one, else by the page."""

from dataclasses import replace

import pytest

from app.till.slices.printing import Printing
from tests.till.ui.page import by_id, drawn
from tests.till.ui.stage_printing import GONE, PRINTER, READY
from tests.till.ui.stages import STAGE


@pytest.mark.parametrize(
    ("printing", "does", "page"), [(None, "print", False), (READY, None, False), (GONE, None, True)]
)
@pytest.mark.parametrize("stage", ["shift-x", "shift-z"])
def test_a_report_goes_where_this_register_prints(
    stage: str, printing: Printing | None, does: str | None, page: bool
) -> None:
    """A drawer is counted at the counter, where the office's printer is far; one that is gone has a way around it."""
    state = STAGE[stage]()
    html = drawn(replace(state, preferences=PRINTER, printing=printing) if printing else state)

    assert does == by_id(html, "print-report").attrs.get("data-do")
    assert page == any(node.id == "print-page" and node.attrs.get("data-do") == "print" for node in html.walk())
