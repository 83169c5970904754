"""What this browser has lost: the notice for whoever starts the day here."""

import htpy as h

from app.till.slices.formers import Formers
from app.till.ui.language import t
from app.till.ui.parts import note
from app.till.ui.words import plural


def lost_note(formers: Formers) -> h.Element | None:
    """For whoever starts the day here; nothing where nothing was lost."""
    if not formers.lost:
        return None
    happened = t(
        "This browser has lost the database of {registers}. Sales that were sent or lie in the folder are safe.",
        registers=formers.names,
    )
    todo = t("Tell a manager: Settings says what to do.")
    return note(" ".join(filter(None, (happened, kept_here(formers), todo))), tone="amber", name="triangle-alert")


def kept_here(formers: Formers) -> str:
    """What lies in the spare place alone, perhaps."""
    if not formers.files:
        return ""
    items = plural(formers.files, "entry", "entries")
    return t("Kept in this browser, in case the folder lacks them: {items}.", items=items)
