"""Before the first sign-in: a code where one is needed, data as it comes, and a key that has to be there."""

from app.sync.status import EnrolNeed, LinkStatus
from app.till.state import Screen
from tests.till.till import IMAGE, Till, people_changes


def test_a_browser_without_a_register_asks_for_a_code() -> None:
    """Anywhere but on localhost a one-time code makes a browser a register."""
    till = Till(synced_at_first=False)
    till.device.shelf.records["link"] = LinkStatus(enrol=EnrolNeed.CODE).model_dump_json()
    till.hears("status")
    asked = till.state.screen

    till.says("CodeGiven", code=" ABCD-1234 ")

    assert (Screen.ENROL, "ABCD-1234") == (asked, till.device.disk.local["enrol_code"])
    till.close()


def test_data_comes_after_enrolment_and_then_people_sign_in() -> None:
    """The first start of all: nothing is there, then everything, without a reload."""
    till = Till(synced_at_first=False)
    screens = [till.state.screen]
    till.is_enrolled()
    till.hears("status")
    screens.append(till.state.screen)
    till.gets(people_changes())
    till.device.shelf.image = IMAGE
    till.hears("image", "changes")

    assert [Screen.STARTING, Screen.STARTING, Screen.SIGN_IN] == [*screens, till.state.screen]
    assert 4 == getattr(till.state.catalogue, "products", 0)
    till.close()


def test_a_register_without_its_key_says_so(till: Till) -> None:
    """The browser's data was wiped in part: sealing with another key would lose every sale."""
    till.device.vault.keys.clear()

    till.starts_again()

    assert (Screen.STARTING, "The key of this register is gone") == (till.state.screen, till.state.trouble[:32])
