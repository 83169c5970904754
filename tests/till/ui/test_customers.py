"""Customers on the screen: how many are drawn, what is marked, and what a person is told."""

from dataclasses import replace

import pytest

from app.domain.customer import Customer
from app.sync.mode import Mode
from app.sync.protocol import VerdictKind
from app.till.slices.customers import Customers
from app.till.state import Screen, State
from tests.conftest import customer
from tests.till.ui.page import by_id, drawn, named
from tests.till.ui.stage import verdict
from tests.till.ui.stage_customers import corrections, with_customers
from tests.till.ui.stage_modes import in_mode
from tests.till.ui.stages import stage_page


def listing(*known: Customer) -> State:
    """The list of a store with these customers."""
    shown = with_customers(Screen.CUSTOMERS)
    return replace(shown, people=replace(shown.people, customers=known))


def test_fifty_are_drawn_and_all_are_counted() -> None:
    """A list of ten thousand is not read, it is searched; but nobody may think that the others are gone."""
    page = drawn(listing(*(customer(f"c{n}", name=f"Buyer {n:03}") for n in range(60))))
    rows = [node for node in named(page, "button", "Buyer") if node.id.endswith("-open")]

    assert (50, True) == (len(rows), "The first 50 of 60 customers." in by_id(page, "main").text)


def test_a_row_says_what_waits() -> None:
    """Not sent yet, or changed on both sides: both are seen in the list, in words."""
    page = stage_page("customers")

    assert [True, True] == [
        word in by_id(page, row).text for row, word in (("customer-c2", "Needs attention"), ("customer-c3", "Pending"))
    ]


def test_a_clash_names_both_sides() -> None:
    """Who decides has to see what they decide between."""
    words = by_id(stage_page("customer-clash"), "clash-phone").text

    assert words.startswith("Phone: here 9800000000, in the back office 9845010281")


def test_a_possible_double_is_told_on_the_page() -> None:
    """The OMS kept both; somebody who knows the customer can say whether it is one person."""
    journal = corrections()
    why = "K. Rao has the same phone number, so this may be the same person. Both customers are kept."
    journal = replace(journal, verdicts={**journal.verdicts, **verdict(2, VerdictKind.ATTENTION, why)})
    shown = replace(with_customers(Screen.CUSTOMER, journal=journal), customers=Customers(opened="c3"))

    assert why == by_id(drawn(shown), "customer-remark").text


@pytest.mark.parametrize("wanted", [Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND])
def test_the_camera_waits_offline_with_its_reason(wanted: Mode) -> None:
    """S16: disabled, and the reason stands beside it, also where the browser has no camera."""
    page = drawn(in_mode(with_customers(Screen.CUSTOMERS), wanted))
    button = by_id(page, "customers-camera")

    assert ("disabled" in button.attrs, True) == (
        True,
        by_id(page, button.attrs["aria-describedby"] or "").text.startswith("Scanning cards: Not available"),
    )


def test_a_number_that_nobody_has_is_in_the_form_already() -> None:
    """The cashier has just typed it."""
    assert "9900000000" == by_id(stage_page("customer-none"), "customer-phone").attrs["value"]
