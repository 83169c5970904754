"""Settings of this register: its language, selling without the internet, and the POS settings."""

from typing import Any

import htpy as h

from app.domain.staff import StaffMember
from app.languages import NAMES
from app.till.events.language import LanguageChosen
from app.till.ui.connectivity import connectivity
from app.till.ui.former_card import lost_card
from app.till.ui.language import spoken, t
from app.till.ui.parts import change
from app.till.ui.pos_settings import Pos, pos_settings
from app.till.ui.recovering import Rescue, recovery_card
from app.till.ui.training import training_card


def settings(*, pos: Pos, training: bool, user: StaffMember | None, rescue: Rescue, **slice_: Any) -> h.Element:
    """One page: what a person looks for once a month, and what they need in an outage."""
    return h.div(".page")[
        h.div(".row.apart")[h.h1[t("Settings")], _language()],
        lost_card(rescue.formers, rescue.managers, rescue.wait),
        pos_settings(pos, training_card(training=training, user=user)),
        connectivity(rescue=recovery_card(rescue), **slice_),
    ]


def _language() -> h.Element:
    """The languages by their own names; the choice holds for this register alone."""
    return h.div(".filter")[
        h.label(for_="language")[t("Language")],
        h.select("#language.input", change(LanguageChosen), name="value")[
            [h.option(value=tag, lang=tag, selected=tag == spoken())[name] for tag, name in NAMES.items()]
        ],
    ]
