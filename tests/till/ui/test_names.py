"""The names that people, scripts and screen readers rely on."""

import pytest

from tests.till.ui.page import by_id, named
from tests.till.ui.stages import stage_page

NAMES = (
    ("sign-in", "heading", "Sign in"),
    ("sign-in", "button", "Asha"),
    ("sign-in", "button", "Ravi"),
    ("sign-in-pin", "textbox", "PIN"),
    ("sign-in-pin", "button", "Sign in"),
    ("enrol", "textbox", "Enrolment code"),
    ("sell", "button", "Lock"),
    ("locked", "dialog", "Locked"),
    ("locked", "textbox", "PIN"),
    ("locked", "button", "Unlock"),
    ("sell", "link", "Sell"),
    ("sell", "link", "Orders"),
    ("sell", "link", "Customers"),
    ("sell", "link", "Shift"),
    ("sell", "link", "Settings"),
    ("sell", "link", "Status"),
    ("sell", "button", "Offline ready"),
    ("sell", "button", "Online"),
    ("sell", "button", "Sync to Server"),
    ("sell", "status", "Saved on this device: 0"),
    ("orders", "status", "Saved on this device: 2"),
    ("readiness", "dialog", "Offline mode is enabled"),
    ("readiness-app", "dialog", "Preparing for offline"),
    ("readiness-app", "button", "Preparing for offline"),
    ("sell", "searchbox", "Search products"),
    ("sell", "list", "Products"),
    ("sell", "button", "Cotton Kurta"),
    ("choice", "dialog", "Choose size"),
    ("choice", "radio", "M"),
    ("choice", "radio", "Indigo"),
    ("choice", "button", "Add to cart"),
    ("weight", "textbox", "Weight in kg"),
    ("override", "textbox", "Manager’s PIN"),
    ("sell", "region", "Cart"),
    ("sell", "spinbutton", "Quantity of Cotton Kurta"),
    ("sell", "button", "Remove Cotton Kurta"),
    ("sell", "button", "Checkout"),
    ("sell-discounts", "list", "Discounts"),
    ("sell-news", "button", "Keep ₹ 499.00"),
    ("sell-news", "button", "Use ₹ 549.00"),
    ("sell", "button", "Discount for Cotton Kurta"),
    ("sell", "button", "Discount on the order"),
    ("bargain", "dialog", "Discount for Cotton Kurta"),
    ("bargain", "radio", "Per cent"),
    ("bargain", "textbox", "Per cent off"),
    ("bargain", "textbox", "Reason"),
    ("bargain", "button", "Display piece"),
    ("bargain", "button", "Apply"),
    ("bargain", "button", "Remove discount"),
    ("bargain-manager", "dialog", "Discount on the order"),
    ("bargain-manager", "textbox", "Manager’s PIN"),
    ("bargain-price", "textbox", "New price"),
    ("sell-extras", "button", "Extras for Cotton Kurta"),
    ("extras", "dialog", "Extras for Cotton Kurta"),
    ("extras", "checkbox", "Gift wrap"),
    ("sell-extras", "list", "Extras of Cotton Kurta"),
    ("orders", "button", "Return or exchange"),
    ("seeking", "dialog", "Return or exchange"),
    ("seeking", "textbox", "Number of the invoice"),
    ("seeking", "button", "Find the sale"),
    ("order", "button", "Return items"),
    ("order", "button", "Exchange"),
    ("order", "button", "Void sale"),
    ("return", "spinbutton", "How many of Cotton Kurta come back"),
    ("return", "checkbox", "Cotton Kurta is damaged"),
    ("return", "textbox", "Reason"),
    ("return", "radio", "Give the money back"),
    ("return", "radio", "Exchange"),
    ("return", "combobox", "Money goes back by"),
    ("return", "button", "Give back ₹ 499.00"),
    ("return-card", "textbox", "Reference of the refund"),
    ("return-manager", "textbox", "Manager’s PIN"),
    ("return-exchange", "button", "Choose the new items"),
    ("voiding", "dialog", "Void sale DS01A2627-00003"),
    ("voiding", "button", "Void the sale"),
    ("credit-note-saved", "heading", "Credit note saved"),
    ("credit-note-saved", "button", "Print credit note"),
    ("credit-note", "region", "Invoice"),
    ("sell-exchange", "button", "Drop exchange"),
    ("checkout", "textbox", "Coupon code"),
    ("checkout", "button", "Apply"),
    ("checkout-coupon", "button", "Remove coupon"),
    ("checkout", "group", "Fulfilment"),
    ("checkout", "radio", "Self Pickup"),
    ("checkout", "radio", "Delivery"),
    ("checkout", "button", "Customer"),
    ("customer", "dialog", "Customer"),
    ("customer", "textbox", "Name"),
    ("customer", "textbox", "Phone"),
    ("customer", "textbox", "GSTIN"),
    ("customer", "combobox", "State"),
    ("customer", "textbox", "Address"),
    ("customer", "searchbox", "Find by phone or name"),
    ("customer", "button", "Remove customer"),
    ("customer-found", "list", "Matches"),
    ("customer-found", "button", "Divya Khan"),
    ("customer-found", "button", "Scan with camera"),
    ("customers", "searchbox", "Search customers"),
    ("customers", "table", "Customers"),
    ("customers", "button", "New customer"),
    ("customers", "button", "Divya Khan"),
    ("customer-page", "textbox", "Email"),
    ("customer-page", "button", "Save"),
    ("customer-clash", "button", "Use ours"),
    ("customer-clash", "button", "Keep the back office’s"),
    ("customer", "button", "Save"),
    ("checkout", "combobox", "Sales employee"),
    ("checkout", "textbox", "Order notes"),
    ("checkout", "group", "Payment"),
    ("checkout", "radio", "Cash at Store"),
    ("checkout", "radio", "Card Swipe at Store"),
    ("checkout", "radio", "UPI at Store"),
    ("checkout", "textbox", "Amount received"),
    ("checkout-card", "textbox", "Reference"),
    ("checkout", "button", "Complete sale"),
    ("checkout-upi", "img", "UPI code for ₹\N{NO-BREAK SPACE}1,297.00"),
    ("saved", "heading", "Sale saved"),
    ("saved-offline", "status", "Sale saved locally — will sync when online."),
    ("saved", "region", "Invoice"),
    ("saved", "button", "Print invoice"),
    ("saved", "button", "New sale"),
    ("sync-list", "dialog", "Sync to Server"),
    ("sync-list", "table", "Orders to sync"),
    ("sync-list", "checkbox", "Select all"),
    ("sync-list", "checkbox", "Choose DS01A2627-00009"),
    ("sync-list", "button", "Sync to Back-Office"),
    ("sync-list", "button", "CSV Export"),
    ("orders", "table", "Orders"),
    ("orders", "searchbox", "Search orders"),
    ("orders", "combobox", "State"),
    ("orders", "combobox", "Employee"),
    ("orders", "combobox", "Tender"),
    ("order", "button", "Correct"),
    ("order", "button", "Print invoice"),
    ("order-failed", "button", "Send again"),
    ("correcting", "dialog", "Correct the order"),
    ("correcting", "textbox", "Name"),
    ("correcting", "textbox", "Reason"),
    ("correcting", "textbox", "Manager’s PIN"),
    ("correcting", "button", "Save correction"),
    ("order", "region", "Invoice"),
    ("sell", "button", "Park sale"),
    ("park", "dialog", "Park sale"),
    ("park", "textbox", "Name"),
    ("parked", "button", "Parked sales: 2"),
    ("parked-list", "dialog", "Parked sales"),
    ("parked-list", "list", "Parked sales"),
    ("parked-list", "button", "Resume Meera, blue kurta"),
    ("parked-list", "button", "Discard Meera, blue kurta"),
    ("shift-none", "textbox", "Opening float"),
    ("shift-none", "button", "Open shift"),
    ("shift", "radio", "Cash in"),
    ("shift", "radio", "Cash out"),
    ("shift", "textbox", "Reason"),
    ("shift", "button", "X report"),
    ("shift", "button", "Count and close"),
    ("shift", "table", "Shifts"),
    ("shift-count", "textbox", "₹ 500"),
    ("shift-count", "button", "Close shift"),
    ("shift-cash-out", "textbox", "Manager’s PIN"),
    ("shift-x", "heading", "X report"),
    ("shift-z", "heading", "Z report 1"),
    ("shift-z", "button", "Print report"),
    ("settings", "combobox", "Language"),
    ("settings", "combobox", "Paper"),
    ("settings", "button", "USB printer"),
    ("settings", "button", "Serial printer"),
    ("settings", "switch", "Print after each sale"),
    ("settings", "switch", "Open the drawer for cash"),
    ("settings", "switch", "Offer Delivery"),
    ("settings", "combobox", "A checkout begins with"),
    ("settings", "checkbox", "Cash at Store"),
    ("pos-settings", "button", "Move UPI at Store up"),
    ("pos-settings", "combobox", "Copies"),
    ("pos-settings", "button", "Print a test"),
    ("pos-settings", "searchbox", "Add a product"),
    ("pos-settings", "button", "Add Cotton Kurta"),
    ("pos-settings", "button", "Remove Linen Shirt, Mandarin Collar"),
    ("sell-quick", "group", "Quick buttons"),
    ("saved-58", "button", "Print invoice"),
    ("saved-stuck", "button", "Print with the browser"),
    ("shift-drawer", "textbox", "Why"),
    ("shift-drawer", "button", "Open drawer"),
    ("orders", "button", "Print DS01A2627-00009"),
    ("settings", "switch", "Offline Mode"),
    ("settings", "switch", "Auto-Sync"),
    ("settings", "button", "Sync now"),
    ("settings", "button", "Choose folder"),
    ("settings", "table", "Offline Sessions"),
    ("settings", "combobox", "Status"),
    ("settings", "button", "Export"),
    ("starting", "progressbar", "Loading the catalogue"),
    ("stopped", "button", "Use here"),
    ("toast", "status", "Order syncing started in background"),
)


@pytest.mark.parametrize(("stage", "role", "name"), NAMES)
def test_the_screen_has_what_others_look_for(stage: str, role: str, name: str) -> None:
    """Scripts, guides and screen readers find things by role and name; a name that changes breaks them all."""
    assert len(named(stage_page(stage), role, name)) == 1


@pytest.mark.parametrize(("stage", "name"), [("sell", "Online"), ("saved-offline", "Offline")])
def test_the_line_says_how_it_is(stage: str, name: str) -> None:
    """P2: the icon is one button, called after how the register sells."""
    assert name == by_id(stage_page(stage), "line").text


def test_total_carries_its_exact_value() -> None:
    """A check of the money must not depend on how an amount is written."""
    total = by_id(stage_page("sell"), "cart-total")

    assert "229700" == total.attrs["data-minor"]


def test_invoice_number_has_its_place() -> None:
    """Whoever compares screen, paper and OMS reads the number there."""
    assert "DS01A2627-00009" == by_id(stage_page("saved-offline"), "invoice-number").text


def test_an_offline_order_is_marked_in_the_list() -> None:
    """S14: offline orders stand in the list at once, each with its mark."""
    marked = [node for node in stage_page("orders").walk() if node.tag == "tr" and "Offline Order" in node.text]

    assert 4 == len(marked)


@pytest.mark.parametrize(
    ("order", "words"),
    [("o9", "Pending"), ("o8", "Syncing"), ("o6", "Synced"), ("o3", "Synced Needs attention"), ("o4", "Failed")],
)
def test_an_order_says_its_state_in_the_same_words_everywhere(order: str, words: str) -> None:
    """Five words for what became of an order: a sixth would be a question to the back office."""
    row = by_id(stage_page("orders"), f"order-{order}")

    assert words in row.text
