"""Training mode: the switch in Settings, and the marks that nobody can overlook."""

import htpy as h

from app.domain.policy import Action, may
from app.domain.staff import StaffMember
from app.sync.mode import Ability
from app.till.events.training import TrainingSwitched
from app.till.ui.connectivity import switch
from app.till.ui.language import t
from app.till.ui.parts import click, icon, note

SAVED = "Training sale saved"


def training_card(*, training: bool, user: StaffMember | None) -> h.Element:
    """Turn training on or off; who may not is told who may."""
    allowed = training or may(user, Action.TRAIN)
    return h.div(".card")[
        switch(
            click(TrainingSwitched),
            id_="training-mode",
            title=t("Training mode"),
            on=training,
            ability=Ability() if allowed else Ability("Only a manager turns training on."),
            text=t("Practice sales have numbers of their own. They are not booked, and stock stays as it is."),
        )
    ]


def training_mark() -> h.Element:
    """What stands in the header all the time."""
    return h.span("#training.mark.amber")[icon("graduation-cap"), t("Training")]


def training_note() -> h.Element:
    """What stands where money is taken and where a sale is saved."""
    return note(t("Training: this sale is not booked. Take no money."), tone="amber", name="graduation-cap")
