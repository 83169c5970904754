"""Reset local data: what goes, what stays, and what stands against it; and the wait until it is done."""

from dataclasses import dataclass

import htpy as h

from app.domain.staff import StaffMember
from app.till.events.page import DialogClosed, ResetAsked, ResetConfirmed, WaitingExported
from app.till.ui.dialogs import manager_form
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, icon, mark, note, problem
from app.till.ui.words import plural


def reset_card(*, why: str) -> h.Element:
    """The way into it, with the reason where it cannot be now."""
    return h.section(".card.stack.tight", aria_labelledby="reset-title")[
        h.h2("#reset-title")[t("Reset local data")],
        h.p(".quiet", id="reset-text")[
            t(why)
            or t(
                "Forgets what the store’s server can give again, and downloads it anew. "
                "Sales, numbers and the folder stay as they are."
            )
        ],
        h.div(".row")[
            h.button(
                "#reset.button.danger",
                click(ResetAsked),
                type="button",
                disabled=bool(why),
                aria_describedby="reset-text",
            )[icon("trash-2"), t("Reset local data")]
        ],
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog depends on."""

    waiting: int
    """Entries without a verdict."""
    unexported: int
    """How many of them are in no file yet."""
    parked: int
    wait: int
    """Seconds until a manager may try a PIN again."""
    checking: bool
    trouble: str


def reset(*, why: str, asked: Asked, managers: tuple[StaffMember, ...]) -> h.Element:
    """What is cleared and what is not; with entries that wait: the file first, then a manager."""
    body: list[h.Node] = [_lists(asked.parked)]
    if why:
        body.append(note(why, tone="amber", name="info", id_="reset-why"))
    else:
        body += [_file(asked) if asked.waiting else None, _confirm(asked, managers)]
    return dialog(id_="reset-dialog", title=t("Reset local data"), body=body, sends_on_close=click(DialogClosed))


def _lists(parked: int) -> h.Element:
    gone = [t("products, prices, stock, taxes, pictures"), t("customers, staff, payment modes, settings, promotions")]
    if parked:
        gone.append(t("{sales}: nobody can take them up any more", sales=plural(parked, "parked sale")))
    stays = [
        t("every sale and every other entry, sent or not, with its number"),
        t("this register, its keys, its series and its shift"),
        t("the folder and what is in it"),
    ]
    return h.div(".pair")[
        h.div(".stack.tight")[h.h3[t("Is cleared")], h.ul(".brief")[[h.li[each] for each in gone]]],
        h.div(".stack.tight")[h.h3[t("Stays")], h.ul(".brief")[[h.li[each] for each in stays]]],
    ]


def _file(asked: Asked) -> h.Element:
    sentence = t(
        "{items} not sent yet. Save a file of them first; they stay here and are sent all the same.",
        items=plural(asked.waiting, "entry", "entries"),
    )
    return h.div(".stack.tight")[
        note(sentence, tone="amber", name="cloud-upload"),
        h.div(".row")[
            h.button("#reset-export.button", click(WaitingExported), type="button")[icon("download"), t("Save a file")],
            None if asked.unexported else mark("given out", tone="green", name="circle-check"),
        ],
    ]


def _confirm(asked: Asked, managers: tuple[StaffMember, ...]) -> h.Element:
    go, trouble = t("Clear and download again"), asked.trouble
    if asked.unexported:
        return problem(trouble, id_="reset-problem")
    if asked.waiting or asked.parked:
        return manager_form("reset", ResetConfirmed, managers, trouble, asked.wait, asked.checking, go)
    return h.div(".stack.tight")[
        problem(trouble, id_="reset-problem"),
        h.button("#reset-go.button.danger.big", click(ResetConfirmed), type="button", disabled=asked.checking)[go],
    ]


def clearing(*, done: bool) -> h.Element:
    """Nothing can be done meanwhile; once it is done the page loads itself anew."""
    said = t("The local data is being cleared. Sales are safe. The page loads itself anew.")
    return dialog(id_="clearing", title=t("Reset local data"), body=[h.p(role="status", data_reload=done)[said]])
