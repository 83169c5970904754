"""The dialog that takes something off by hand, or changes a price; and how that stands in the cart."""

from dataclasses import dataclass

import htpy as h

from app.domain.by_hand import ByHand, GivenDiscount
from app.domain.cart import Line
from app.domain.invoice import rate_text
from app.domain.leeway import Leeway, Leeways
from app.domain.money import format_money
from app.domain.pricing import OrderLine
from app.domain.staff import StaffMember
from app.till.bargains import Outcome
from app.till.events.page import (
    BargainAsked,
    BargainMade,
    BargainReasonTyped,
    BargainRemoved,
    BargainTyped,
    BargainWayChosen,
    DialogClosed,
)
from app.till.slices.bargain import Bargain, Way
from app.till.ui.language import t
from app.till.ui.parts import change, click, dialog, icon, note, problem, radio, safe_id, submit, typing
from app.till.ui.sign_in import pin_field, wait_sentence

WAYS = {Way.PERCENT: "Per cent", Way.AMOUNT: "Amount", Way.PRICE: "New price"}
LABELS = {Way.PERCENT: "Per cent off", Way.AMOUNT: "Amount off", Way.PRICE: "New price"}


@dataclass(frozen=True, slots=True)
class Bargaining:
    """What the dialog has to know beside what was typed."""

    ways: tuple[Way, ...]
    line: Line | None
    present: ByHand | None
    leeways: Leeways
    own: Leeway
    outcome: Outcome | None
    needs: bool
    """It is more than the person at the till may give, and not more than a manager may."""
    reasons: tuple[str, ...]
    managers: tuple[StaffMember, ...]
    wait: int


def bargain(*, slice_: Bargain, bargaining: Bargaining) -> h.Element:
    """How much, why, and what it comes to; a manager's PIN only where it is needed."""
    line = bargaining.line
    body = [
        h.form(".stack", submit(BargainMade), id="bargain-form")[
            _ways(slice_.way, bargaining.ways),
            _how_much(slice_, bargaining),
            _preview(bargaining.outcome),
            _reason(slice_.reason, bargaining.reasons),
            _approval(bargaining) if bargaining.needs else None,
            problem(t(slice_.problem) if slice_.problem else "", id_="bargain-problem"),
            _actions(slice_, bargaining),
        ]
    ]
    title = t("Discount for {name}", name=line.full_name) if line else t("Discount on the order")
    return dialog(id_="bargain", title=title, body=body, sends_on_close=click(DialogClosed))


def _ways(chosen: Way, ways: tuple[Way, ...]) -> h.Element | None:
    if len(ways) < 2:
        return None
    return h.fieldset[
        h.legend(".unseen")[t("What is changed")],
        h.div(".options.ways")[
            [
                radio(
                    id_=f"bargain-{way}",
                    name="way",
                    value=way.value,
                    checked=way is chosen,
                    sends=change(BargainWayChosen),
                    label=t(WAYS[way]),
                )
                for way in ways
            ]
        ],
    ]


def _how_much(slice_: Bargain, bargaining: Bargaining) -> h.Element:
    return h.div(".field")[
        h.label(for_="bargain-value")[t(LABELS[slice_.way])],
        h.input(
            "#bargain-value.input.money.num",
            typing(BargainTyped),
            name="value",
            type="text",
            inputmode="decimal",
            value=slice_.typed,
            maxlength="40",
            autocomplete="off",
            data_focus=True,
            aria_describedby="bargain-value-hint bargain-problem",
        ),
        h.p("#bargain-value-hint.hint")[_limits(slice_, bargaining)],
    ]


def _limits(slice_: Bargain, bargaining: Bargaining) -> str:
    """What one may give oneself, and what with a manager."""
    own, widest, line = bargaining.own, bargaining.leeways.widest, bargaining.line
    if slice_.way is Way.PRICE and line is not None:
        mine, theirs = (_between(each, line) for each in (own, widest))
        nothing = not (own.below or own.above)
    else:
        mine, theirs = (rate_text(each.order if line is None else each.line) for each in (own, widest))
        nothing = not (own.order if line is None else own.line)
    if nothing:
        return t("Only with a manager: {theirs}", theirs=theirs)
    if mine == theirs:
        return t("Allowed: {mine}", mine=mine)
    return t("Allowed: {mine}, with a manager {theirs}", mine=mine, theirs=theirs)


def _between(leeway: Leeway, line: Line) -> str:
    low, high = leeway.prices(line.catalogue_price)
    return f"{format_money(low)} – {format_money(high)}"


def _preview(outcome: Outcome | None) -> h.Element:
    """What it would cost then, beside what it costs now."""
    return h.div("#bargain-preview.total-row", role="status")[
        [
            h.span(".total-word")[t("New price")],
            h.span(".bargained.num")[
                h.span(".unseen")[t("Before the discount")],
                h.s(".quiet")[format_money(outcome.before)],
                h.span(".unseen")[t("Now")],
                h.span("#bargain-after.total", data_minor=str(outcome.after))[format_money(outcome.after)],
            ],
        ]
        if outcome
        else h.p(".quiet")[t("Type how much, and the new price stands here.")]
    ]


def _reason(reason: str, common: tuple[str, ...]) -> h.Element:
    return h.div(".field")[
        h.div(".row.apart")[
            h.label(for_="bargain-reason")[t("Reason")],
            h.span("#bargain-reason-hint.hint")[t("It stands on the invoice.")],
        ],
        _common(reason, common) if common else None,
        h.input(
            "#bargain-reason.input",
            typing(BargainReasonTyped),
            name="reason",
            type="text",
            value=reason,
            maxlength="200",
            autocomplete="off",
            placeholder=t("Any other reason"),
            aria_describedby="bargain-reason-hint",
        ),
    ]


def _common(chosen: str, common: tuple[str, ...]) -> h.Element:
    """Common reasons, one tap each."""
    return h.div(".chips", role="group", aria_label=t("Common reasons"))[
        [
            h.button(
                click(BargainReasonTyped, value=each),
                id=safe_id("reason", each),
                type="button",
                class_="chip",
                aria_pressed=str(each == chosen).lower(),
            )[t(each)]
            for each in common
        ]
    ]


def _approval(bargaining: Bargaining) -> h.Element:
    waiting = wait_sentence(bargaining.wait)
    return h.div(".stack.tight")[
        note(t("That is more than you may give. A manager’s PIN lets it pass."), tone="amber", name="user-check"),
        h.div(".pair")[
            h.div(".field")[
                h.label(for_="bargain-staff")[t("Manager")],
                h.select("#bargain-staff.input", name="staff_id", required=True)[
                    [h.option(value=person.id)[person.name] for person in bargaining.managers]
                ],
            ],
            pin_field(id_="bargain-pin", label=t("Manager’s PIN"), waiting=bool(waiting), focus=False),
        ],
        problem(waiting, id_="bargain-pin-problem"),
    ]


def _actions(slice_: Bargain, bargaining: Bargaining) -> h.Element:
    word = t("Use the catalogue’s price") if slice_.way is Way.PRICE else t("Remove discount")
    return h.div(".actions")[
        h.button("#bargain-remove.button", click(BargainRemoved), type="button", disabled=slice_.checking)[word]
        if bargaining.present
        else None,
        h.button("#bargain-apply.button.primary", type="submit", disabled=slice_.checking)[
            t("Checking") if slice_.checking else t("Apply")
        ],
    ]


def bargain_button(index: int, name: str, id_: str, amount: h.Element) -> h.Element:
    """What a line costs: a touch on it opens the dialog."""
    return h.button(
        ".button.plain.cart-price",
        click(BargainAsked, line=index),
        id=id_,
        type="button",
    )[icon("tag"), h.span(".unseen")[t("Discount for {name}", name=name)], " ", amount]


def order_button() -> h.Element:
    """Opens the dialog for the whole order."""
    return h.button("#order-discount.button.plain", click(BargainAsked, line=-1), type="button")[
        icon("tag"), t("Discount on the order")
    ]


def by_hand(line: OrderLine | Line, given: GivenDiscount | None) -> list[h.Element]:
    """What somebody did to a line: a reason, and who let it pass."""
    marks = [_by(each, "") for each in ([given.given] if given else [])]
    if line.changed_price:
        before = t("Price changed, was {price}", price=format_money(line.changed_price.catalogue))
        marks.append(_by(line.changed_price, before))
    return marks


def _by(by: ByHand, before: str) -> h.Element:
    allowed = t("allowed by {name}", name=by.approved_by) if by.approved_by else ""
    return h.span(".quiet")[" · ".join(part for part in (before, t(by.reason), allowed) if part)]
