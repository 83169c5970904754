"""Who may sell: a PIN, and a wait after five wrong ones that no reload takes away."""

from playwright.sync_api import expect

from e2e.conftest import TillMaker
from e2e.store import Store
from e2e.test_pruning import LOCAL

COUNTED = f"""async () => (await ({LOCAL})("pin_waits")).includes('"wrong":5')"""


def test_five_wrong_pins_wait_and_a_reload_does_not_help(store: Store, new_till: TillMaker) -> None:
    """Four digits are quickly tried out by somebody who may try as often as they like."""
    till = new_till(store.address).opens()
    till.is_ready_to_sign_in()
    till.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")  # the wait is over sooner than a first visit
    main = till.page.get_by_role("main")
    for left in ("4 tries are", "3 tries are", "2 tries are", "One try is"):
        till.signs_in("Asha", pin="9999")
        expect(main).to_contain_text(f"{left} left")
    till.signs_in("Asha", pin="9999")
    waiting = till.page.get_by_role("timer")
    expect(waiting).to_contain_text("s")

    till.page.wait_for_function(COUNTED)
    till.reloads()
    till.is_ready_to_sign_in()
    till.page.get_by_role("button", name="Asha").click()

    expect(till.page.get_by_role("timer")).to_contain_text("s")
    expect(till.page.get_by_role("button", name="Sign in", exact=True)).to_be_disabled()
