"""Whether the browser has promised to keep what it holds, and what makes it promise: asking, or installing the app."""

import htpy as h

from app.till.events.page import PersistenceAsked
from app.till.slices.connection import Connection
from app.till.ui.language import t
from app.till.ui.parts import icon, mark, then

WHY = "The browser may remove data when the disk is full. Most promise to keep it once the app is installed."


def kept(connection: Connection) -> h.Element:
    """The promise, in a line of the readiness popup."""
    sure = connection.persisted
    said = (
        mark("until it is removed", tone="green", name="circle-check")
        if sure
        else mark("while there is room", tone="amber", name="hard-drive")
    )
    return h.p(".row.apart")[h.span[t("Kept by the browser")], said]


def keep(connection: Connection) -> h.Element | None:
    """What can be done about it; the button that installs is shown where the browser offers it, as the page knows."""
    if connection.persisted:
        return None
    return h.div(".stack.tight")[
        h.p("#keep-text.quiet")[t(WHY)],
        h.div(".row")[
            _button("install", "Install the app", "download", ".primary.installs"),
            _button("persist", "Ask to keep it", "hard-drive", ""),
        ],
    ]


def _button(what: str, text: str, icon_: str, classes: str) -> h.Element:
    told = {"aria-describedby": "keep-text"}
    return h.button(f".button{classes}", then(PersistenceAsked), told, id=f"keep-{what}", type="button", data_do=what)[
        icon(icon_), t(text)
    ]
