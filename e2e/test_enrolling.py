"""A browser on another machine becomes a register with a one-time code from the back office, and only with one."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Page, expect

from e2e.store import Store
from e2e.till import Till

NAME = "shop.test"


@pytest.fixture
def stranger(store: Store, browser_type: BrowserType, tmp_path: Path) -> Till:
    """A browser that knows the host by a name of the network, as on any other machine of the shop."""
    address = f"http://{NAME}:{store.port}"
    # By https this would be a secure address; a certificate for the test is left out, and the browser told so.
    secure = (f"--host-resolver-rules=MAP {NAME} 127.0.0.1", f"--unsafely-treat-insecure-origin-as-secure={address}")
    return Till(browser_type, tmp_path / "profile", address, arguments=secure)


def types_a_code(page: Page, code: str) -> None:
    page.get_by_role("textbox", name="Enrolment code").fill(code)
    page.get_by_role("button", name="Set up").click()


def test_another_machine_needs_a_code_that_was_not_used(store: Store, stranger: Till) -> None:
    """Whoever finds the address in the network must not become a till of the shop."""
    code = store.gives_a_code("R7")
    page = stranger.opens().page
    expect(page.get_by_role("heading", name="Set up this register")).to_be_visible(timeout=60_000)

    types_a_code(page, "0000-0000-0000")
    expect(page.locator("#enrol-problem")).to_contain_text("code", ignore_case=True, timeout=20_000)
    types_a_code(page, code)
    stranger.signs_in("Asha")

    expect(page.locator("#header")).to_contain_text("R7")
    stranger.closes()
