"""Checkout: what to fill in on the left, what is being paid on the right."""

from dataclasses import dataclass

import htpy as h

from app.domain.cart import Cart
from app.domain.customer import Customer
from app.domain.money import format_money, times
from app.domain.order import Fulfilment
from app.domain.payment import Payment
from app.domain.pricing import Priced, Totals
from app.domain.staff import StaffMember
from app.sync.mode import Ability
from app.till.events.page import (
    CheckoutLeft,
    CustomerAsked,
    EmployeeChosen,
    FulfilmentChosen,
    PaymentReturned,
    PaymentTaken,
    SaleCompleted,
)
from app.till.state import Checkout
from app.till.ui.cart import tax_rows
from app.till.ui.coupon import Couponing, coupon_field
from app.till.ui.delivery import Delivering, delivery_form, fee_row
from app.till.ui.discounts import discount_rows, offers_note
from app.till.ui.exchange import back_row, credit_row
from app.till.ui.language import t
from app.till.ui.notes import notes_field
from app.till.ui.part import Part
from app.till.ui.parts import change, click, icon, key, money, problem, radio, total_row
from app.till.ui.paying import Paying, payment_form
from app.till.ui.training import training_note
from app.till.ui.words import plural, quantity, state

MOST = 40
"""Lines of the summary drawn at most."""


@dataclass(frozen=True, slots=True)
class Completing:
    """How far the last press is."""

    saving: bool
    """The sale is being written to the journal."""
    keeping: bool
    """A payment is being written to the draft."""
    busy: bool
    """A card is under way."""
    part: int
    """What may be taken as a payment of several, minor units; nothing where that is all."""
    problem: str
    obstacle: str
    """Why nothing can be sold now."""
    training: bool

    @property
    def waits(self) -> bool:
        """Whether nothing can be pressed now."""
        return self.saving or self.keeping or self.busy


def checkout(
    *,
    slice_: Checkout,
    cart: Cart,
    sums: Priced | None,
    offers: str,
    couponing: Couponing,
    paying: Paying,
    staff: tuple[StaffMember, ...],
    delivering: Delivering,
    common_notes: tuple[str, ...],
    completing: Completing,
) -> h.Element:
    """One page from the filled cart to the saved sale; while that is written, styles keep hands off the rest of it."""
    return h.div(".checkout")[
        h.div(".checkout-fill")[
            _head(waits=paying.waits),
            payment_form(slice_=slice_, paying=paying),
            h.div(".card")[coupon_field(entry=slice_.coupon, couponing=couponing, sums=sums)],
            _order(slice_, staff, common_notes, _fulfilment(slice_, delivering.ability), _delivery(slice_, delivering)),
        ],
        h.aside(".checkout-pay", aria_label=t("To pay"))[
            _summary(cart, sums), _sums(slice_, sums, paying, offers), complete(completing=completing)
        ],
    ]


def _head(*, waits: bool) -> h.Element:
    back = h.button(
        "#checkout-back.button.plain", click(CheckoutLeft), type="button", data_key="Escape", disabled=waits
    )
    return h.div(".row")[back[icon("arrow-left"), t("Back")], h.h1[t("Checkout")]]


def _delivery(slice_: Checkout, delivering: Delivering) -> h.Element | None:
    if slice_.fulfilment is not Fulfilment.DELIVERY:
        return None
    return delivery_form(arrangement=slice_.delivery, delivering=delivering, paid=bool(slice_.payments))


def _order(
    slice_: Checkout, staff: tuple[StaffMember, ...], common_notes: tuple[str, ...], *fulfilment: h.Element | None
) -> h.Element:
    return h.div(".card.order-card")[
        fulfilment,
        _customer(slice_.customer),
        h.div(".field")[
            h.label(for_="sales-employee")[t("Sales employee")],
            h.select("#sales-employee.input", change(EmployeeChosen), name="value")[
                h.option(value="", selected=not slice_.sales_employee)[t("Nobody in particular")],
                [
                    h.option(value=person.name, selected=person.name == slice_.sales_employee)[person.name]
                    for person in staff
                    if person.active
                ],
            ],
        ],
        notes_field(notes=slice_.notes, common=common_notes),
    ]


def _fulfilment(slice_: Checkout, delivery: Ability) -> h.Element:
    choices = (
        (Fulfilment.SELF_PICKUP, "Self Pickup", ""),
        (Fulfilment.DELIVERY, "Delivery", delivery.reason),
    )
    return h.fieldset(".field.fulfilment")[
        h.legend(".label")[t("Fulfilment")],
        h.div(".options.two")[
            [
                radio(
                    id_=f"fulfilment-{value}",
                    name="fulfilment",
                    value=value.value,
                    checked=slice_.fulfilment is value,
                    sends=change(FulfilmentChosen),
                    label=t(title),
                    why=why,
                )
                for value, title, why in choices
            ]
        ],
    ]


def _customer(customer: Customer | None) -> h.Element:
    facts = (
        " · ".join(part for part in (customer.phone, customer.gstin, state(customer.state_code)) if part)
        if customer
        else t("For the invoice, or to call back")
    )
    return h.div(".field")[
        h.span(".label", id="customer-label")[t("Buyer")],
        h.div(".who-buys")[
            h.div(".grow", id="customer-facts")[
                h.p(".strong")[customer.name if customer else t("No name taken")], h.p(".quiet")[facts]
            ],
            h.button(
                "#customer-ask.button",
                click(CustomerAsked),
                type="button",
                data_key="F2",
                aria_describedby="customer-facts",
            )[icon("user"), t("Customer"), key("F2")],
        ],
    ]


def _summary(cart: Cart, sums: Priced | None) -> h.Element:
    off = [line.discount for line in sums.lines] if sums else [0] * len(cart.lines)  # a charge may follow the goods
    drawn = list(zip(cart.lines, off, strict=False))[:MOST]
    return h.div(".summary", tabindex="0", role="group", aria_label=t("Items"))[
        h.p(".quiet")[plural(cart.count, "item")],
        h.ul(role="list")[
            [
                h.li(".summary-line")[
                    h.span(".grow")[
                        line.full_name,
                        h.span(".quiet.num")[f" × {quantity(line.quantity, weighed=line.weighed)}"],
                    ],
                    h.span(".num")[format_money(times(line.unit_price, line.quantity) - discount)],
                ]
                for line, discount in drawn
            ]
        ],
        h.p(".quiet")[t("…and {count:,} more lines", count=len(cart.lines) - MOST)] if len(cart.lines) > MOST else None,
    ]


def _sums(slice_: Checkout, sums: Priced | None, paying: Paying, offers: str) -> h.Element:
    totals = sums.totals if sums else Totals(value=0, total=0)
    return h.div(".pay-sums")[
        discount_rows(sums, "checkout"),
        tax_rows(totals),
        h.p(".sum.strong")[h.span[t("Total")], money(totals.total, "checkout-total")],
        fee_row(sums),
        credit_row(paying.exchange, paying.worth, totals.total),
        h.ul(".taken", role="list", aria_label=t("Payments taken"))[[_taken(payment) for payment in slice_.payments]]
        if slice_.payments
        else None,
        offers_note(offers, "checkout"),
        total_row(t("Due"), paying.due, id_="due"),
        back_row(paying.back),
        total_row(t("Change to give back"), paying.change, id_="change", change=True) if paying.change else None,
    ]


def _taken(payment: Payment) -> h.Element:
    return h.li(".sum", id=f"payment-{payment.id}")[
        h.span(".grow")[icon("circle-check"), payment.name, h.span(".quiet")[_detail(payment)]],
        money(payment.amount),
        h.button(
            ".button.plain.square",
            click(PaymentReturned, payment_id=payment.id),
            id=f"return-{payment.id}",
            type="button",
            title=t("Give back"),
            aria_label=t("Give back {name}", name=payment.name),
        )[icon("undo-2")],
    ]


def _detail(payment: Payment) -> str:
    return f"{payment.shown} · {t('stored')}" if payment.stored else payment.shown


def complete(*, completing: Completing) -> h.Element:
    """The last press, and why it cannot be made."""
    now = completing
    return h.div("#completing.stack.tight", data_saving=now.saving, data_unsaved=now.saving or now.keeping)[
        training_note() if now.training else None,
        problem(now.problem or now.obstacle, id_="checkout-problem"),
        h.button("#add-payment.button.big", click(PaymentTaken), type="button", disabled=now.waits)[
            t("Add payment of {amount}", amount=format_money(now.part))
        ]
        if now.part
        else None,
        h.button(
            "#complete-sale.button.primary.big",
            click(SaleCompleted),
            type="button",
            data_key="F9",
            disabled=now.waits or bool(now.obstacle),
            aria_describedby="checkout-problem",
        )[t("Saving") if now.saving else t("Complete sale"), key("F9")],
    ]


PARTS = (Part("completing", complete, frozenset({"completing"})),)
"""A press changes only this until the sale is saved."""
