"""The door for people's input: what the page may say, and that nothing else passes or raises."""

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.till.events import CheckoutOpened, Event, PinGiven, QuantityTyped, ScreenOpened
from app.till.messages import EVENTS, LONGEST, Nonsense, parse
from app.till.state import Screen
from tests.conftest import NOW

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
FIELDS = ("value", "line", "staff_id", "pin", "screen", "product_id", "name", "at", "fresh", "kept")


def said(**message: object) -> Event | Nonsense:
    return parse(json.dumps(message), NOW, "new-id")


def test_fields_come_from_the_element() -> None:
    """What the HTML carries is text; Python makes numbers and names of it."""
    assert QuantityTyped(2, "3") == said(event="QuantityTyped", line="2", value="3")
    assert ScreenOpened(Screen.ORDERS) == said(event="ScreenOpened", screen="orders")


def test_time_and_id_are_stamped_at_the_door() -> None:
    """A page that could choose the time or the id of a sale could double one."""
    assert CheckoutOpened(NOW, "new-id") == said(event="CheckoutOpened", at="1999-01-01T00:00:00Z", fresh="mine")


def test_fields_that_nobody_asked_for_are_left_out() -> None:
    """An element carries data for others too: styles, tests, the browser's own."""
    assert PinGiven(NOW, "1111") == said(event="PinGiven", pin="1111", testid="pin", arrows="true")


@pytest.mark.parametrize("name", ["Recorded", "PinChecked", "JournalRead", "Event", "datetime", "", "__class__", None])
def test_only_events_of_the_page_pass(name: object) -> None:
    """A page that could say "recorded" would make a sale out of nothing."""
    assert isinstance(said(event=name, right=True, staff_id="s1"), Nonsense)


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", '"event"', "{", '{"event": 1e999}', "[" * 100_000, '{"event":"SearchTyped","value":"\\ud800"}'],
)
def test_what_is_no_message_is_nonsense(text: str) -> None:
    """Whatever an extension or a broken script sends, the register lives on."""
    assert isinstance(parse(text, NOW, "new-id"), Nonsense)


def test_a_message_without_end_is_not_read() -> None:
    """A megabyte pasted into the search box would stop the till for seconds."""
    assert isinstance(said(event="SearchTyped", value="x" * LONGEST), Nonsense)


def test_nonsense_does_not_repeat_what_was_typed() -> None:
    """A PIN that arrives in a broken message must not end up in a report."""
    nonsense = said(event="PinGiven", pin=[1111])

    assert isinstance(nonsense, Nonsense)
    assert "1111" not in nonsense.why


@settings(deadline=None)
@given(st.sampled_from(sorted(EVENTS)), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_hostile_fields_never_raise(name: str, fields: dict[str, object]) -> None:
    """An exception at the door would be a bug report for each cat on a keyboard."""
    event = said(**fields, event=name)

    assert isinstance(event, Nonsense | EVENTS[name])


@settings(deadline=None)
@given(st.text())
def test_hostile_text_never_raises(text: str) -> None:
    """The same for what is no JSON at all."""
    assert isinstance(parse(text, NOW, "new-id"), Event | Nonsense)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_of_the_page_can_be_said(name: str) -> None:
    """A type that pydantic cannot read would fail at the first click, in the shop."""
    usual = {"line": "0", "screen": "sell", "field": "notes", "denomination": "50000"}
    usual |= {"detail": "phone", "ours": "true"}
    usual |= {"form": "csv", "seq": "3", "position": "0", "by": "1", "exchange": "false"}
    fields = {field: usual.get(field, "x") for field in EVENTS[name].__dataclass_fields__}

    event = said(**fields, event=name)

    assert isinstance(event, EVENTS[name])
    assert isinstance(getattr(event, "at", NOW), datetime)
