"""`?profile`: whoever finds a register slow can see which step of its start takes so long."""

import re

from playwright.sync_api import ConsoleMessage

from e2e.till import Till

LINE = re.compile(r"profile: (\d+) ms, (page|worker \d+), (.+)")
STEPS = (
    "till: worker asked for",
    "interpreter asked for",
    "memory snapshot found",
    "memory restored",
    "interpreter runs",
    "app there",
    "main script",
    "imported",
    "register taken",
    "settings and folder seen",
    "journal read",
    "catalogue open",
    "drawn: Sign in",
)
"""Of page and till, in the order in which they come; the courier starts beside them."""
SLOW_MACHINE = 60_000


def test_profile_prints_the_steps_of_a_start_in_order(warm_till: Till) -> None:
    """A start that became slow has to show where, on the machine where it is slow, without any tool."""

    found: dict[str, int] = {}

    def is_the_last(message: ConsoleMessage) -> bool:
        if (told := LINE.search(message.text)) and told[2] in {"page", "worker 1"}:
            found.setdefault(told[3], int(told[1]))
        return found.keys() >= set(STEPS)

    with warm_till.page.expect_console_message(is_the_last, timeout=SLOW_MACHINE):
        warm_till.page.goto(f"{warm_till.address}/?profile")

    ours = STEPS[:-1]  # the page draws when it comes to it
    assert sorted(ours, key=lambda step: found[step]) == list(ours)


def test_without_profile_nothing_is_printed(warm_till: Till) -> None:
    """A register is no place for an engineer's notes."""
    warm_till.page.goto(warm_till.address)
    warm_till.is_ready_to_sign_in()
    warm_till.console.clear()  # only now has a page before this one, with its own notes, nothing left to say

    warm_till.page.reload()
    warm_till.is_ready_to_sign_in()

    assert [] == [text for text in warm_till.console if "profile:" in text]
