"""The first visit of a browser: what it asks for, and in which order, until somebody can sell."""

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from app.sync.protocol import API
from e2e import profiles
from e2e.conftest import TillMaker
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till

WITHOUT_LATER = """
    const real = setTimeout;
    window.setTimeout = (act, delay, ...values) => delay === 5000 ? 0 : real(act, delay, ...values);
"""
"""On a slow machine the till would be up for the five seconds that the page waits for whoever does not sign in."""
WITHOUT_PAUSES = """
    const real = setTimeout;
    window.setTimeout = (act, delay, ...values) => {
        const isShort = [1000, 4000, 9000].includes(delay);
        if (isShort) sessionStorage.pauses = `${sessionStorage.pauses ?? ""} ${delay}`.trim();
        return real(act, isShort ? 0 : delay, ...values);
    };
"""
"""The first pauses between two tries are written down and left out; the next one is long enough to look."""
PAUSED = "pauses => [...new Set((sessionStorage.pauses ?? '').split(' '))].join(' ') === pauses"
"""Both workers are waited for, each with the same pauses."""
KEPT = "caches.keys().then(names => names.sort())"


def test_a_first_visit_brings_each_file_once_and_keeps_the_app_when_somebody_can_sell(
    browser_type: BrowserType, tmp_path: Path, store: Store
) -> None:
    """Two workers and the service worker need the same files; digesting them all beside the start makes people wait."""
    line = Line(store)
    till = Till(browser_type, tmp_path / "profile", line.address)
    till.opens(profiles.EMPTY_PAGE)
    till.context.add_init_script(WITHOUT_LATER)
    till.page.goto(line.address)
    till.becomes_ready_for_offline()
    till.page.wait_for_function("navigator.serviceWorker.controller")  # what is older is gone then
    kept = till.page.evaluate(KEPT)
    till.closes()
    line.closes()

    asked = Counter(request for request in line.seen if request.startswith("GET /assets/"))
    assert {} == {request: times for request, times in asked.items() if times > 1}
    assert any(request.startswith("GET /assets/snapshot.") for request in asked)
    assert line.seen.index(f"POST {API}/registers/enrol") < line.seen.index("GET /service-worker.js")
    assert [] == [name for name in kept if name == "store-os-early"], "it goes when the whole app is kept"
    assert any(name.startswith("store-os-") for name in kept)


@pytest.mark.parametrize("part", ["core.js", "py-game-*.js"])
def test_a_file_of_the_runtime_that_does_not_come_is_asked_for_again(
    store: Store, new_till: TillMaker, part: str
) -> None:
    """A shop's line breaks for a moment, while a register is set up: it comes up without anybody at it."""
    till = new_till(store.address).opens(profiles.EMPTY_PAGE)
    till.context.route(f"**/{part}", lambda route: route.abort(), times=1)

    till.page.goto(store.address)

    till.is_ready_to_sign_in()


def test_a_file_of_the_runtime_that_never_comes_is_asked_for_ever_more_rarely(
    store: Store, new_till: TillMaker
) -> None:
    """A page that is loaded anew and anew cannot be read, and loads a server that is just coming back."""
    till = new_till(store.address).opens(profiles.EMPTY_PAGE)
    till.context.route("**/py-game-*.js", lambda route: route.abort())
    till.context.add_init_script(WITHOUT_PAUSES)

    till.page.goto(store.address)

    till.page.wait_for_function(PAUSED, arg="1000 4000 9000")
    expect(till.page.get_by_role("button", name="Start again")).to_be_visible()
