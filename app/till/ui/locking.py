"""The lock: everything stays under it, and a PIN opens it again."""

import htpy as h

from app.domain.staff import StaffMember
from app.till.state import SignIn
from app.till.ui.language import t
from app.till.ui.parts import dialog
from app.till.ui.sign_in import people_and_pin


def lock(
    *, slice_: SignIn | None = None, staff: tuple[StaffMember, ...] = (), place: str = "", wait: int = 0
) -> h.Element:
    """Above everything else, dialogs included; whoever was signed in is chosen already."""
    return h.div("#lock")[
        dialog(
            id_="locked",
            title=t("Locked"),
            body=[
                h.p(".quiet")[place],
                h.p[t("The sale is kept as it is. Type your PIN to go on, or let someone else take over.")],
                people_and_pin(slice_=slice_, staff=staff, wait=wait, go=t("Unlock")),
            ],
        )
        if slice_
        else None
    ]
