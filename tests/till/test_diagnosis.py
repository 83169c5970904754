"""The file for support: enough to help, and nothing about anybody: every text that the till holds is looked for."""

import json
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from app.domain.money import format_plain
from app.sync.bodies import Sale
from app.sync.protocol import CustomerChange
from tests.conftest import customer
from tests.till.till import REGISTERED, SALT, Till, people_changes

MEERA = customer(
    "c9",
    name="Meera Iyer",
    phone="9876543210",
    email="meera@example.in",
    gstin="29ABCDE1234F1ZW",
    address="4 Church Street, Bengaluru",
)
HERE = REGISTERED.model_copy(update={"token": "token-4711", "enrolment": "enrolment-77"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
HARMLESS = {"", "DS01", "R1", "cash", "card", "upi", "link", "INR", "Asia/Kolkata", "en-IN", "standard", "manager"}
"""What the till holds and anybody may read: codes of the store, and words of our own."""
SHORTEST = 4
"""Shorter texts, such as "29" or "PCS", name nobody."""


def texts(value: object) -> Iterator[str]:
    """Every text and every amount in data of ours, however deep."""
    if isinstance(value, BaseModel):
        yield from texts(value.model_dump(mode="json"))
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def secrets(till: Till) -> set[str]:
    """All that the file must not hold: people, sales with their numbers and sums, tokens, keys, digests."""
    state = till.state
    sales = [body.order for body in till.bodies() if isinstance(body, Sale)]
    held = {*texts([MEERA, *state.people.customers, *state.people.staff, *sales, HERE.series])}
    held |= {*texts(state.people.settings.seller if state.people.settings else None)}
    held |= {HERE.enrolment, HERE.token, HERE.key_id, SALT}
    held |= {text for order in sales for text in sums(order.totals.total)}
    held |= {kept.digest for kept in state.journal.kept} | {kept.header.id for kept in state.journal.kept}
    held |= {state.connection.folder_name, *(draft.parked_as or "" for draft in state.parking.parked)}
    return {text for text in held if len(text) >= SHORTEST and not DAY.match(text)} - HARMLESS


def sums(minor: int) -> tuple[str, str]:
    return str(minor), format_plain(minor)


def found(text: str, till: Till) -> set[str]:
    """Which of the secrets stand in a file."""
    return {secret for secret in secrets(till) if secret in text}


@pytest.fixture
def full(selling: Till) -> Till:
    """A till with people, sales online and offline, a parked sale, an open one, a bug, and a courier's bug."""
    selling.device.shelf.records["registered"] = HERE.model_dump_json()
    selling.hears("status")
    selling.gets([*people_changes(), CustomerChange(id="c9", revision=60, value=MEERA)])
    selling.hears("changes")
    selling.picks().pays("card", reference="RRN-4211-7788")
    selling.goes_offline()
    selling.says("ScreenOpened", screen="sell").picks().pays("upi", reference="UTR-99817755")
    selling.comes_back()
    selling.says("ScreenOpened", screen="sell")
    selling.picks().says("ParkAsked").says("SaleParked", name="Meera with the blue bag")
    selling.says("SearchTyped", value="what somebody typed")
    selling.device.shelf.records["report"] = "courier/pulling.py:1 pull\nKeyError"
    return selling.says("ScreenOpened", screen="status")


def given(till: Till) -> str:
    till.says("DiagnosticsAsked")
    [(name, (kind, data))] = till.device.page.files.items()
    assert ("application/json", True) == (kind, name.startswith("store-os-diagnostics-DS01-R1-"))
    return data.decode()


def test_nothing_about_anybody_is_in_it(full: Till) -> None:
    """It goes by mail to people who have no business with a shop's customers and sums."""
    text = given(full)

    assert set() == found(text, full)
    assert "what somebody typed" not in text
    assert not {"RRN-4211-7788", "UTR-99817755"} & set(text.split('"'))


@pytest.mark.parametrize(
    "leak",
    ["Meera Iyer", "9876543210", "DS01A2627-00001", "49950", "499.50", "Asha", "29ABCDE1234F1ZW", SALT, HERE.token],
)
def test_the_search_would_find_what_leaked(full: Till, leak: str) -> None:
    """A test that looks for the wrong things would be green for ever."""
    leaking = json.loads(given(full)) | {"extra": [{"deep": f"x {leak} y"}]}

    assert leak in found(json.dumps(leaking), full)


def test_it_says_what_support_asks_first(full: Till) -> None:
    """Which version, which mode, how much is here, how old, and what waits."""
    told = json.loads(given(full))

    assert ("R1", "online", 2) == (told["register"], told["line"]["mode"], told["journal"]["opened"]["sale"])
    assert (4, 1, 4) == (told["journal"]["waiting"], told["journal"]["parked"], told["journal"]["entries"])
    assert (True, True) == (told["switches"]["offline_mode"], told["data"]["here"]["products"] > 0)
    assert ("Python 3.14, Pyodide 314", 10**7) == (told["versions"]["runtime"], told["storage"]["used_bytes"])
    assert ["courier/pulling.py:1 pull", "KeyError"] == told["last_bug_of_the_courier"]


def test_the_tills_last_bug_is_in_it_by_place_and_kind(full: Till) -> None:
    """Where it happened, without the values that were there."""
    full.says("NoSuchEvent", name="Meera Iyer")

    told = json.loads(given(full.says("ScreenOpened", screen="status")))

    assert ["the page said something: it names no event of the page"] == told["last_bug"]
    full.device.disk.local.pop("report")


def test_nobody_signed_in_gets_no_file(till: Till) -> None:
    """The till stands in a public room."""
    till.says("DiagnosticsAsked")

    assert {} == till.device.page.files
