"""Paper, drawer and POS settings (T3, T11, O6): a receipt printer that takes bytes, paper as long as it has to be."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till
from tests.domain.printer import Printer

PRINTER = """
    (() => {
        const kept = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
        window.cable = { fed: [], asked: 0 };
        const device = {
            productName: "TM-T20", opened: false,
            configuration: { interfaces: [{ interfaceNumber: 0, alternates: [{ interfaceClass: 7, endpoints: [
                { direction: "in", type: "bulk", endpointNumber: 2 },
                { direction: "out", type: "bulk", endpointNumber: 1 },
            ] }] }] },
            open: async () => { if (kept("stuck")) throw new DOMException("busy", "NetworkError"); },
            close: async () => {},
            forget: async () => localStorage.removeItem("granted"),
            claimInterface: async () => {},
            transferOut: async (end, bytes) => (window.cable.fed.push(...bytes), { status: "ok" }),
        };
        const usb = {
            getDevices: async () => (kept("granted") && !kept("unplugged") ? [device] : []),
            requestDevice: async () => {
                if (kept("closed")) throw new DOMException("nothing chosen", "NotFoundError");
                localStorage.setItem("granted", "1");
                return device;
            },
        };
        Object.defineProperty(navigator, "usb", { value: usb });
        window.print = () => window.cable.asked++;
    })();
"""
"""A receipt printer as WebUSB shows it: headless Chromium has neither the dialog nor a device. It is granted, unplugged
or stuck as the test says, over a restart too; what it takes is kept."""
LISTENS_LATE = r"""(() => {
    const real = fetch;
    const wait = "while not js.performance.getEntriesByName('settings and folder seen').length: await sleep(0.01)";
    const late = (text) => text.replace("sync.started =", `from asyncio import sleep\n${wait}\nsync.started =`);
    globalThis.fetch = async (asked, ...rest) => {
        const answer = await real(asked, ...rest);
        return /\/till\.\w+\.py$/.test(String(asked)) ? new Response(late(await answer.text())) : answer;
    };
})();"""
"""The page listens to the till only once that has read its settings, as on a busy machine."""


@pytest.fixture(scope="module")
def till(browser_type: BrowserType, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """A till whose browser can be granted a printer; shared by the tests of this file, in their order."""
    opened = Till(browser_type, tmp_path_factory.mktemp("printing"), store.address).opens()
    opened.context.add_init_script(PRINTER)
    opened.reloads()
    opened.becomes_ready_for_offline()
    yield opened
    opened.closes()


def cable_is(till: Till, **state: bool) -> None:
    """Set what the printer is: granted, unplugged, stuck, or its dialog closed."""
    for name, is_so in state.items():
        till.page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, "1" if is_so else "null"])


def came_out(till: Till) -> Printer:
    """Take what the printer has taken since the last look."""
    till.page.wait_for_function("cable.fed.length")
    fed = till.page.evaluate("cable.fed.splice(0)")
    return Printer(48).reads(bytes(fed))


def nothing_came_out(till: Till) -> bool:
    return bool(till.page.evaluate("cable.fed.length") == 0)


def prefers(till: Till, **choices: str) -> None:
    till.goes_to("Settings")
    for label, value in choices.items():
        till.page.get_by_role("combobox", name=label.replace("_", " ")).select_option(value)


def switches(till: Till, name: str) -> None:
    till.goes_to("Settings")
    switch = till.page.get_by_role("switch", name=name)
    before = switch.get_attribute("aria-checked")
    switch.click()
    expect(switch).not_to_have_attribute("aria-checked", before or "")


def sells(till: Till) -> str:
    """Sell a loaf of bread for cash; the invoice stays on the screen."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    return till.is_saved(offline=None)


def paper_of(till: Till) -> tuple[float, float]:
    """Width and height in millimetres of the first page that the browser would print, and no page but that."""
    pdf = till.page.pdf(prefer_css_page_size=True)
    (box,) = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf))
    assert 1 == len(re.findall(rb"/Type\s*/Page\b", pdf))
    return round(float(box[0]) * 25.4 / 72), round(float(box[1]) * 25.4 / 72)


def item_number(store: Store, number: str) -> str:
    """What the server's own books say that the thing of an invoice is called by its maker."""
    store.waits_for("/orders", lambda found: [one for one in found["orders"] if one["number"] == number])
    with closing(sqlite3.connect(store.data / "store-os.db")) as database:
        (sold,) = database.execute("SELECT value FROM orders WHERE number = ?", (number,)).fetchone()
        line = json.loads(sold)["lines"][0]
        (known,) = database.execute("SELECT value FROM records WHERE id = ?", (line["product_id"],)).fetchone()
    (variant,) = [one for one in json.loads(known)["variants"] if one["id"] == line["variant_id"]]
    return str(variant["item_number"])


def test_o06_the_settings_stand_beside_the_connection(till: Till) -> None:
    """One page for what is set up once; both sizes, no sideways scrolling."""
    till.goes_to("Settings")

    expect(till.page.get_by_role("heading", name="POS settings")).to_be_visible()
    assert looks_wrong(till, "pos-settings") == []


@pytest.mark.parametrize(("paper", "width"), [("58", 58), ("80", 80)])
def test_t03_a_strip_is_as_wide_as_its_paper_and_as_long_as_the_receipt(till: Till, paper: str, width: int) -> None:
    """Half a metre of empty paper a sale is a roll a day; a line cut off is no invoice."""
    prefers(till, Paper=paper)
    sells(till)
    assert looks_wrong(till, f"saved-{paper}") == []

    for _ in range(2):  # the second time the paper is measured with the label of the reprint, as the PDF below has it
        till.page.get_by_role("button", name="Print invoice").click()
        expect(till.invoice.get_by_text("Reprint")).to_be_visible()
    wide, high = paper_of(till)

    assert (width, True) == (wide, 60 < high < 320)


@pytest.mark.parametrize(("paper", "size"), [("a5", (148, 210)), ("a4", (210, 297))])
def test_t03_a_sheet_is_its_own_size(till: Till, paper: str, size: tuple[int, int]) -> None:
    """Whatever the browser's dialog was set to last."""
    prefers(till, Paper=paper)
    sells(till)
    till.page.get_by_role("button", name="Print invoice").click()

    assert size == paper_of(till)


def test_t03_a_printer_that_is_refused_is_said(till: Till) -> None:
    """The dialog was closed: nothing changed, and one may try again."""
    cable_is(till, closed=True)
    till.goes_to("Settings")
    till.page.get_by_role("button", name="USB printer").click()
    expect(till.page.locator("#printer-problem")).to_contain_text("No printer was chosen.")
    cable_is(till, closed=False)


def test_t03_a_receipt_printer_is_granted_once(till: Till) -> None:
    """It is called by its name, and prints a test with Hindi, which it has no letters for."""
    prefers(till, Paper="80")
    till.page.get_by_role("button", name="USB printer").click()
    expect(till.page.get_by_text("TM-T20")).to_be_visible()
    till.page.get_by_role("button", name="Print a test").click()
    out = came_out(till)

    assert ("Test print" in out.paper, 1) == (True, len(out.pictures))
    assert any(out.pictures[0])
    expect(till.page.get_by_text("connected")).to_be_visible()


def test_t03_a_sale_prints_itself_and_opens_the_drawer(till: Till) -> None:
    """What arrives at the end of the cable is this very invoice, and the pulse for the drawer."""
    switches(till, "Print after each sale")
    switches(till, "Open the drawer for cash")
    number = sells(till)
    out = came_out(till)

    assert (True, 1, 1) == (number in out.paper, out.kicks, out.cuts)
    assert "Reprint" not in out.paper


def test_t03_the_next_paper_is_a_reprint(till: Till) -> None:
    """On the paper, and in the journal, which the back office gets."""
    till.page.get_by_role("button", name="Print invoice").click()

    assert "Reprint\n" in came_out(till).paper


def test_t03_a_printer_that_is_stuck_stops_no_sale(till: Till) -> None:
    """The sale is saved, the reason is told, the browser prints instead, and the next sale goes on."""
    cable_is(till, stuck=True)
    number = sells(till)
    expect(till.page.locator("#print-problem")).to_contain_text("did not answer (NetworkError)")
    assert looks_wrong(till, "saved-stuck") == []
    asked = till.page.evaluate("cable.asked")
    till.page.get_by_role("button", name="Print with the browser").click()
    till.page.wait_for_function("before => cable.asked > before", arg=asked)
    cable_is(till, stuck=False)

    assert nothing_came_out(till)
    assert number != sells(till)
    assert 1 == came_out(till).cuts


def test_t03_the_drawer_opens_without_a_sale_only_with_a_reason(till: Till) -> None:
    """It is written down before it opens, and stands in the shift's report."""
    till.goes_to("Shift")
    till.page.get_by_role("textbox", name="Opening float").fill("500")
    till.page.get_by_role("button", name="Open shift").click()
    till.page.get_by_role("button", name="Open drawer").click()
    expect(till.page.locator("#drawer-problem")).to_contain_text("Type why")
    assert nothing_came_out(till)
    till.page.get_by_role("textbox", name="Why").fill("Change for a customer")
    till.page.get_by_role("button", name="Open drawer").click()

    assert 1 == came_out(till).kicks
    expect(till.page.get_by_role("main")).to_contain_text("Drawer opened without a sale")
    assert looks_wrong(till, "shift-drawer") == []


def test_t11_a_receipt_is_found_by_item_number_and_printed_from_the_list(store: Store, till: Till) -> None:
    """Somebody brings back the bread, without the paper: its code finds the sale."""
    till.goes_to("Orders")
    number = till.page.get_by_role("table", name="Orders").get_by_role("rowheader").first.inner_text()
    till.scans(item_number(store, number))
    expect(till.page.get_by_role("searchbox", name="Search orders")).not_to_have_value("")
    till.page.get_by_role("button", name=f"Print {number}").click()

    assert "Reprint" in came_out(till).paper
    till.page.get_by_role("button", name=number, exact=True).click()
    expect(till.invoice).to_contain_text("Reprint 2")  # it stands in the journal, and the browser may be closed


def test_t11_after_a_restart_a_reprint_still_says_so(till: Till) -> None:
    """With the browser closed in between, and the printer known again without a question, however slowly it starts."""
    till.closes()
    till.opens()
    till.context.add_init_script(PRINTER + LISTENS_LATE)
    till.reloads()
    till.signs_in()
    expect(till.page.locator("#trouble")).to_be_empty()
    till.goes_to("Orders")
    till.page.get_by_role("button", name=re.compile("^Print ")).first.click()

    assert re.search(r"Reprint 2\n", came_out(till).paper)


def test_o06_quick_buttons_stand_above_the_products(till: Till) -> None:
    """One tap sells what is sold all day long."""
    till.goes_to("Settings")
    till.page.get_by_role("searchbox", name="Add a product").fill("Brown Bread")
    till.page.get_by_role("button", name=re.compile("^Add Brown Bread")).first.click()
    till.goes_to("Sell")
    quick = till.page.get_by_role("group", name="Quick buttons").get_by_role("button", name=re.compile("Brown Bread"))
    before = till.count
    quick.click()
    till.page.wait_for_function("n => document.querySelector('#cart').innerText.includes(`${n} item`)", arg=before + 1)

    assert looks_wrong(till, "sell-quick") == []


def test_o06_a_register_offers_its_own_payment_methods_and_no_delivery(till: Till) -> None:
    """A counter without a card terminal, in the order in which people pay there."""
    till.goes_to("Settings")
    till.page.get_by_role("checkbox", name="Card Swipe at Store").uncheck(force=True)
    methods = till.page.get_by_role("list", name="Payment methods").get_by_role("listitem")
    names = methods.all_inner_texts()
    for place in range(names.index("UPI at Store"), 0, -1):
        till.page.get_by_role("button", name="Move UPI at Store up").click()
        expect(methods.nth(place - 1)).to_contain_text("UPI at Store")
    switches(till, "Offer Delivery")
    till.goes_to("Sell")
    till.checks_out()
    payment = till.page.get_by_role("group", name="Payment")

    expect(payment.get_by_role("radio", name=re.compile("Card Swipe"))).to_have_count(0)
    expect(payment.get_by_role("radio").first).to_have_attribute("id", "tender-upi")
    expect(till.page.get_by_role("radio", name="Delivery")).to_be_disabled()


def test_t03_the_back_office_hears_of_reprints_and_of_the_drawer(store: Store, till: Till) -> None:
    """Who opened it, and why, is seen where nobody at the counter can change it."""
    till.is_online()
    (shift,) = store.waits_for("/shifts", lambda found: [one for one in found["shifts"] if one["drawer"]])

    assert [("Change for a customer", "Asha")] == [(each["reason"], each["staff_name"]) for each in shift["drawer"]]
