"""The page on which goods of a sale are taken back: what of it, why, and how the money goes back."""

from dataclasses import dataclass
from decimal import Decimal

import htpy as h

from app.domain.money import format_money
from app.domain.payment import Tender, TenderKind
from app.domain.pricing import OrderLine
from app.domain.returning import LONGEST_REASON
from app.domain.staff import StaffMember
from app.till.events.returning import (
    DamageTicked,
    RefundChosen,
    RefundReferenced,
    ReturnCounted,
    ReturnGiven,
    ReturnLeft,
    ReturnReasoned,
    ReturnTurned,
)
from app.till.returned import Worked
from app.till.slices.returning import Returning
from app.till.ui.language import t
from app.till.ui.parts import change, click, icon, money, note, problem, radio, submit, total_row, typing
from app.till.ui.sign_in import pin_field, wait_sentence
from app.till.ui.words import moment, quantity

REFERENCED = frozenset({TenderKind.CARD, TenderKind.UPI})
BEST_ONLINE = (
    "Best done when online: another register may have taken something of this sale back already. "
    "The store’s system checks it at the next sync."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page knows beside what was typed."""

    remaining: tuple[Decimal, ...]
    """How many of each line may still come back."""
    worked: Worked | None
    """What the picks come to; none while nothing right was picked."""
    why: str
    """Why nothing can be given back now."""
    asking: bool
    managers: tuple[StaffMember, ...]
    """Who may let it pass; empty where nobody has to."""
    wait: int
    tenders: tuple[Tender, ...]
    reasons: tuple[str, ...]
    zone: str


def take_back(*, desk: Returning, beside: Beside) -> h.Element:
    """Lines on the left, what comes of them on the right."""
    order = desk.order
    made = t("Sold at {register} on {time}", register=order.register, time=moment(order.at, beside.zone))
    return h.div(".page.take-back")[
        h.div(".row")[
            h.button("#return-back.button.plain", click(ReturnLeft), type="button", data_key="Escape")[
                icon("arrow-left"), t("Back")
            ],
            h.h1[t("Take back from {number}", number=order.number)],
        ],
        h.p(".quiet.num")[made],
        _known(desk, beside),
        h.div(".columns")[
            h.section(".card.stack", aria_labelledby="return-items")[
                h.h2("#return-items")[t("Which items come back?")],
                h.ul(".return-lines", role="list", aria_label=t("Items"))[
                    [_line(desk, place, line, beside.remaining[place]) for place, line in enumerate(order.lines)]
                ],
            ],
            _form(desk, beside),
        ],
    ]


def _known(desk: Returning, beside: Beside) -> h.Element | None:
    """How sure it is what has come back already."""
    if beside.why:
        return note(t(beside.why), tone="amber", name="triangle-alert", id_="return-why")
    if beside.asking:
        return note(t("The store’s system is asked what has come back already."), name="clock", id_="return-asking")
    if not desk.confirmed:
        return note(t(BEST_ONLINE), tone="amber", name="wifi-off", id_="return-hint")
    return None


def _line(desk: Returning, place: int, line: OrderLine, left: Decimal) -> h.Element:
    name = f"{line.name} ({line.label})" if line.label else line.name
    sold = t("{count} sold, {left} can come back", count=_count(line.quantity, line), left=_count(left, line))
    worth = format_money(line.total)
    return h.li(".return-line", data_gone=not left)[
        h.div(".grow")[h.p(".strong")[name], h.p(".quiet.num")[f"{sold} · {worth}"]],
        h.span(".quiet")[t("follows its item")] if line.parent else _controls(desk, place, line, name, left),
    ]


def _controls(desk: Returning, place: int, line: OrderLine, name: str, left: Decimal) -> h.Element:
    whole = {"step": "0.001"} if line.weighed else {"step": "1", "max": str(int(left))}
    counted = h.input(
        ".input.num.count",
        typing(ReturnCounted, position=place) | whole,
        id=f"return-{place}",
        type="number",
        name="value",
        min="0",
        value=desk.typed.get(place, ""),
        placeholder="0",
        autocomplete="off",
        disabled=not left,
        aria_label=t("How many of {name} come back", name=name),
    )
    return h.div(".row.keep")[_damaged(desk, place, name, left), counted]


def _damaged(desk: Returning, place: int, name: str, left: Decimal) -> h.Element:
    ticked = h.input(
        change(DamageTicked, position=place),
        id=f"damaged-{place}",
        type="checkbox",
        name="damaged",
        value=str(place),
        checked=place in desk.damaged,
        disabled=not left,
        aria_label=t("{name} is damaged", name=name),
    )
    return h.label(".damaged")[ticked, h.span[t("Damaged")]]


def _count(amount: Decimal, line: OrderLine) -> str:
    return quantity(amount, weighed=line.weighed)


def _form(desk: Returning, beside: Beside) -> h.Element:
    waiting = wait_sentence(beside.wait) if beside.managers else ""
    worked = beside.worked
    return h.form("#return-form.card.stack", submit(ReturnGiven))[
        _reason(desk, beside.reasons),
        _turn(desk),
        _way(desk, beside.tenders),
        _reference(desk, worked),
        _sums(desk, worked),
        _manager(worked, beside.managers, waiting) if beside.managers else None,
        problem(waiting or t(desk.problem), id_="return-pin-problem"),
        h.button(
            "#return-give.button.primary.big",
            type="submit",
            disabled=worked is None or desk.writing or desk.checking or beside.asking or bool(beside.why or waiting),
        )[_go(desk, worked)],
    ]


def _go(desk: Returning, worked: Worked | None) -> str:
    if desk.exchange:
        return t("Choose the new items")
    return t("Give back {amount}", amount=format_money(worked.back.amount if worked else 0))


def _reason(desk: Returning, reasons: tuple[str, ...]) -> h.Element:
    return h.div(".field")[
        h.label(for_="return-reason")[t("Reason")],
        h.input(
            "#return-reason.input",
            typing(ReturnReasoned),
            name="value",
            type="text",
            value=desk.reason,
            list="return-reasons",
            maxlength=str(LONGEST_REASON),
            autocomplete="off",
        ),
        h.datalist("#return-reasons")[[h.option(value=each) for each in reasons]],
    ]


def _turn(desk: Returning) -> h.Element:
    choices = (("money", "Give the money back", not desk.exchange), ("exchange", "Exchange", desk.exchange))
    return h.fieldset(".field")[
        h.legend(".label")[t("What the customer gets")],
        h.div(".options.two")[
            [
                radio(
                    id_=f"turn-{value}",
                    name="turn",
                    value=value,
                    checked=checked,
                    sends=change(ReturnTurned),
                    label=t(word),
                )
                for value, word, checked in choices
            ]
        ],
    ]


def _way(desk: Returning, tenders: tuple[Tender, ...]) -> h.Element:
    return h.div(".field")[
        h.label(for_="refund-by")[t("Difference by") if desk.exchange else t("Money goes back by")],
        h.select("#refund-by.input", change(RefundChosen), name="refund")[
            h.option(value="", selected=not desk.tender_id)[t("The way it was paid")],
            [h.option(value=each.id, selected=each.id == desk.tender_id)[each.name] for each in tenders],
        ],
    ]


def _reference(desk: Returning, worked: Worked | None) -> h.Element | None:
    """Of the refund: only a card or an app has one."""
    if worked is None or not any(source.kind in REFERENCED for source in worked.back.sources):
        return None
    return h.div(".field")[
        h.label(for_="refund-reference")[t("Reference of the refund")],
        h.input(
            "#refund-reference.input",
            typing(RefundReferenced),
            name="reference",
            type="text",
            value=desk.reference,
            maxlength="100",
            autocomplete="off",
        ),
    ]


def _sums(desk: Returning, worked: Worked | None) -> h.Element:
    if worked is None:
        return h.div(".pay-sums")[h.p(".quiet")[t("Nothing was picked yet.")]]
    rounding = worked.back.amount - worked.sums.total
    sources = () if desk.exchange else worked.back.sources
    total = worked.sums.total if desk.exchange else worked.back.amount
    return h.div(".pay-sums")[
        h.p(".sum")[
            h.span[t("Worth of the items")],
            money(worked.sums.total, "return-worth"),
        ],
        h.p(".sum")[h.span[t("Rounding")], money(rounding)] if rounding and not desk.exchange else None,
        [h.p(".sum")[h.span[source.name], money(source.amount)] for source in sources],
        total_row(t("Counts towards the new items") if desk.exchange else t("To give back"), total, id_="refund-total"),
    ]


def _manager(worked: Worked | None, managers: tuple[StaffMember, ...], waiting: str) -> h.Element:
    short = worked.back.short if worked else 0
    why = (
        t("{amount} goes back by another way than it came: a manager lets it pass.", amount=format_money(short))
        if short
        else t("More than anybody may give back: a manager lets it pass.")
    )
    return h.div(".stack.tight")[
        note(why, tone="amber", name="user", id_="return-manager"),
        h.div(".pair")[
            h.div(".field")[
                h.label(for_="return-staff")[t("Manager")],
                h.select("#return-staff.input", name="staff_id")[
                    [h.option(value=person.id)[person.name] for person in managers]
                ],
            ],
            pin_field(id_="return-pin", label=t("Manager’s PIN"), waiting=bool(waiting), focus=False),
        ],
    ]
