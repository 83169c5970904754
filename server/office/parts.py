"""The small parts that pages of the back office are put together from; their looks are the till's."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

import htpy as h

from app.domain.money import format_money, format_plain
from app.domain.numbers import INDIA
from server.office.doors import ROOT
from server.office.visits import Visit

ICONS = f"{ROOT}/icons.svg"
LONGEST = 500
"""Characters of one field."""


def icon(name: str) -> h.Element:
    """Draw an icon; words stand beside it."""
    return h.svg(".icon", aria_hidden="true")[h.use(href=f"{ICONS}#icon-{name}")]


def mark(text: str, tone: str = "", name: str = "") -> h.Element:
    """A state as word and colour, and an icon."""
    return h.span(class_=["mark", tone])[icon(name) if name else None, text]


def note(text: h.Node, tone: str = "", name: str = "info") -> h.Element:
    """A sentence with an icon: what happened, what is safe, what to do."""
    role = "alert" if tone == "red" else "status" if tone else None
    return h.div(class_=["note", tone], role=role)[icon(name), h.div[text]]


def problem(why: str) -> h.Node:
    return note(why, "red", "circle-alert") if why else None


def empty(name: str, title: str, text: str) -> h.Element:
    return h.div(".empty")[icon(name), h.h2[title], h.p[text]]


def link(address: str, text: str) -> h.Element:
    return h.a(".link", href=address)[text]


def button(text: str, name: str = "", *, tone: str = "primary") -> h.Element:
    return h.button(class_=["button", tone], type="submit")[icon(name) if name else None, text]


def go(address: str, text: str, name: str, *, tone: str = "") -> h.Element:
    """A link that looks like a button."""
    return h.a(class_=["button", tone], href=address)[icon(name), text]


def form(visit: Visit, action: str, *content: h.Node, upload: bool = False, inline: bool = False) -> h.Element:
    """A form that changes something: it carries the visit's token."""
    kind = "multipart/form-data" if upload else None
    shape = "row" if inline else "stack"
    token = h.input(type="hidden", name="csrf", value=visit.csrf)
    return h.form(class_=shape, method="post", action=action, enctype=kind)[token, content]


def field(name: str, label: str, value: str = "", *, hint: str = "", **attributes: str | bool | None) -> h.Element:
    """A text field under its label."""
    given: Mapping[str, str | bool | None] = {"type": "text", "maxlength": str(LONGEST), "autocomplete": "off"}
    about = f"{name}-hint" if hint else None
    control = h.input(".input", {**given, **attributes}, id=name, name=name, value=value, aria_describedby=about)
    return _labelled(name, label, control, hint)


def select(name: str, label: str, options: Iterable[tuple[str, str]], value: str = "", hint: str = "") -> h.Element:
    """A choice of few."""
    about = f"{name}-hint" if hint else None
    chosen = [h.option(value=key, selected=key == value)[text] for key, text in options]
    control = h.select(".input", id=name, name=name, aria_describedby=about)[chosen]
    return _labelled(name, label, control, hint)


def tick(name: str, label: str, *, on: bool, why: str = "") -> h.Element:
    """A check box with what it means."""
    box = h.input(type="checkbox", name=name, value="on", checked=on)
    return h.label(".choice")[box, h.span[label, h.span(".why")[why] if why else None]]


def facts(pairs: Iterable[tuple[str, h.Node]]) -> h.Element:
    """Names and values under each other."""
    return h.dl(".facts")[(h.div[h.dt[name], h.dd[value]] for name, value in pairs)]


def card(title: str, *content: h.Node) -> h.Element:
    return h.section(".card.stack")[h.h2[title], content]


def money(minor: int | None) -> str:
    return "" if minor is None else format_money(minor)


def plain(minor: int | None) -> str:
    """An amount for a field or a file."""
    return "" if minor is None else format_plain(minor)


def when(at: datetime | None) -> str:
    """A moment in the store's time."""
    return "" if at is None else f"{at.astimezone(INDIA):%d %b %Y, %H:%M}"


def many(count: int, one: str, more: str = "") -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {more or one + 's'}"


def count(quantity: Decimal | None) -> str:
    """A stock count; grams only where there are any."""
    return "" if quantity is None else f"{quantity.normalize():f}"


def _labelled(name: str, label: str, control: h.Node, hint: str) -> h.Element:
    below = h.p(".hint", id=f"{name}-hint")[hint] if hint else None
    return h.div(".field")[h.label(for_=name)[label], control, below]


def midnight(day: date) -> datetime:
    """When a day begins in the store."""
    return datetime(day.year, day.month, day.day, tzinfo=INDIA)
