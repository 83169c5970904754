"""Parked sales: the name that one is given, and the list from which it is taken up again."""

import htpy as h

from app.domain.money import format_money
from app.till.events.page import DialogClosed
from app.till.events.parking import ParkedDiscarded, ParkedListed, ParkedResumed, SaleParked
from app.till.parked import ParkedRow
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, icon, problem, safe_id, submit
from app.till.ui.words import moment, plural


def parked_button(count: int) -> h.Element | None:
    """How many sales wait; nothing while none does."""
    if not count:
        return None
    return h.button("#parked-sales.button", click(ParkedListed), type="button", title=t("Parked sales"))[
        icon("pause"), h.span(".parked-word")[t("Parked sales:")], h.span(".badge.num")[str(count)]
    ]


def park(*, usual: str) -> h.Element:
    """Ask for a name that somebody else recognises, too."""
    body = [
        h.form(".stack", submit(SaleParked), id="park-form")[
            h.div(".field")[
                h.label(for_="park-name")[t("Name")],
                h.input(
                    "#park-name.input",
                    name="name",
                    type="text",
                    value=usual,
                    maxlength="60",
                    autocomplete="off",
                    aria_describedby="park-name-hint",
                    data_focus=True,
                ),
                h.p("#park-name-hint.hint")[t("It waits under this name, also after a restart, for whoever is here.")],
            ],
            h.button("#park-go.button.primary.big", type="submit")[t("Park")],
        ]
    ]
    return dialog(id_="parking", title=t("Park sale"), body=body, sends_on_close=click(DialogClosed))


def parked_sales(*, listed: tuple[ParkedRow, ...], why: str, zone: str) -> h.Element:
    """Every parked sale, the newest first."""
    body = [
        h.ul(".parked", role="list", aria_label=t("Parked sales"))[[_row(row, zone) for row in listed]],
        problem(why, id_="parked-problem"),
    ]
    return dialog(id_="parked", title=t("Parked sales"), body=body, sends_on_close=click(DialogClosed))


def _row(row: ParkedRow, zone: str) -> h.Element:
    base = safe_id("parked", row.id)
    return h.li(".parked-row", id=base)[
        h.div(".row.apart")[h.span(".strong")[row.name], h.span(".num.strong")[format_money(row.total)]],
        h.p(".quiet")[" · ".join(filter(None, (row.staff, moment(row.at, zone), plural(row.items, "item"))))],
        h.div(".parked-does")[
            h.button(
                ".button.danger",
                id=f"{base}-ask",
                type="button",
                popovertarget=f"{base}-sheet",
                aria_label=t("Discard {name}", name=row.name),
            )[t("Discard")],
            h.button(
                ".button.primary",
                click(ParkedResumed, draft_id=row.id),
                id=f"{base}-resume",
                type="button",
                aria_label=t("Resume {name}", name=row.name),
            )[t("Resume")],
        ],
        _sheet(row, base),
    ]


def _sheet(row: ParkedRow, base: str) -> h.Element:
    """Forgetting cannot be undone, so it is asked once more."""
    return h.div(".sheet.parked-sheet", id=f"{base}-sheet", popover="auto")[
        h.p[t("Forget “{name}” with {items}?", name=row.name, items=plural(row.items, "item"))],
        h.button(
            ".button.danger",
            click(ParkedDiscarded, draft_id=row.id),
            id=f"{base}-discard",
            type="button",
            popovertarget=f"{base}-sheet",
            popovertargetaction="hide",
        )[t("Discard sale")],
    ]
