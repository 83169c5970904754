"""Screens before and after selling: starting, enrolment, and a register that may not write."""

import htpy as h

from app.sync.status import LinkStatus, Progress
from app.till.events.page import CodeGiven
from app.till.slices.formers import Formers
from app.till.ui.formers import lost_note
from app.till.ui.language import t
from app.till.ui.parts import icon, note, submit
from app.till.ui.words import size

NO_ROOM = (
    "The disk of this device is full, so nothing can be sold here now. What was saved is safe. "
    "Free some space: the register then opens by itself."
)
PROGRESS_WORDS = {"image": "Loading the catalogue", "entries": "Sending sales", "changes": "Loading changes"}


def starting(*, progress: Progress | None, link: LinkStatus, problem: str, formers: Formers) -> h.Element:
    """The first start: what is being loaded, in bytes, over the shape of what will come."""
    return h.div(".gate")[
        h.section(".card.stack.gate-card", aria_labelledby="starting-title")[
            h.h1("#starting-title")[t("Getting the store ready")],
            transfer(progress) if progress else h.p(".quiet")[t("Opening what this device keeps.")],
            note(link.why, tone="amber", name="triangle-alert") if link.why else None,
            note(problem, tone="red", name="circle-alert") if problem else None,
            lost_note(formers),
        ],
    ]


def no_room() -> h.Element:
    """A start on a disk that takes nothing."""
    return h.div(".gate")[
        h.section(".card.stack.gate-card", aria_labelledby="starting-title")[
            h.h1("#starting-title")[t("Getting the store ready")],
            note(t(NO_ROOM), tone="red", name="circle-alert"),
        ],
    ]


def transfer(progress: Progress, id_: str = "progress") -> h.Element:
    """How much of a transfer is done: a bar, and the numbers."""
    total = max(progress.total, 1)
    return h.div(".stack.tight")[
        h.p(".row.apart")[
            h.span(id=f"{id_}-label")[t(PROGRESS_WORDS.get(progress.what, progress.what))],
            h.span(".num.quiet")[amounts(progress)],
        ],
        h.progress(id=id_, value=str(min(progress.done, total)), max=str(total), aria_labelledby=f"{id_}-label"),
    ]


def amounts(progress: Progress) -> str:
    """Bytes of bytes, or sales of sales."""
    if progress.what == "entries":
        return t("{done} of {total}", done=progress.done, total=progress.total)
    return t("{done} of {total}", done=size(progress.done), total=size(progress.total))


def enrol(*, link: LinkStatus, waits_for_server: bool, formers: Formers) -> h.Element:
    """A browser without a register: a code from the back office makes it one."""
    return h.div(".gate")[
        h.section(".card.stack.gate-card", aria_labelledby="enrol-title")[
            h.h1("#enrol-title")[t("Set up this register")],
            lost_note(formers),
            _wait_for_server() if waits_for_server else _code_form(link),
        ]
    ]


def _wait_for_server() -> h.Element:
    return note(
        t(
            "The store’s server cannot be reached. Nothing was set up yet. Check the internet connection; "
            "this goes on by itself."
        ),
        tone="amber",
        name="wifi-off",
    )


def _code_form(link: LinkStatus) -> h.Element:
    return h.form(".stack", submit(CodeGiven), id="enrol-form")[
        h.p(".quiet")[t("Ask the back office for a code. It can be used once, for one register.")],
        h.div(".field")[
            h.label(for_="enrol-code")[t("Enrolment code")],
            h.input(
                "#enrol-code.input.code",
                name="code",
                type="text",
                value="",
                autocomplete="off",
                autocapitalize="characters",
                spellcheck="false",
                required=True,
                data_focus=True,
                aria_describedby="enrol-problem",
            ),
        ],
        h.div("#enrol-problem", role="alert")[note(link.why, tone="red", name="circle-alert") if link.why else None],
        h.button("#enrol-go.button.primary.big", type="submit")[t("Set up")],
    ]


def stopped(*, why: str) -> h.Element:
    """Nothing can be written here: another tab holds the register, or the journal is damaged."""
    return h.div(".gate")[
        h.section(".card.stack.gate-card", aria_labelledby="stopped-title")[
            icon("lock", large=True),
            h.h1("#stopped-title")[t("This tab is not selling")],
            h.p[t(why)],
            h.button("#use-here.button.primary.big", type="button", data_do="take-over")[t("Use here")],
        ]
    ]
