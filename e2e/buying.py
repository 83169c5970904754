"""Naming who buys, in the customer dialog of the checkout."""

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
