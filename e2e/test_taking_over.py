"""A new version takes its place when the person says so, whatever the old one is doing; on a site of a few files."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import test_service_worker as files
from e2e.test_service_worker import PUBLIC, Quiet, chromium
from server.dist.assets import Assets
from server.dist.make import write_service_worker

__all__ = ["chromium"]  # a fixture
PAGE = """<!doctype html><title>x</title><p data-idle>{words}</p><div id="update" hidden></div>
<script type="module">
  import * as versions from "{updating}";
  window.versions = versions;
  versions.keepUpdated();
</script>"""
HANGS = threading.Event()
"""Set at the end: until then no picture is answered."""


class Hanging(Quiet):
    """A line on which pictures never come."""

    def do_GET(self) -> None:  # noqa: N802 -- the name is the library's
        if self.path.startswith("/pictures/"):
            HANGS.wait()
        super().do_GET()


class Site(files.Site):
    """A site with the page's own code for its versions; a picture is waited for half a second."""

    def publishes(self, words: str) -> None:
        assets = Assets(self.folder)
        assets.put("updating.js", (PUBLIC / "updating.js").read_bytes())
        page = PAGE.format(words=words, updating=assets.addresses["updating.js"])
        (self.folder / "index.html").write_text(page)
        write_service_worker(self.folder, PUBLIC)
        worker, whole = self.folder / "service-worker.js", self.folder / "whole.js"
        whole.write_text(worker.read_text().replace("PATIENCE = 10_000", "PATIENCE = 500"))
        whole.replace(worker)  # at once: the browser may just look


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that was published once."""
    monkeypatch.setattr(files, "Quiet", Hanging)
    HANGS.clear()
    site = Site(tmp_path / "site")
    site.publishes("first")
    yield site
    HANGS.set()
    site.goes_away()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """The site's page, run by the first version, and a second one that waits."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    yield page
    context.close()


def published(site: Site, page: Page) -> None:
    """Put a second version up, and wait until it is offered."""
    site.publishes("second")
    page.evaluate("navigator.serviceWorker.ready.then(found => found.update()).then(() => 1)")
    page.wait_for_function("!document.getElementById('update').hidden")


def test_it_takes_over_and_the_page_is_loaded_anew(site: Site, page: Page) -> None:
    """One press, and the new version is there."""
    published(site, page)
    page.evaluate("versions.update()")

    expect(page.locator("p")).to_have_text("second")


def test_a_picture_that_never_comes_does_not_hold_it_up(site: Site, page: Page) -> None:
    """An old version is not replaced in the middle of its work: a request that hangs held it in place for minutes."""
    published(site, page)
    page.evaluate("document.body.append(Object.assign(new Image(), { src: '/pictures/ab.webp' }))")
    page.wait_for_timeout(100)
    page.evaluate("versions.update()")

    expect(page.locator("p")).to_have_text("second", timeout=60_000)


def test_an_old_version_that_is_just_waking_up_gives_way(site: Site, page: Page) -> None:
    """The browser tells it to go only while it runs; seen once in 300 kills, and the button did nothing then."""
    published(site, page)
    devtools, versions = page.context.new_cdp_session(page), dict[str, str]()
    told = "ServiceWorker.workerVersionUpdated"
    devtools.on(told, lambda event: versions.update({each["versionId"]: each["status"] for each in event["versions"]}))
    devtools.send("ServiceWorker.enable")
    page.evaluate("setInterval(() => fetch('/api/ping').catch(() => 1), 1000)")
    while "activated" not in versions.values():
        page.evaluate("1")
    [old] = [version for version, status in versions.items() if status == "activated"]
    devtools.send("ServiceWorker.stopWorker", {"versionId": old})
    page.evaluate("fetch('/api/ping').catch(() => 1); versions.update()")

    expect(page.locator("p")).to_have_text("second", timeout=60_000)


def test_a_tab_that_waits_is_loaded_anew_too(site: Site, page: Page) -> None:
    """Its files are not kept any more: it would show nothing at the moment when it is to sell."""
    other = page.context.new_page()
    other.goto(site.address)
    published(site, page)
    page.evaluate("versions.update()")

    expect(other.locator("p")).to_have_text("second")


def test_a_first_version_that_did_not_come_whole_is_tried_again(chromium: Browser, site: Site) -> None:
    """Else a register that was set up on a bad line could not be opened in the first outage."""
    page, more = chromium.new_page(), site.folder / "assets" / "more.js"
    page.clock.install()
    more.write_text("")
    write_service_worker(site.folder, PUBLIC)
    more.unlink()
    page.goto(site.address)
    page.evaluate(
        """() => navigator.serviceWorker.register('/service-worker.js').then(({ installing }) => installing &&
            new Promise(done => installing.addEventListener('statechange', () => done(installing.state))))"""
    )
    more.write_text("")
    page.clock.fast_forward(61_000)

    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.close()
