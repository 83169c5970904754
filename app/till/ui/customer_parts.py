"""What the list of customers and the dialog at checkout have in common: search, camera, and the fields."""

from dataclasses import dataclass

import htpy as h

from app.domain.customer import Customer, Field
from app.domain.states import STATES
from app.sync.mode import Ability
from app.till.events.page import CameraRefused, CustomersEntered, CustomersSearched
from app.till.ui.language import t
from app.till.ui.parts import field, icon, key, note, otherwise, submit, typing

WORDS = {
    Field.NAME: "Name",
    Field.PHONE: "Phone",
    Field.EMAIL: "Email",
    Field.GSTIN: "GSTIN",
    Field.ADDRESS: "Address",
    Field.STATE: "State",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A customer of the list."""

    customer: Customer
    unsent: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """What a search found: the first of them, and how many there are."""

    rows: tuple[Row, ...]
    count: int


def search(*, id_: str, label: str, text: str, focus: bool) -> h.Element:
    """Where a phone number or a name is typed; a scanned card is looked up from there, too."""
    return h.form(".search", submit(CustomersEntered), id=f"{id_}-form", role="search", aria_label=label)[
        icon("search"),
        h.input(
            ".input",
            typing(CustomersSearched),
            id=id_,
            name="value",
            type="search",
            value=text,
            aria_label=label,
            placeholder=t("Phone or name"),
            autocomplete="off",
            spellcheck="false",
            enterkeyhint="search",
            data_focus=focus,
            data_key="/",
        ),
        key("/"),
    ]


def camera_button(*, id_: str, scanning: Ability) -> h.Element:
    """Scan a card with the camera, where the browser can; offline it waits with its reason."""
    return h.span(".scan")[
        h.button(
            ".button.camera-can",
            otherwise(CameraRefused),
            id=id_,
            type="button",
            data_do="read-code",
            disabled=not scanning.allowed,
            aria_describedby=f"{id_}-why" if scanning.reason else None,
        )[icon("scan-line"), t("Scan with camera")],
        h.span(".quiet.camera-cannot")[t("This browser has no camera scanner. A hand scanner works.")]
        if scanning.allowed
        else None,
        h.span(".quiet", id=f"{id_}-why")[icon("wifi-off"), t("Scanning cards: {why}", why=t(scanning.reason))]
        if scanning.reason
        else None,
    ]


def looking() -> h.Element:
    return note(t("Looking for the customer of this card"), name="search")


def customer_fields(base: str, one: Customer, *, focus: bool = False) -> list[h.Node]:
    """The fields of a customer; each is called as the form sends it."""
    return [
        _text(base, Field.NAME, one, required=True, focus=focus),
        h.div(".pair")[
            _text(base, Field.PHONE, one, inputmode="tel"), _text(base, Field.EMAIL, one, inputmode="email")
        ],
        _text(base, Field.ADDRESS, one),
        h.div(".pair")[
            _text(base, Field.GSTIN, one, hint=t("For a business, 15 characters")),
            _state(base, one),
        ],
    ]


def _text(
    base: str,
    which: Field,
    one: Customer,
    *,
    required: bool = False,
    inputmode: str | None = None,
    hint: str = "",
    focus: bool = False,
) -> h.Element:
    id_ = f"{base}-{which.value}"
    control = h.input(
        ".input",
        id=id_,
        name=which.value,
        type="text",
        value=which.of(one),
        required=required,
        inputmode=inputmode,
        autocomplete="off",
        aria_describedby=f"{id_}-hint" if hint else None,
        data_focus=focus,
    )
    return field(id_=id_, label=t(WORDS[which]), control=control, hint=hint)


def _state(base: str, one: Customer) -> h.Element:
    id_ = f"{base}-state"
    control = h.select(".input", id=id_, name="state_code")[
        h.option(value="", selected=not one.state_code)[t("As the store")],
        [h.option(value=code, selected=code == one.state_code)[f"{t(name)} ({code})"] for code, name in STATES.items()],
    ]
    return field(id_=id_, label=t("State"), control=control)
