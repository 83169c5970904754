"""Sign in: one touch for who, then the PIN, with the internet or without it."""

import htpy as h

from app.domain.staff import StaffMember
from app.till.events.page import PinGiven, StaffChosen
from app.till.slices.formers import Formers
from app.till.state import SignIn
from app.till.ui.formers import lost_note
from app.till.ui.language import t
from app.till.ui.leaving import Left, left_notes
from app.till.ui.parts import click, empty, initials, note, problem, submit, tint


def sign_in(
    *, slice_: SignIn, staff: tuple[StaffMember, ...], store: str, wait: int, formers: Formers, left: Left
) -> h.Element:
    """Who works here, and the PIN of the one who was chosen, who may have to wait some seconds."""
    return h.div(".gate")[
        h.section(".card.stack.gate-card", aria_labelledby="sign-in-title")[
            h.div[h.h1("#sign-in-title")[t("Sign in")], h.p(".quiet")[store]],
            lost_note(formers),
            left_notes(left),
            people_and_pin(slice_=slice_, staff=staff, wait=wait, go=t("Sign in")),
        ]
    ]


def people_and_pin(*, slice_: SignIn, staff: tuple[StaffMember, ...], wait: int, go: str) -> list[h.Element | None]:
    """One touch for who, then the PIN."""
    people = [person for person in staff if person.active]
    return [
        _people(people, slice_.chosen) if people else _nobody(),
        _pin(slice_, wait, go) if slice_.chosen else None,
    ]


def _nobody() -> h.Element:
    return empty(name="users", title=t("Nobody yet"), text=t("The staff of this store is being loaded."))


def _people(people: list[StaffMember], chosen: str) -> h.Element:
    return h.ul(".people", role="list", aria_label=t("Staff"), data_arrows=True)[
        [
            h.li(class_=["person-card", {"picked": person.id == chosen}])[
                h.span(class_=["face", tint(person.name)], aria_hidden="true")[initials(person.name)],
                h.button(
                    ".covers",
                    click(StaffChosen, staff_id=person.id),
                    id=f"staff-{person.id}",
                    type="button",
                    aria_pressed=str(person.id == chosen).lower(),
                    aria_describedby=f"staff-{person.id}-role",
                )[person.name],
                h.span(".quiet", id=f"staff-{person.id}-role")[t(person.role.value.capitalize())],
            ]
            for person in people
        ]
    ]


def wait_sentence(seconds: int) -> str:
    """How long nobody may try again, or nothing."""
    if seconds <= 0:
        return ""
    minutes, rest = divmod(seconds, 60)
    left = (
        t("{minutes} min {seconds:02d} s", minutes=minutes, seconds=rest) if minutes else t("{seconds} s", seconds=rest)
    )
    return t("Too many wrong PINs. Wait {time}, or let someone else sign in.", time=left)


def pin_field(*, id_: str, label: str, waiting: bool, focus: bool = True) -> h.Element:
    """Where a PIN is typed. It is masked by style, not by type: browsers offer to keep what is typed as a password."""
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.input(
            ".input.pin.num",
            id=id_,
            name="pin",
            type="text",
            value="",
            inputmode="numeric",
            autocomplete="off",
            required=True,
            data_focus=focus,
            disabled=waiting,
            aria_describedby=f"{id_}-problem",
            maxlength="12",
        ),
    ]


def _pin(slice_: SignIn, wait: int, go: str) -> h.Element:
    waiting = wait_sentence(wait)
    return h.form(".stack", submit(PinGiven), id="pin-form")[
        pin_field(id_="pin", label=t("PIN"), waiting=bool(waiting)),
        h.div("#pin-wait", role="timer")[note(waiting, tone="amber", name="clock") if waiting else None],
        problem("" if waiting else slice_.problem, id_="pin-problem"),
        h.button("#sign-in.button.primary.big", type="submit", disabled=slice_.checking or bool(waiting))[
            t("Checking") if slice_.checking else go
        ],
    ]
