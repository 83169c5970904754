"""The small parts that screens are put together from, and how an element says which event it sends."""

import re
from collections.abc import Iterable
from functools import lru_cache

import htpy as h
from markupsafe import Markup

from app.domain.money import format_money
from app.till.events.base import Event
from app.till.ui.language import t

TINTS = 8
"""How many tints parts.css holds, `.tint-0` and up."""
PICTURES = "/pictures/"
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")

Attributes = dict[str, str]


def click(event: type[Event], **fields: object) -> Attributes:
    """Send an event by a click, with fields."""
    return _sends("data-event", event, fields)


def typing(event: type[Event], **fields: object) -> Attributes:
    """Send an event with the value at each keystroke."""
    return _sends("data-input", event, fields)


def change(event: type[Event], **fields: object) -> Attributes:
    """Send an event with the value when it was changed."""
    return _sends("data-change", event, fields)


def submit(event: type[Event], **fields: object) -> Attributes:
    """Send an event with every named field of the form."""
    return _sends("data-submit", event, fields)


def then(event: type[Event]) -> Attributes:
    """Send an event when the page did what `data-do` asked."""
    return _sends("data-then", event, {})


def otherwise(event: type[Event]) -> Attributes:
    """Send an event when the page could not do what `data-do` asked."""
    return _sends("data-else", event, {})


def _sends(how: str, event: type[Event], fields: dict[str, object]) -> Attributes:
    names = {f"data-{name.replace('_', '-')}": str(value) for name, value in fields.items()}
    return {how: event.__name__, **names}


def safe_id(*parts: object) -> str:
    """Make an id of parts that may hold anything but must not hold spaces."""
    return _SPACE.sub("_", "-".join(str(part) for part in parts))


@lru_cache
def icon(name: str, *, large: bool = False) -> Markup:
    """Draw an icon of the sprite, once: every screen has many. It never speaks, words stand beside it."""
    return h.svg(class_=["icon", {"large": large}], aria_hidden="true")[h.use(href=f"#icon-{name}")].__html__()


def unseen(text: str) -> h.Element:
    """Write words that only a screen reader says."""
    return h.span(".unseen")[text]


def key(name: str) -> h.Element:
    """Show the key that does the same; not read out, `data-key` carries it."""
    return h.kbd(".key", aria_hidden="true")[name]


def money(minor: int, id_: str | None = None) -> h.Element:
    """Write an amount in figures of one width, with its exact value beside it."""
    return h.span(".num", id=id_, data_minor=str(minor))[format_money(minor)]


def total_row(word: str, minor: int, *, id_: str, change: bool = False) -> h.Element:
    """A sum to be read at arm's length; money that goes back stands out."""
    return h.div(class_=["total-row", {"change": change}])[
        h.span(".total-word")[word],
        h.output(".total.num", id=id_, data_minor=str(minor))[format_money(minor)],
    ]


def note(text: str, *, tone: str = "", name: str = "info", id_: str | None = None) -> h.Element:
    """Say a sentence with an icon: what happened, what is safe, what to do."""
    return h.p(class_=["note", tone], id=id_)[icon(name), h.span[t(text)]]


def problem(text: str, *, id_: str) -> h.Element:
    """The place of a form's complaint: always there, so that a screen reader hears it come."""
    return h.div(id=id_, role="alert")[note(text, tone="red", name="circle-alert") if text else None]


def mark(text: str, *, tone: str, name: str) -> h.Element:
    """A state as icon, word and colour."""
    return h.span(class_=["mark", tone])[icon(name), t(text)]


def empty(*, name: str, title: str, text: str) -> h.Element:
    """What a list shows when there is nothing in it."""
    return h.div(".empty")[icon(name), h.h2[title], h.p[text]]


def field(*, id_: str, label: str, control: h.Node, hint: str = "") -> h.Element:
    """A control under its label, with a hint where one helps (the control names it by `aria-describedby`)."""
    return h.div(".field")[
        h.label(for_=id_)[label],
        control,
        h.p(".hint", id=f"{id_}-hint")[hint] if hint else None,
    ]


def initials(name: str) -> str:
    """Two letters that stand for a product without a picture."""
    words = _WORD.findall(name)
    return "".join(word[0].upper() for word in words[:2]) or "•"


def tint(name: str) -> str:
    """The same tint for the same name, always."""
    return f"tint-{sum(name.encode()) % TINTS}"


def picture(*, name: str, sha256: str | None) -> h.Element:
    """A product's picture over its initials, so that a picture that does not come leaves no hole."""
    return framed(initials=initials(name), tint=tint(name), sha256=sha256)


def framed(*, initials: str, tint: str, sha256: str | None) -> h.Element:
    """A picture of which tint and initials are known."""
    image = h.img(src=f"{PICTURES}{sha256}.webp", alt="", loading="lazy", decoding="async") if sha256 else None
    return h.span(class_=["picture", tint], aria_hidden="true")[initials, image]


def radio(
    *,
    id_: str,
    name: str,
    value: str,
    checked: bool,
    sends: Attributes,
    label: h.Node,
    why: str = "",
    hint: str = "",
    focus: bool = False,
) -> h.Element:
    """One choice of a group; a choice that may not be taken is disabled and says why."""
    id_ = safe_id(id_)
    told = t(why) or hint
    words = {"aria-labelledby": f"{id_}-label"} | ({"aria-describedby": f"{id_}-why"} if told else {})
    described = h.span(class_=["why", {"num": bool(hint)}], id=f"{id_}-why")[told] if told else None
    return h.label(".choice")[
        h.input(
            sends | words,
            id=id_,
            type="radio",
            name=name,
            value=value,
            checked=checked,
            disabled=bool(why),
            data_focus=focus,
        ),
        h.span(".grow")[h.span(id=f"{id_}-label")[label], described],
    ]


def dialog(*, id_: str, title: str, body: Iterable[h.Node], sends_on_close: Attributes | None = None) -> h.Element:
    """A modal dialog with its title; without an event for closing it has to be answered."""
    closes = {"data-close": sends_on_close["data-event"]} if sends_on_close else {}
    return h.dialog(closes, id=id_, data_modal=True, aria_labelledby=f"{id_}-title")[
        h.div(".stack")[
            h.div(".dialog-head")[
                h.h2(id=f"{id_}-title")[title],
                h.button(
                    ".button.plain.square", sends_on_close, id=f"{id_}-close", type="button", aria_label=t("Close")
                )[icon("x")]
                if sends_on_close
                else None,
            ],
            list(body),
        ]
    ]
