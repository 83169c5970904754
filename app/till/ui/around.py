"""What stands around the screens: the sheet of keys, and the offer of a new version; the page opens them."""

import htpy as h

from app.till.ui.language import t

KEYS = (
    ("Search", ("/",), "or just type"),
    ("Add the only hit", ("Enter",), ""),
    ("Move among the products", ("←", "↑", "↓", "→"), ""),
    ("Customer", ("F2",), ""),
    ("Checkout", ("F4",), ""),
    ("Complete sale", ("F9",), ""),
    ("Back", ("Esc",), ""),
    ("This list", ("?",), ""),
)


def keys() -> h.Element:
    """What can be done without a mouse."""
    return h.div("#keys.keys", popover="auto")[
        h.h2[t("Keys")],
        h.dl[
            [
                h.div[h.dt[t(what)], h.dd[[[h.kbd(".key")[name], " "] for name in names], t(more) if more else None]]
                for what, names, more in KEYS
            ]
        ],
    ]


def update() -> h.Element:
    """Shown by the page, when a new version waits and nothing is under way."""
    return h.div("#update.notice", hidden=True)[
        h.p[t("A new version of Store OS is here. It starts in a moment; saved sales are safe.")],
        h.button("#update-now.button", type="button", data_do="update")[t("Update")],
    ]
