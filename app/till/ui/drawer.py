"""Opening the cash drawer without a sale: a reason first, and it is written down before it opens."""

import htpy as h

from app.till.events.printing import DrawerAsked
from app.till.ui.language import t
from app.till.ui.parts import icon, problem, submit
from app.till.ui.printing import Press


def open_drawer(*, press: Press, turn: str) -> h.Element | None:
    """The form; `turn` changes with each opening, so that it is empty again. Without a printer there is nothing."""
    if not press.preferences.drives_printer:
        return None
    return h.form(".card.stack", submit(DrawerAsked), id=f"drawer-form-{turn}")[
        h.h2[t("Open the drawer without a sale")],
        h.div(".field")[
            h.label(for_=f"drawer-reason-{turn}")[t("Why")],
            h.input(
                ".input",
                id=f"drawer-reason-{turn}",
                name="reason",
                type="text",
                value="",
                maxlength="200",
                autocomplete="off",
                placeholder=t("Change for a customer …"),
                aria_describedby="drawer-problem",
            ),
        ],
        problem(press.printing.drawer_problem or press.printing.problem, id_="drawer-problem"),
        h.button(".button.big", id=f"open-drawer-{turn}", type="submit", disabled=bool(press.printing.opening))[
            icon("banknote"), t("Open drawer")
        ],
    ]
