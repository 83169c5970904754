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


def keep(connection: Connection, where: str) -> h.Element | None:
    """What can be done about it; `where` names the place, so that no two buttons have one id.

    The button that installs is shown where the browser offers it: the page says so on the document's root.
    """
    if connection.persisted:
        return None
    return h.div(".stack.tight")[
        h.p(".quiet", id=f"{where}-keep-text")[t(WHY)],
        h.div(".row")[
            _button(f"{where}-install", "install", "Install the app", "download", ".primary.installs"),
            _button(f"{where}-keep", "persist", "Ask to keep it", "hard-drive", ""),
        ],
    ]


def _button(id_: str, what: str, text: str, icon_: str, classes: str) -> h.Element:
    told = {"aria-describedby": f"{id_.rpartition('-')[0]}-keep-text"}
    return h.button(f".button{classes}", then(PersistenceAsked), told, id=id_, type="button", data_do=what)[
        icon(icon_), t(text)
    ]
