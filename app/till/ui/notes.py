"""Notes for an order: what is often noted is one tap away, everything else is typed."""

import htpy as h

from app.domain.order import single_notes
from app.till.events.page import NotesTyped, NoteTapped
from app.till.ui.language import t
from app.till.ui.parts import click, icon, safe_id, typing


def notes_field(*, notes: str, common: tuple[str, ...]) -> h.Element:
    """The text, under the common notes as chips that are on or off."""
    return h.div(".field.notes")[
        h.label(for_="order-notes")[t("Order notes")],
        _chips(common, frozenset(single_notes(notes))) if common else None,
        h.textarea(
            "#order-notes.input",
            typing(NotesTyped),
            name="value",
            rows="2",
            maxlength="500",
            autocomplete="off",
            placeholder=t("Special instructions"),
        )[notes],
    ]


def _chips(common: tuple[str, ...], present: frozenset[str]) -> h.Element:
    return h.div(".chips", role="group", aria_label=t("Common notes"))[
        [
            h.button(
                click(NoteTapped, note=note),
                id=safe_id("note", note),
                type="button",
                class_="chip",
                aria_pressed=str(note in present).lower(),
            )[icon("check" if note in present else "plus"), t(note)]
            for note in common
        ]
    ]
