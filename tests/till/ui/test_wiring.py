"""What the HTML promises: events that exist, ids that are unique, inputs that keep what was typed, nothing inline."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from app.till.events.base import Event
from app.till.messages import EVENTS
from app.till.ui.regions import REGIONS
from tests.till.ui.page import Node, name_of
from tests.till.ui.stages import STAGE, stage_page

STAMPED = {"at", "fresh"}
SENDERS = {"data-event", "data-input", "data-change", "data-submit", "data-then", "data-else", "data-close"}
ROOT = Path(__file__).resolve().parents[3]
PAGES = pytest.mark.parametrize("stage", sorted(STAGE))


def _given(node: Node, sender: str) -> set[str]:
    """The fields that an element sends with its event."""
    given = {name[5:].replace("-", "_") for name in node.attrs if name.startswith("data-")}
    if sender in {"data-input", "data-change"}:
        given.add("value")
    if sender == "data-submit":
        given |= {inner.attrs["name"] or "" for inner in node.walk() if "name" in inner.attrs}
    return given


def _needed(event: type[Event]) -> set[str]:
    """The fields that an element has to send: all without a default that are not stamped at the door."""
    return {each.name for each in fields(event) if each.default is MISSING} - STAMPED


@PAGES
def test_each_element_sends_an_event_that_the_till_understands(stage: str) -> None:
    """A misspelt event or a missing field is a button that does nothing."""
    for node in stage_page(stage).walk():
        for sender in SENDERS & node.attrs.keys():
            event = EVENTS[node.attrs[sender] or ""]

            assert _needed(event) <= _given(node, sender), f"{node.id} sends {event.__name__}"


@PAGES
def test_what_the_page_is_asked_to_do_is_in_its_vocabulary(stage: str) -> None:
    """An unknown word would be a button that throws."""
    shell = (ROOT / "public/shell.js").read_text("utf-8")

    for node in stage_page(stage).walk():
        if "data-do" in node.attrs:
            assert f"{node.attrs['data-do']}" in shell


@PAGES
def test_nothing_is_inline(stage: str) -> None:
    """The content security policy lets no inline style or script through: it would be dead on arrival."""
    for node in stage_page(stage).walk():
        assert node.tag not in {"script", "style"}
        assert not [name for name in node.attrs if name == "style" or name.startswith("on")]


@PAGES
def test_each_control_has_an_id_and_is_drawn_with_its_value(stage: str) -> None:
    """Morphing keeps focus and typing by id; an input without its value would be emptied by the next redraw."""
    for node in stage_page(stage).walk():
        if node.tag in {"input", "select", "textarea", "button"}:
            assert node.id
        if node.tag == "input":
            assert "value" in node.attrs


@PAGES
def test_ids_are_unique_and_what_is_referred_to_exists(stage: str) -> None:
    """Morphing matches by id, and a name that points nowhere is silence for a screen reader."""
    page = stage_page(stage)
    ids = [node.id for node in page.walk() if node.id]
    used = {
        each
        for node in page.walk()
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
        for each in (node.attrs.get(name) or "").split()
    }

    assert sorted(set(ids)) == sorted(ids)
    assert set() == used - set(ids)


@PAGES
def test_every_control_has_a_name(stage: str) -> None:
    """Somebody who does not see the icon has to know what the button is for."""
    page = stage_page(stage)
    controls = [node for node in page.walk() if node.tag in {"button", "input", "select", "textarea", "a", "dialog"}]

    assert [] == [node.id for node in controls if not name_of(page, node)]


@PAGES
def test_each_icon_is_in_the_sprite(stage: str) -> None:
    """An icon that is not in icons.txt is a hole on the screen."""
    sprite = set((ROOT / "public/icons.txt").read_text("utf-8").split())
    used = {(node.attrs["href"] or "").removeprefix("#icon-") for node in stage_page(stage).walk() if node.tag == "use"}

    assert set() == used - sprite


NO_ICONS = {
    "code",
    "file",
    "folder",
    "form",
    "group",
    "image",
    "layout",
    "link",
    "list",
    "phone",
    "pin",
    "radio",
    "text",
    "timer",
    "usb",
    "view",
    "weight",
}
"""Words of HTML and of the trade that happen to be icons of lucide, too."""


def test_each_icon_that_a_view_may_draw_is_in_the_sprite() -> None:
    """Tenders and states that no stage shows have icons as well."""
    sprite = set((ROOT / "public/icons.txt").read_text("utf-8").split())
    known = {path.stem for path in (ROOT / "node_modules/lucide-static/icons").glob("*.svg")}
    views = "".join(path.read_text("utf-8") for path in (ROOT / "app/till/ui").glob("*.py"))
    named = set(re.findall(r'"([a-z0-9-]+)"', views)) & known

    assert set() == named - sprite - NO_ICONS


def test_index_html_has_a_place_for_each_region() -> None:
    """A region without its element is drawn for nobody."""
    html = (ROOT / "public/index.html").read_text("utf-8")

    assert [] == [name for name in REGIONS if f'id="{name}"' not in html]


@pytest.mark.parametrize("template", ["safari", "unsupported", "insecure", "elsewhere", "taken-over"])
def test_index_html_has_a_page_for_each_refusal(template: str) -> None:
    """These are shown before anything is loaded, so they have to be in the page itself."""
    html = (ROOT / "public/index.html").read_text("utf-8")

    assert f'<template id="{template}">' in html


def test_what_the_page_says_itself_is_said_to_be_english() -> None:
    """On a register that speaks Hindi a screen reader would read it out as if it were Hindi."""
    html = (ROOT / "public/index.html").read_text("utf-8")
    templates = re.findall(r'<template id="[\w-]+">\s*(<[^>]*>)', html)

    assert ([], True) == ([each for each in templates if 'lang="en"' not in each], "<template" in html)


def test_safari_is_told_in_the_words_of_store_os() -> None:
    """S4 gives the sentence."""
    html = (ROOT / "public/index.html").read_text("utf-8")

    assert (
        "Offline Mode is not supported in Safari. To access Offline Mode and continue selling without internet, "
        "please switch to Google Chrome or another supported browser."
    ) in html
