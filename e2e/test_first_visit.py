"""The first visit of a browser: what it asks for, and in which order, until somebody can sell."""

from collections import Counter
from pathlib import Path

from playwright.sync_api import BrowserType

from app.sync.protocol import API
from e2e import profiles
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till

WITHOUT_LATER = """
    const real = setTimeout;
    window.setTimeout = (act, delay, ...values) => delay === 5000 ? 0 : real(act, delay, ...values);
"""
"""On a slow machine the till would be up for the five seconds that the page waits for whoever does not sign in."""
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
