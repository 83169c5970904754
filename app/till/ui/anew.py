"""Setting this browser up anew: what becomes of the register that it was, and what stands against it."""

import htpy as h

from app.till.events.page import AnewAsked
from app.till.ui.language import t
from app.till.ui.parts import click, icon, note


def anew_card(*, register: str, why: str, beginning: bool, begun: bool) -> h.Element:
    """The way into it, with the reason where it cannot be now; once it is done the page loads itself anew."""
    return h.section(".card.stack.tight", aria_labelledby="anew-title")[
        h.h2("#anew-title")[t("Set up anew")],
        h.p[
            t(
                "This browser becomes a register of its own, with invoice numbers of its own. "
                "The back office gives the code for it."
            )
        ],
        h.p(".quiet")[
            t(
                "Nothing of {register} is changed or deleted: its sales stay in this browser and in the folder. "
                "Parked sales cannot be taken up any more.",
                register=register,
            )
        ],
        note(why, tone="amber", name="info", id_="anew-why") if why else None,
        h.p(role="status", data_reload=begun)[t("The page loads itself anew.")] if beginning else None,
        h.div(".row")[
            h.button(
                "#anew.button.primary",
                click(AnewAsked),
                type="button",
                disabled=bool(why) or beginning,
                aria_describedby="anew-why" if why else None,
            )[icon("store"), t("Set up anew")]
        ],
    ]
