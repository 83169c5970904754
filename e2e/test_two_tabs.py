"""One till per register: a second tab says so, and after a take-over the first cannot write."""

from playwright.sync_api import expect

from e2e.store import Store
from e2e.test_shell import CRASH, worker_of
from e2e.till import Till

NOTHING_COMES = "void (globalThis.fetch = () => new Promise(() => {}))"


def test_a_second_tab_says_so_and_takes_over(store: Store, warm_till: Till) -> None:
    """Two tabs that both sell would give one number twice: the second asks first, and then the first stops."""
    first = warm_till.page
    second = warm_till.context.new_page()
    second.goto(warm_till.address)
    use_here = second.get_by_role("button", name="Use here")
    expect(use_here).to_be_visible()

    use_here.click()

    expect(second.get_by_role("heading", name="Sign in")).to_be_visible(timeout=60_000)
    expect(first.get_by_role("searchbox", name="Search products")).to_have_count(0)
    expect(first.get_by_role("button", name="Use here")).to_be_visible()
    warm_till.works_in(second)
    warm_till.signs_in_again("Asha")
    warm_till.is_online()
    number = warm_till.sells("Brown Bread")
    assert [order["number"] for order in store.has_orders(1)] == [number]


def test_a_tab_that_lost_the_register_while_its_till_starts_again_takes_it_back(warm_till: Till) -> None:
    """What is drawn of a till that died takes no presses; the sentence with its button stands in the same place."""
    first, second = warm_till.page, warm_till.context.new_page()
    first.evaluate(NOTHING_COMES)
    worker_of(warm_till, "till").evaluate(CRASH)
    expect(first.get_by_text("The register stopped and is started again.")).to_be_visible()
    second.goto(warm_till.address)
    second.get_by_role("button", name="Use here").click()
    expect(first.get_by_role("heading", name="Another tab is selling now")).to_be_visible()

    first.get_by_role("button", name="Use here").click()

    expect(second.get_by_role("heading", name="Another tab is selling now")).to_be_visible()
