"""Delivery at checkout: where to, what it costs, and when; the fee is the OMS's word."""

from dataclasses import dataclass

import htpy as h

from app.domain.delivery import FEE, Address, Arrangement, Slot
from app.domain.money import format_money
from app.domain.pricing import Priced
from app.domain.states import STATES
from app.sync.mode import Ability
from app.till.events.page import AddressTyped, FeeAsked, SlotChosen
from app.till.ui.language import t
from app.till.ui.parts import change, click, icon, money, note, radio, typing
from app.till.ui.words import clock, day


@dataclass(frozen=True, slots=True)
class Delivering:
    """What delivery depends on beside the sale: whether it is possible, whether a fee is asked for, the zone."""

    ability: Ability
    asking: bool
    zone: str


def delivery_form(*, arrangement: Arrangement, delivering: Delivering, paid: bool) -> h.Element:
    """Address, fee and times; offline it says what still holds."""
    why, asking = delivering.ability.reason, delivering.asking
    return h.div(".delivery")[
        _address(arrangement.address),
        note(t("Money was taken for this sale, so the delivery stays as it was quoted."), name="info")
        if why and paid
        else None,
        h.div(".row")[
            h.button("#get-fee.button", click(FeeAsked), type="button", disabled=asking or bool(why))[
                icon("truck"), t("Getting the fee") if asking else t("Get delivery fee")
            ],
            _fee(arrangement),
        ],
        _slots(arrangement, delivering.zone) if arrangement.quote else None,
    ]


def _address(address: Address) -> h.Element:
    return h.div(".address", role="group", aria_label=t("Delivery address"))[
        _part("line", t("Address"), address.line),
        _part("city", t("City"), address.city),
        _part("pincode", t("PIN code"), address.pincode, inputmode="numeric", maxlength="6"),
        h.div(".field.address-state")[
            h.label(for_="delivery-state")[t("State")],
            h.select("#delivery-state.input", change(AddressTyped, part="state_code"), name="value")[
                h.option(value="", selected=not address.state_code)[t("Choose")],
                [
                    h.option(value=code, selected=code == address.state_code)[f"{t(name)} ({code})"]
                    for code, name in STATES.items()
                ],
            ],
        ],
        _part("phone", t("Phone for the delivery"), address.phone, inputmode="tel"),
    ]


def _part(part: str, label: str, value: str, **more: str) -> h.Element:
    return h.div(class_=["field", f"address-{part}"])[
        h.label(for_=f"delivery-{part}")[label],
        h.input(
            typing(AddressTyped, part=part) | more,
            class_="input",
            id=f"delivery-{part}",
            name="value",
            type="text",
            value=value,
            autocomplete="off",
            aria_describedby="checkout-problem",
        ),
    ]


def _fee(arrangement: Arrangement) -> h.Element | None:
    quote = arrangement.quote
    if quote is None:
        return None
    amount = format_money(quote.fee) if quote.fee else t("Free")
    return h.p("#delivery-fee", role="status", data_minor=str(quote.fee))[
        h.span(".quiet")[quote.zone], " ", h.span(".strong.num")[amount]
    ]


def _slots(arrangement: Arrangement, zone: str) -> h.Element:
    slots = arrangement.quote.slots if arrangement.quote else ()
    return h.fieldset(".field")[
        h.legend(".label")[t("Delivery time")],
        h.div(".options.three")[
            [
                radio(
                    id_=f"slot-{place}",
                    name="slot",
                    value=slot.starts.isoformat(),
                    checked=slot == arrangement.slot,
                    sends=change(SlotChosen),
                    label=slot_words(slot, zone),
                )
                for place, slot in enumerate(slots)
            ]
        ],
    ]


def slot_words(slot: Slot, zone: str) -> str:
    """Day and hours in the store: 22 Nov 2026, 10:00–13:00."""
    return f"{day(slot.starts, zone)}, {clock(slot.starts, zone)}–{clock(slot.ends, zone)}"


def fee_row(sums: Priced | None) -> h.Element | None:
    """What the delivery is of the total, as the customer pays it."""
    fee = sum(line.total for line in sums.lines if line.variant_id == FEE) if sums else 0
    return h.p(".sum")[h.span[t("Delivery included")], money(fee, "checkout-fee")] if fee else None
