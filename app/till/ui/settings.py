"""Settings of this register: its language, and everything about selling without the internet."""

import htpy as h

from app.languages import NAMES
from app.till.events.language import LanguageChosen
from app.till.ui.connectivity import connectivity
from app.till.ui.language import spoken, t
from app.till.ui.parts import change


def settings(**slice_: object) -> h.Element:
    """One page: what a person looks for once a month, and what they need in an outage."""
    return h.div(".page")[h.div(".row.apart")[h.h1[t("Settings")], _language()], connectivity(**slice_)]  # type: ignore[arg-type]


def _language() -> h.Element:
    """The languages by their own names; the choice holds for this register alone."""
    return h.div(".filter")[
        h.label(for_="language")[t("Language")],
        h.select("#language.input", change(LanguageChosen), name="value")[
            [h.option(value=tag, lang=tag, selected=tag == spoken())[name] for tag, name in NAMES.items()]
        ],
    ]
