"""The tour of the guides can be walked: a step that no longer works would leave old pictures in the docs."""

from pathlib import Path

from playwright.sync_api import BrowserType

from e2e.store import Store
from e2e.till import Till
from e2e.tour import Tour, walk
from tests.test_docs import GUIDES, ROOT, pictures


def test_the_tour_takes_every_picture_of_the_guides(store: Store, browser_type: BrowserType, tmp_path: Path) -> None:
    """What a guide shows has to be reached by the steps of today's product."""
    till = Till(browser_type, tmp_path / "profile", store.address).opens()
    walk(Tour(store, till, tmp_path / "pictures"))
    till.closes()

    taken = {path.stem for path in (tmp_path / "pictures").glob("*.png")}
    assert {name for page in (*GUIDES, ROOT / "README.md") for name in pictures(page)} <= taken
