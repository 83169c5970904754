"""A till that hangs, while it starts or with money taken: the page ends it and starts another one by itself."""

from playwright.sync_api import expect

from e2e.drafts import writes_its_draft
from e2e.store import Store
from e2e.test_crash import half_is_paid, the_rest_is_paid
from e2e.test_shell import HANG, NOTICED, restarts, worker_of
from e2e.till import Till

HANGS_ONCE = """(() => {
    const real = fetch;
    globalThis.hung = false;
    globalThis.fetch = (asked, ...rest) => {
        if (hung || !/\\/till\\.\\w+\\.py$/.test(String(asked))) return real(asked, ...rest);
        hung = true;
        return Promise.resolve(new Response("while True: pass"));
    };
})()"""
SLOW, LONGEST = 25_000, 200_000
"""Milliseconds after which a start is called slow, and after which it is given up."""


def test_a_till_that_hangs_with_money_taken_comes_back_with_it(store: Store, warm_till: Till) -> None:
    """A card was charged for a part when the till stopped answering: that money is still counted, and counted once."""
    due = half_is_paid(warm_till)

    worker_of(warm_till, "till").evaluate(HANG)
    restarts(warm_till, NOTICED["silence"])
    warm_till.page.get_by_role("button", name="Continue sale").click()

    the_rest_is_paid(store, warm_till, due)


def test_a_till_that_hangs_while_it_starts_is_started_again(warm_till: Till) -> None:
    """Nobody presses "Start again" at night: a register that hung at its start has to be there in the morning."""
    with writes_its_draft(warm_till):
        warm_till.adds("Brown Bread")
    warm_till.page.add_init_script(HANGS_ONCE)
    warm_till.page.clock.install()

    warm_till.reloads()
    warm_till.page.wait_for_function("hung")
    warm_till.page.clock.fast_forward(SLOW)
    expect(warm_till.page.get_by_text("The register takes long to start.")).to_be_visible()
    warm_till.page.clock.fast_forward(LONGEST)

    restarts(warm_till, 10_000)
    assert len(warm_till.page.workers) <= 2, "the one that hung is gone, and its memory with it"
    expect(warm_till.page.get_by_role("button", name="Continue sale")).to_be_visible()
