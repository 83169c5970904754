"""The back office as the person in front of it sees it."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from e2e.store import Store


@dataclass
class BackOffice:
    """One browser at the desk behind the store."""

    page: Page
    store: Store

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def signs_in(self, name: str = "admin") -> "BackOffice":
        """Sign in with a password that the server has just given out."""
        password = self.store.gives_a_password(name)
        self.page.goto(f"{self.store.address}/office/")
        self.page.get_by_role("textbox", name="Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Dashboard")).to_be_visible()
        return self

    def goes_to(self, place: str) -> None:
        """Go to a place of the navigation."""
        self.page.get_by_role("navigation", name="Places").get_by_role("link", name=place, exact=True).click()

    def opens(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.store.address}/office/{path}")

    def finds(self, text: str) -> None:
        """Search in the list, and follow the first hit."""
        self.page.get_by_role("searchbox", name="Search").fill(text)
        self.page.get_by_role("button", name="Show").click()
        self.main.get_by_role("rowheader").get_by_role("link").first.click()

    def saves(self, button: str = "Save") -> None:
        """Press the button of a form, and wait until it is said to be done."""
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator(".note.green").first).to_be_visible()

    def ticks(self, name: str, *, on: bool, group: str = "") -> None:
        """Tick a box, or take the tick away."""
        place = self.page.get_by_role("group", name=group) if group else self.page
        place.get_by_role("checkbox", name=name).set_checked(on)

    def switches_offline_mode(self, *, on: bool) -> None:
        """Settings → Features → Enable POS Offline Mode."""
        self.goes_to("Settings")
        self.ticks("Enable POS Offline Mode", on=on)
        self.saves()
