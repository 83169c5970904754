"""What the page does by itself: it starts a dead worker again, hears a scanner, and finds the way by keys."""

import pytest
from playwright.sync_api import Worker, expect

from e2e.drafts import writes_its_draft
from e2e.till import Till
from server.demo.products import make_products, opening_stock

RESTART = 60_000
"""Milliseconds until what was started again stands, on a slow machine."""
NOTICED = {"crash": 10_000, "silence": 25_000}
"""Milliseconds until the page has seen that the till is dead, and says so: seconds, also where it only hangs."""
COURIER_NOTICED = {"crash": 10_000, "silence": 50_000}
"""Of the courier more, for a request that is under way keeps it silent."""
CRASH = "() => { setTimeout(() => { throw new Error('crash') }) }"
HANG = "() => { setTimeout(() => { for (;;); }) }"
AT_ONCE = """codes => {
    const at = performance.now();
    codes.flat().forEach((key, number) => {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: at + number });
        document.body.dispatchEvent(event);
    });
}"""
"""A key each millisecond, also where the machine pauses between two of them."""
IN_TWO_PLACES = """code => {
    const at = performance.now();
    const press = (key, number) => {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: at + number });
        const field = document.activeElement;
        if (!field.dispatchEvent(event)) return;
        field.value += key;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    document.querySelector("[type=search]").focus();
    [...code].forEach((key, number) => {
        if (number === 4) document.body.append(Object.assign(document.createElement("input"), { id: "later" }));
        if (number === 4) document.getElementById("later").focus();
        press(key, number);
    });
    press("Enter", code.length);
}"""
"""A code whose first four keys go to one field, and the others to one that comes meanwhile."""
FAULTS = {"crash": CRASH, "silence": HANG}


def worker_of(till: Till, ours: str) -> Worker:
    """Find the worker of the till or of the courier: only the courier ever asks the server for anything."""
    asked = "() => performance.getEntriesByType('resource').some(entry => entry.name.includes('/api/'))"
    return next(worker for worker in till.page.workers if worker.evaluate(asked) == (ours == "courier"))


def says(till: Till, sentence: str, within: int) -> None:
    """The page has noticed, and tells it; read and put away, or the next test would find it."""
    notice = till.page.locator("#notices")
    expect(notice.get_by_text(sentence)).to_be_visible(timeout=within)
    notice.get_by_role("button", name="OK").click()


def restarts(till: Till, within: int) -> None:
    """The till stands again, asks who is there, and offers the open sale."""
    says(till, "The register stopped and is started again.", within)
    till.is_ready_to_sign_in(within=RESTART)
    till.signs_in_again("Asha")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_dead_till_is_started_again(fault: str, warm_till: Till) -> None:
    """Nobody at a counter knows how to mend a tab: the page has to notice, say so, and bring the cart back."""
    with writes_its_draft(warm_till):
        warm_till.adds("Brown Bread")
    total = warm_till.total

    worker_of(warm_till, "till").evaluate(FAULTS[fault])
    restarts(warm_till, NOTICED[fault])
    warm_till.page.get_by_role("button", name="Continue sale").click()

    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", str(total))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_dead_courier_is_started_again(fault: str, warm_till: Till) -> None:
    """Sales would pile up in silence, on a register that looks as if all were well; meanwhile it sells."""
    worker_of(warm_till, "courier").evaluate(FAULTS[fault])
    number = warm_till.sells("Brown Bread", offline=None)

    says(warm_till, "Syncing stopped and is started again.", COURIER_NOTICED[fault])
    expect(warm_till.order_row(number)).to_contain_text("Synced", timeout=RESTART)
    warm_till.goes_to("Sell")


def test_a_scanner_is_heard_wherever_the_focus_is(warm_till: Till) -> None:
    """The cashier scans without looking where the cursor stands; the code must not stay in the search."""
    product = next(each for each in make_products({}) if each.variants[0].barcode and len(each.variants) == 1)
    warm_till.page.get_by_role("searchbox", name="Search products").press_sequentially("bre", delay=80)

    warm_till.scans(str(product.variants[0].barcode))

    expect(warm_till.page.get_by_role("region", name="Cart")).to_contain_text(product.name)
    expect(warm_till.page.get_by_role("searchbox", name="Search products")).to_have_value("bre")


def test_two_codes_without_a_pause_are_two_lines(warm_till: Till) -> None:
    """A quick hand or a scanner that stored them: read as one long code, neither would be found."""
    everything = make_products({})
    stock = opening_stock(everything)
    goods = [each for each in everything if each.variants[0].barcode and len(each.variants) == 1 and not each.weighed]
    first, second = [each for each in goods if stock[each.variants[0].id] > 1][1:3]  # the test before took the first

    warm_till.page.evaluate(AT_ONCE, [[*str(each.variants[0].barcode), "Enter"] for each in (first, second)])

    expect(warm_till.page.get_by_role("region", name="Cart")).to_contain_text(first.name)
    expect(warm_till.page.get_by_role("region", name="Cart")).to_contain_text(second.name)


def test_a_dialog_that_opens_in_the_middle_of_a_code_keeps_none_of_it(warm_till: Till) -> None:
    """What a scanner types goes to whatever has the focus, and that may change between two keys."""
    warm_till.goes_to("Customers")
    field = warm_till.page.get_by_role("searchbox", name="Search customers")
    field.fill("Me")
    code = str(next(each for each in make_products({}) if each.variants[0].barcode).variants[0].barcode)

    warm_till.page.evaluate(IN_TWO_PLACES, code)

    expect(field).to_have_value("Me")
    assert "" == warm_till.page.evaluate("document.activeElement.value")
    warm_till.page.evaluate("document.activeElement.remove()")
    warm_till.goes_to("Sell")


def test_arrows_move_in_the_grid(warm_till: Till) -> None:
    """Everything can be done without a mouse."""
    warm_till.searches("")
    expect(warm_till.products).to_have_count(30)
    warm_till.products.first.focus()

    warm_till.page.keyboard.press("ArrowRight")

    expect(warm_till.products.nth(1)).to_be_focused()


def test_typing_goes_to_the_search(warm_till: Till) -> None:
    """Who starts to type a name means the search, also after a tap on a product."""
    warm_till.products.first.focus()

    warm_till.page.keyboard.press("b")

    expect(warm_till.page.get_by_role("searchbox", name="Search products")).to_be_focused()
    expect(warm_till.page.get_by_role("searchbox", name="Search products")).to_have_value("b")


def test_what_the_page_says_is_not_printed(warm_till: Till) -> None:
    """An invoice is a paper for years; that syncing was started again is no part of it."""
    said, update = warm_till.page.locator("#notices .notice"), warm_till.page.locator("#update")
    warm_till.page.evaluate("dispatchEvent(new Event('unhandledrejection'))")
    update.evaluate("element => { element.hidden = false; }")
    expect(said).to_be_visible()
    expect(update).to_be_visible()

    warm_till.page.emulate_media(media="print")

    expect(said).to_be_hidden()
    expect(update).to_be_hidden()
    warm_till.page.emulate_media(media="screen")
    update.evaluate("element => { element.hidden = true; }")  # it would lie over the button
    said.get_by_role("button", name="OK").click()
