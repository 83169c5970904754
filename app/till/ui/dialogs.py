"""The one dialog that is open, if any: choice, override, readiness, or a sale found after a crash."""

from datetime import datetime

import htpy as h

from app.domain.draft import Draft
from app.domain.money import format_money
from app.domain.staff import StaffMember
from app.sync.mode import Known
from app.till.events.base import Event
from app.till.events.page import (
    CashApproved,
    ClockConfirmed,
    DialogClosed,
    DraftDiscarded,
    DraftResumed,
    LimitAllowed,
    OverrideGiven,
)
from app.till.slices.limits import LimitApproval
from app.till.slices.shift import Approval
from app.till.state import ClockDoubt, Connection, Override
from app.till.ui.connectivity import readiness
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, note, problem, submit
from app.till.ui.sign_in import pin_field, wait_sentence
from app.till.ui.words import moment, plural, quantity


def override(*, slice_: Override, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    """More is wanted than the stock says: a manager may let it pass."""
    sentence = t(
        "{name}: {wanted} wanted, {left} left by the last count. A manager can let it pass.",
        name=slice_.name,
        wanted=quantity(slice_.wanted),
        left=quantity(slice_.available),
    )
    form = manager_form("override", OverrideGiven, managers, slice_.problem, wait, slice_.checking, t("Allow"))
    return dialog(
        id_="override", title=t("Not enough in stock"), body=[h.p[sentence], form], sends_on_close=click(DialogClosed)
    )


def doubted_clock(*, doubt: ClockDoubt, managers: tuple[StaffMember, ...], wait: int, zone: str) -> h.Element:
    """The clock jumped: a manager confirms the date before anything is sold under it."""
    body = [
        h.p[t(doubt.why)],
        h.dl(".pairs")[
            h.div[h.dt[t("Expected")], h.dd(".num")[moment(doubt.before, zone)]],
            h.div[h.dt[t("This device says")], h.dd(".num.strong")[moment(doubt.after, zone)]],
        ],
        h.p(".quiet")[t("Saved sales are safe. If the date is wrong, set it on the device; this goes on by itself.")],
        manager_form("clock", ClockConfirmed, managers, doubt.problem, wait, doubt.checking, t("The date is right")),
    ]
    return dialog(id_="clock", title=t("Check the date"), body=body, sends_on_close=click(DialogClosed))


def cash_out(*, approval: Approval, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    """More cash is to be taken out than anybody may: a manager lets it pass."""
    move = approval.move
    sentence = t("{amount} for “{reason}” needs a manager.", amount=format_money(move.amount), reason=move.reason)
    form = manager_form("cash-out", CashApproved, managers, approval.problem, wait, approval.checking, t("Allow"))
    return dialog(id_="cash-out", title=t("Cash out"), body=[h.p[sentence], form], sends_on_close=click(DialogClosed))


def above_limit(*, approval: LimitApproval, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    """More is to be put on a house account than its limit: a manager lets it pass."""
    form = manager_form("limit", LimitAllowed, managers, approval.problem, wait, approval.checking, t("Allow"))
    body = [h.p[t(approval.why)], form]
    return dialog(id_="limit", title=t("Above the limit"), body=body, sends_on_close=click(DialogClosed))


def manager_form(
    id_: str,
    event: type[Event],
    managers: tuple[StaffMember, ...],
    why: str,
    wait: int,
    checking: bool,
    go: str,
    first: h.Node = None,
) -> h.Element:
    """A manager and their PIN, for whatever needs one; `first` are fields that stand before."""
    waiting = wait_sentence(wait)
    return h.form(".stack", submit(event), id=f"{id_}-form")[
        first,
        h.div(".field")[
            h.label(for_=f"{id_}-staff")[t("Manager")],
            h.select(".input", id=f"{id_}-staff", name="staff_id", required=True)[
                [h.option(value=person.id)[person.name] for person in managers]
            ],
        ],
        pin_field(id_=f"{id_}-pin", label=t("Manager’s PIN"), waiting=bool(waiting), focus=first is None),
        problem(waiting or why, id_=f"{id_}-pin-problem"),
        h.button(".button.primary.big", id=f"{id_}-go", type="submit", disabled=checking or bool(waiting))[go],
    ]


def ready(*, known: Known, connection: Connection, now: datetime | None) -> h.Element:
    """What the blue cloud opens: what is here, and how old it is."""
    title = t("Offline mode is enabled") if known.lasts else t("Preparing for offline")
    return dialog(
        id_="readiness",
        title=title,
        body=readiness(known=known, connection=connection, now=now),
        sends_on_close=click(DialogClosed),
    )


def found_draft(*, draft: Draft) -> h.Element:
    """A sale that a crash left open; money that was taken for it is named, so that nobody forgets it."""
    paid = sum(payment.amount for payment in draft.payments)
    taken = (
        note(
            t(
                "{amount} was already taken for it. Continue the sale, or give that money back first.",
                amount=format_money(paid),
            ),
            tone="amber",
            name="banknote",
        )
        if paid
        else None
    )
    body = [
        h.p[t("A sale with {items} was not finished. Nothing of it was lost.", items=plural(draft.cart.count, "item"))],
        h.ul(".brief")[[h.li[line.full_name] for line in draft.cart.lines[:4]]],
        taken,
        h.div(".actions")[
            h.button("#draft-discard.button.danger", click(DraftDiscarded), type="button")[t("Discard")],
            h.button("#draft-resume.button.primary", click(DraftResumed), type="button", data_focus=True)[
                t("Continue sale")
            ],
        ],
    ]
    return dialog(id_="found-draft", title=t("Unfinished sale"), body=body)
