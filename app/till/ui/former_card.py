"""The card in Settings about registers that this browser was: what happened, what is safe, what to do."""

import htpy as h

from app.domain.staff import StaffMember
from app.till.events.page import FormersSettled
from app.till.slices.formers import Formers
from app.till.ui.dialogs import manager_form
from app.till.ui.formers import kept_here
from app.till.ui.language import t
from app.till.ui.parts import note


def lost_card(formers: Formers, managers: tuple[StaffMember, ...], wait: int) -> h.Element | None:
    """It stays until each of them is recovered, or a manager says that it is settled."""
    if not formers.lost:
        return None
    first = h.p("#formers-why.strong")[t("When that is done, a manager can say so here, and this notice goes.")]
    go = t("It is settled")
    return h.section("#formers.card.stack", aria_labelledby="formers-title")[
        h.h2("#formers-title")[t("Lost in this browser: {registers}", registers=formers.names)],
        h.div(".columns")[
            h.div(".stack")[_told(formers)],
            h.div(".stack")[
                manager_form(
                    "formers", FormersSettled, managers, formers.problem, wait, formers.checking, go, first=first
                )
            ],
        ],
    ]


def _told(formers: Formers) -> list[h.Element]:
    """What happened, what is safe, what is not, what to do."""
    happened = t(
        "The browser no longer has the database of {registers}. Chrome deletes one that it finds damaged. "
        "This browser is a new register now, with numbers of its own.",
        registers=formers.names,
    )
    return [
        note(happened, tone="amber", name="triangle-alert"),
        h.p[t("Safe is what was sent to the store’s server, and what lies in the folder."), " ", kept_here(formers)],
        h.p[t("A sale that was still open is gone. If a customer had paid for it, note it down and sell it again.")],
        _todo(formers),
    ]


def _todo(formers: Formers) -> h.Element:
    return h.ol(".brief")[
        h.li[t("Choose the same folder again, below under “Folder for offline sales”.")],
        h.li[
            t(
                "Recover {registers} below under “Recover a register”, with a code of the back office. "
                "Or the back office imports the folder.",
                registers=formers.names,
            )
        ],
    ]
