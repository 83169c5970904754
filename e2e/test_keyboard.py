"""Everything without a mouse: a cashier whose hands stay on the keyboard, or who cannot use anything else."""

from playwright.sync_api import expect

from e2e.till import Till


def signs_in(till: Till) -> None:
    """A name, a PIN, and the focus is where the work is."""
    page, keys = till.page, till.page.keyboard
    page.get_by_role("button", name="Asha").focus()
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="PIN")).to_be_focused()
    keys.type("1111")
    keys.press("Enter")
    expect(page.get_by_role("searchbox", name="Search products")).to_be_focused()


def fills_the_cart(till: Till) -> None:
    """The only hit by Enter, its size by the arrows."""
    page, keys = till.page, till.page.keyboard
    keys.type("Ribbed Top Tuskar", delay=60)  # quicker, and Enter, would be a scanner
    expect(till.products).to_have_count(1)
    keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Choose size")
    expect(dialog).to_be_visible()
    keys.press("ArrowDown")
    expect(dialog.get_by_role("button", name="Add to cart")).to_be_enabled()
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#cart")).to_contain_text("1 item")


def test_a_whole_sale_by_keyboard_alone(warm_till: Till) -> None:
    """Sign in, search, size, customer, pay, next sale: not one click, or the promise is worth nothing."""
    page, keys = warm_till.page, warm_till.page.keyboard
    page.reload()
    warm_till.is_ready_to_sign_in()
    signs_in(warm_till)
    fills_the_cart(warm_till)

    keys.press("F4")
    expect(page.get_by_role("group", name="Payment")).to_be_visible()
    keys.press("F2")
    name = page.get_by_role("dialog").get_by_role("textbox", name="Name", exact=True)
    expect(name).to_be_visible()
    name.focus()
    keys.type("Meera Iyer", delay=60)  # quicker would be a scanner
    keys.press("Enter")
    expect(page.locator("#customer-facts")).to_contain_text("Meera Iyer")
    keys.press("F9")
    warm_till.is_saved(offline=None)  # the courier is just starting
    expect(page.get_by_role("button", name="New sale")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("searchbox", name="Search products")).to_be_visible()


def test_arrows_go_through_the_products(warm_till: Till) -> None:
    """Several hits and no mouse: down into the grid, along it, and Enter takes what has the focus."""
    keys = warm_till.page.keyboard
    keys.press("/")
    keys.type("ribbed top")
    expect(warm_till.products).to_have_count(3)

    keys.press("ArrowDown")  # the categories
    keys.press("ArrowDown")
    keys.press("ArrowLeft")
    keys.press("ArrowLeft")
    expect(warm_till.products.first).to_be_focused()
    keys.press("Enter")
    expect(warm_till.page.get_by_role("dialog", name="Choose size")).to_be_visible()
    keys.press("Escape")


def test_the_sheet_of_keys(warm_till: Till) -> None:
    """A key that nobody can look up is a key that nobody uses; Esc goes back from everywhere."""
    page, keys = warm_till.page, warm_till.page.keyboard
    warm_till.goes_to("Status")
    keys.press("?")
    expect(page.locator("#keys")).to_contain_text("Complete sale")

    keys.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
