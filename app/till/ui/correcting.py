"""The dialog in which a manager corrects an order: what may be changed, and what the law keeps as it is."""

import htpy as h

from app.domain.amendment import Correctable, Correction, value_of
from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import Payment, Tender
from app.domain.staff import StaffMember
from app.till.events.page import CorrectionGiven, CorrectionTyped, CorrectorChosen, DialogClosed
from app.till.past import Row, charged_elsewhere, taken_at_the_counter
from app.till.slices.orders import Correcting
from app.till.ui.language import t
from app.till.ui.parts import change, click, dialog, icon, problem, safe_id, submit
from app.till.ui.sign_in import pin_field, wait_sentence
from app.till.ui.words import plural, state

FIXED = "Fixed by law: it changes only by a credit note and a new invoice."
TEXTS = (
    (Correctable.NAME, "Name", "text"),
    (Correctable.PHONE, "Phone", "tel"),
    (Correctable.EMAIL, "E-mail", "email"),
)


def correcting(
    *,
    slice_: Correcting,
    row: Row,
    staff: tuple[StaffMember, ...],
    tenders: tuple[Tender, ...],
    managers: tuple[StaffMember, ...],
    wait: int,
) -> h.Element:
    """One dialog: fields on top, the locked facts under them, and who says so at the end."""
    order, edits = row.reading, slice_.edits
    body = [
        h.div(".stack")[
            h.div(".pair")[
                [_text(order, edits, field, t(word), mode) for field, word, mode in TEXTS],
                _employee(order, edits, staff),
            ],
            h.div(".pair")[
                _long(order, edits, Correctable.ADDRESS, t("Address")),
                _long(order, edits, Correctable.NOTES, t("Order notes")),
            ],
            [_payment(order, edits, each, tenders) for each in order.payments if not charged_elsewhere(each, tenders)],
            _fixed(order),
        ],
        _manager(slice_, managers, wait),
    ]
    return dialog(id_="correcting", title=t("Correct the order"), body=body, sends_on_close=click(DialogClosed))


def _now(order: Order, edits: tuple[Correction, ...], field: Correctable, payment_id: str = "") -> str:
    """What stands in a field: what was typed, else what the order says."""
    typed = (one.after for one in edits if (one.field, one.payment_id) == (field, payment_id))
    return next(typed, value_of(order, field, payment_id))


def _id(field: Correctable, payment_id: str = "") -> str:
    return safe_id("correct", field.leaf.replace("_", "-"), payment_id) if payment_id else f"correct-{field.leaf}"


def _text(
    order: Order, edits: tuple[Correction, ...], field: Correctable, label: str, mode: str, payment_id: str = ""
) -> h.Element:
    id_ = _id(field, payment_id)
    sends = change(CorrectionTyped, field=field.value, payment_id=payment_id)
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.input(
            ".input",
            sends,
            id=id_,
            type="text",
            name="value",
            value=_now(order, edits, field, payment_id),
            inputmode=mode,
            maxlength="500",
            autocomplete="off",
        ),
    ]


def _long(order: Order, edits: tuple[Correction, ...], field: Correctable, label: str) -> h.Element:
    id_ = _id(field)
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.textarea(
            ".input",
            change(CorrectionTyped, field=field.value),
            id=id_,
            name="value",
            rows="2",
            maxlength="500",
            autocomplete="off",
        )[_now(order, edits, field)],
    ]


def _employee(order: Order, edits: tuple[Correction, ...], staff: tuple[StaffMember, ...]) -> h.Element:
    chosen, sends = _now(order, edits, Correctable.SALES_EMPLOYEE), change(CorrectionTyped, field="sales_employee")
    names = [person.name for person in staff if person.active]
    return h.div(".field")[
        h.label(for_="correct-employee")[t("Sales employee")],
        h.select("#correct-employee.input", sends, name="value")[
            h.option(value="", selected=not chosen)[t("Nobody in particular")],
            [
                h.option(value=name, selected=name == chosen)[name]
                for name in dict.fromkeys([*names, *([chosen] if chosen else [])])
            ],
        ],
    ]


def _payment(
    order: Order, edits: tuple[Correction, ...], payment: Payment, tenders: tuple[Tender, ...]
) -> h.Element | None:
    """How a payment is called, and its reference; what was paid is locked."""
    chosen = _now(order, edits, Correctable.TENDER, payment.id)
    id_ = _id(Correctable.TENDER, payment.id)
    choices = {tender.id: tender.name for tender in taken_at_the_counter(tenders)}
    choices = {payment.tender_id: payment.name} | choices
    sends = change(CorrectionTyped, field=Correctable.TENDER.value, payment_id=payment.id)
    return h.div(".pair")[
        h.div(".field")[
            h.label(for_=id_)[t("{amount} paid with", amount=format_money(payment.amount))],
            h.select(".input", sends, id=id_, name="value")[
                [h.option(value=each, selected=each == chosen)[name] for each, name in choices.items()]
            ],
        ],
        _text(order, edits, Correctable.REFERENCE, t("Reference"), "text", payment.id),
    ]


def _fixed(order: Order) -> h.Element:
    """What is shown locked, so that nobody looks for it elsewhere."""
    buyer = order.customer
    facts = [
        (t("Number"), order.number),
        (t("Date"), f"{order.business_day:%d-%m-%Y}"),
        (t("Items"), plural(len(order.lines), "line")),
        (t("Total"), format_money(order.totals.total)),
        (t("GSTIN"), buyer.gstin if buyer else ""),
        (t("State"), state(buyer.state_code) if buyer else ""),
    ]
    return h.section(".locked", aria_labelledby="locked-title")[
        h.p("#locked-title.row.keep")[icon("lock"), h.span[t(FIXED)]],
        h.dl(".pairs")[[h.div[h.dt(".quiet")[word], h.dd(".num")[value]] for word, value in facts if value]],
    ]


def _manager(slice_: Correcting, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    waiting = wait_sentence(wait)
    return h.form("#correcting-form.stack", submit(CorrectionGiven))[
        h.div(".field")[
            h.label(for_="correct-reason")[t("Reason")],
            h.input(
                "#correct-reason.input",
                name="reason",
                type="text",
                value="",
                maxlength="500",
                autocomplete="off",
                required=True,
            ),
        ],
        h.div(".pair")[
            h.div(".field")[
                h.label(for_="correct-staff")[t("Manager")],
                h.select("#correct-staff.input", change(CorrectorChosen), name="staff_id", required=True)[
                    [h.option(value=one.id, selected=one.id == slice_.staff_id)[one.name] for one in managers]
                ],
            ],
            pin_field(id_="correct-pin", label=t("Manager’s PIN"), waiting=bool(waiting), focus=False),
        ],
        problem(waiting or t(slice_.problem), id_="correct-pin-problem"),
        h.button("#correct-save.button.primary.big", type="submit", disabled=slice_.checking or bool(waiting))[
            t("Save correction")
        ],
    ]
