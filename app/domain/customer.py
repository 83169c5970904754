"""Who buys: only what an invoice or a call back needs; and how what two people wrote about one comes together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.gstin import wrong_gstin
from app.domain.money import Value
from app.domain.states import STATES
from app.domain.texts import visible

LONGEST = 200
"""Characters of any one field."""
_PHONE = re.compile(r"[0-9]{10}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BETWEEN = re.compile(r"[\s()./-]+")


class Customer(Value):
    id: str
    name: str
    phone: str = ""
    email: str = ""
    gstin: str = ""
    address: str = ""
    state_code: str = ""
    """GST State code of the recorded address, or empty; it decides the place of supply (IGST Act s.10(1)(ca))."""
    revision: int = 0


class Field(StrEnum):
    """What can be written down about a customer."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    GSTIN = "gstin"
    ADDRESS = "address"
    STATE = "state_code"

    def of(self, customer: Customer) -> str:
        text: str = getattr(customer, self.value)
        return text


class Edit(Value):
    """One field as it was and as it is to be; both alike where somebody decided that it stays."""

    field: Field
    before: str
    after: str


class Clash(Value):
    """A field that was changed here and, differently, in the back office, which kept its own."""

    field: Field
    here: str
    office: str


def tidied(customer: Customer) -> Customer:
    """The same customer as it is written down: a GSTIN names a State, where nothing else does."""
    texts = {field: " ".join(visible(field.of(customer)).split()) for field in Field}
    gstin = texts[Field.GSTIN].replace(" ", "").upper()
    state = texts[Field.STATE] or (gstin[:2] if gstin[:2] in STATES else "")
    given = texts | {Field.PHONE: plain_phone(texts[Field.PHONE]), Field.GSTIN: gstin, Field.STATE: state}
    return customer.model_copy(update={field.value: text for field, text in given.items()})


def plain_phone(phone: str) -> str:
    """A phone number as its ten digits, however it was typed, so that one number is found again."""
    digits = _BETWEEN.sub("", phone)
    return digits.removeprefix("+91") if len(digits) == 13 else digits


def wrong(customer: Customer) -> str:
    """Say what is wrong with a tidied customer, or nothing: what is wrong on an invoice stays so for years."""
    if not customer.name:
        return "Type the customer’s name."
    if any(len(field.of(customer)) > LONGEST for field in Field):
        return f"That is too long. Use at most {LONGEST} characters in each field."
    if customer.phone and not _PHONE.fullmatch(customer.phone):
        return "A phone number has ten digits. Check it, or leave it empty."
    if customer.email and not _EMAIL.fullmatch(customer.email):
        return "That is not an email address. Check it, or leave it empty."
    if customer.state_code and customer.state_code not in STATES:
        return "There is no State with that code. Choose one from the list."
    return wrong_gstin(customer.gstin) if customer.gstin else ""


def edits_between(before: Customer, after: Customer) -> tuple[Edit, ...]:
    """What has to be written down to make one customer of the other."""
    pairs = ((field, field.of(before), field.of(after)) for field in Field)
    return tuple(Edit(field=field, before=old, after=new) for field, old, new in pairs if old != new)


def edited(customer: Customer, edits: Iterable[Edit]) -> Customer:
    return customer.model_copy(update={edit.field.value: edit.after for edit in edits})


@dataclass(frozen=True, slots=True)
class Merged:
    customer: Customer
    clashes: tuple[Clash, ...] = ()


def merged(current: Customer, edits: Sequence[Edit], base_revision: int) -> Merged:
    """Bring edits of an older customer into the one of today, field by field.

    A field that nobody else touched is taken over; one that somebody changed otherwise stays, and is told.
    """
    real = [edit for edit in edits if edit.before != edit.after]
    if base_revision == current.revision:
        return Merged(edited(current, real))
    clashes = tuple(
        Clash(field=edit.field, here=edit.after, office=edit.field.of(current))
        for edit in real
        if edit.field.of(current) not in {edit.before, edit.after}
    )
    refused = {clash.field for clash in clashes}
    return Merged(edited(current, [edit for edit in real if edit.field not in refused]), clashes)
