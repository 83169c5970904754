"""Going to the checkout and away from it, and naming who buys."""

from collections.abc import Mapping

from playwright.sync_api import expect

from e2e.till import Till

MEERA = {"Name": "Meera Iyer", "Address": "4 Church Street"}


def names_the_buyer(till: Till, fields: Mapping[str, str] = MEERA) -> None:
    """Fill in the customer dialog that is open."""
    dialog = till.page.get_by_role("dialog", name="Customer")
    for name, value in fields.items():
        dialog.get_by_role("textbox", name=name, exact=True).fill(value)
    dialog.get_by_role("combobox", name="State").select_option("29")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def begins_a_sale(till: Till) -> None:
    """Go to the checkout with a loaf of bread."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.checks_out()


def gives_up(till: Till) -> None:
    """Leave nothing behind for the next test."""
    till.page.get_by_role("button", name="Back").click()
    till.page.locator("#empty-cart-ask").click()
    till.page.get_by_role("button", name="Empty cart").click()
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")
