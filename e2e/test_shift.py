"""Cash management (T8): a shift with its float, cash in and out, the blind count, X and Z report, offline too."""

from playwright.sync_api import expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till


def fills(till: Till, **fields: str) -> None:
    for label, value in fields.items():
        till.page.get_by_role("textbox", name=label.replace("_", " ").capitalize()).fill(value)


def moves_cash(till: Till, direction: str, amount: str, reason: str) -> None:
    till.page.get_by_role("radio", name=direction).check(force=True)
    fills(till, amount=amount, reason=reason)
    till.page.get_by_role("button", name="Record").click()


def counts(till: Till, **pieces: str) -> None:
    for note, many in pieces.items():
        till.page.locator(f"#pieces-{int(note[1:]) * 100}").fill(many)


def test_t08_a_shift_is_opened_with_a_float(warm_till: Till) -> None:
    """Everything that is counted later is measured by it."""
    warm_till.goes_to("Shift")
    assert looks_wrong(warm_till, "shift-none") == []

    fills(warm_till, opening_float="1000")
    warm_till.page.get_by_role("button", name="Open shift").click()

    expect(warm_till.page.get_by_role("heading", name="Shift is open")).to_be_visible()
    expect(warm_till.page.get_by_role("main")).to_contain_text("1,000.00")


def test_t08_cash_goes_in_and_out_with_a_reason(warm_till: Till) -> None:
    """Up to the limit anybody may; above it a manager's PIN is asked for."""
    moves_cash(warm_till, "Cash in", "200", "Change from the bank")
    done = warm_till.page.get_by_role("list", name="Cash in and out")
    expect(done).to_contain_text("Change from the bank")
    moves_cash(warm_till, "Cash out", "5000", "Bank deposit")
    dialog = warm_till.page.get_by_role("dialog", name="Cash out")
    expect(dialog).to_be_visible()
    wrong = looks_wrong(warm_till, "shift-cash-out")
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    dialog.get_by_role("button", name="Allow").click()

    expect(done).to_contain_text("Bank deposit")
    assert [*wrong, *looks_wrong(warm_till, "shift")] == []


def test_t08_an_x_report_changes_nothing(store: Store, warm_till: Till) -> None:
    """Sales stand in it, by tender and tax; what the drawer should hold does not, before it was counted."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.sells("Brown Bread", offline=True)
    warm_till.goes_to("Shift")
    warm_till.page.get_by_role("button", name="X report").click()
    report = warm_till.page.get_by_role("region", name="Report", exact=True)

    expect(report).to_contain_text("Cash at Store × 1")
    expect(report).not_to_contain_text("Expected")
    assert looks_wrong(warm_till, "shift-x") == []
    warm_till.page.locator("#report-back").click()
    expect(warm_till.page.get_by_role("heading", name="Shift is open")).to_be_visible()


def test_t08_the_count_is_blind_and_closes_the_shift(warm_till: Till) -> None:
    """Offline, by note and coin; only the Z report says what should have been there."""
    warm_till.page.get_by_role("button", name="Count and close").click()
    counts(warm_till, n500="1", n100="2")
    expect(warm_till.page.locator("#counted")).to_have_attribute("data-minor", "70000")
    expect(warm_till.page.get_by_role("main")).not_to_contain_text("Expected")
    wrong = looks_wrong(warm_till, "shift-count")
    warm_till.page.get_by_role("button", name="Close shift").click()

    report = warm_till.page.get_by_role("region", name="Report", exact=True)
    expect(warm_till.page.get_by_role("heading", name="Z report 1")).to_be_visible()
    expect(report).to_contain_text("Expected")
    expect(report).to_contain_text("700.00")
    assert [*wrong, *looks_wrong(warm_till, "shift-z")] == []
    for paper, width in (("a4", "210mm"), ("80", "80mm"), ("58", "58mm")):
        warm_till.page.pdf(path=f".build/screens/shift-{paper}.pdf", width=width, height="297mm")


def test_t08_a_shift_survives_a_restart_and_is_synced(store: Store, warm_till: Till) -> None:
    """The browser was closed with the OMS away; then it comes back, and the back office sees the shift."""
    warm_till.closes()
    warm_till.opens().signs_in()
    warm_till.goes_to("Shift")
    row = warm_till.page.get_by_role("table", name="Shifts").get_by_role("row").filter(has_text="Z 1")
    expect(row).to_be_visible()
    store.opens()
    warm_till.is_online()
    store.has_orders(1)

    (shift,) = store.waits_for("/shifts", lambda found: [one for one in found["shifts"] if one["closed_at"]])
    assert (1, 70_000, [20_000, -500_000]) == (
        shift["number"],
        shift["counted"],
        [move["amount"] for move in shift["moves"]],
    )
