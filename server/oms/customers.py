"""Customers as registers and the back office share them: edits come in exactly once, and nobody's work is lost.

What two people wrote differently stays as the back office has it, and stands in a table until somebody decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.customer import Clash, Customer, Edit, Field, edited, merged
from app.sync.bodies import CustomerChanged
from app.sync.entry import Entry
from app.sync.protocol import Dataset
from server.oms.findings import Finding, FindingKind
from server.oms.records import find, put
from server.oms.tables import CustomerClash, CustomerCode, CustomerDouble, Record
from server.oms.times import now

WORDS = {
    Field.NAME: "name",
    Field.PHONE: "phone",
    Field.EMAIL: "email",
    Field.GSTIN: "GSTIN",
    Field.ADDRESS: "address",
    Field.STATE: "State",
}

REMOVED = Finding(
    FindingKind.CUSTOMER, "The back office has removed this customer. The change is kept in the journal only."
)
UNKNOWN = Finding(
    FindingKind.CUSTOMER, "The back office does not know this customer. The change is kept in the journal only."
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change: what a person has to look at, the revision it has now, and what was not taken over."""

    found: tuple[Finding, ...] = ()
    revision: int = 0
    clashes: tuple[Clash, ...] = ()


def change_customer(session: Session, entry: Entry, body: CustomerChanged) -> Changed:
    """Bring a register's change into the back office's customer; the entry is new here."""
    row = _row(session, body.customer_id)
    if row is None:
        return _add(session, body)
    if row.gone:
        return Changed((REMOVED,))
    outcome = merged(_customer(row), body.edits, body.base_revision)
    revision = _put(session, outcome.customer)
    _settle(session, entry.header.register, body.customer_id, body.edits)
    _keep_clashes(session, entry, body.customer_id, outcome.clashes)
    return Changed(tuple(_clash_found(clash) for clash in outcome.clashes), revision, outcome.clashes)


def changed_before(session: Session, entry: Entry, body: CustomerChanged) -> Changed:
    """What is to be said once more of a change that is already here."""
    row = _row(session, body.customer_id)
    query = select(CustomerClash).where(CustomerClash.digest == entry.digest).order_by(CustomerClash.field)
    clashes = tuple(Clash(field=Field(one.field), here=one.here, office=one.office) for one in session.scalars(query))
    return Changed(revision=row.revision if row and not row.gone else 0, clashes=clashes)


def customer_by_code(session: Session, code: str) -> Customer | None:
    """The customer whose card or code this is."""
    known = session.get(CustomerCode, code)
    row = _row(session, known.customer_id) if known else None
    return _customer(row) if row and not row.gone else None


def put_codes(session: Session, codes: dict[str, str]) -> None:
    """Write down which code belongs to which customer."""
    for code, customer_id in codes.items():
        session.merge(CustomerCode(code=code, customer_id=customer_id))


def _add(session: Session, body: CustomerChanged) -> Changed:
    customer = edited(Customer(id=body.customer_id, name=""), body.edits)
    if not customer.name:
        return Changed((UNKNOWN,))
    doubles = _same_phone(session, customer)
    revision = _put(session, customer)
    for other in doubles:
        row = CustomerDouble(customer_id=customer.id, other_id=other.id, phone=customer.phone, at=now())
        session.merge(row)
    return Changed(tuple(_double_found(other) for other in doubles), revision)


def _row(session: Session, customer_id: str) -> Record | None:
    return find(session, Dataset.CUSTOMERS, [customer_id]).get(customer_id)


def _customer(row: Record) -> Customer:
    return Customer.model_validate_json(row.value).model_copy(update={"revision": row.revision})


def _put(session: Session, customer: Customer) -> int:
    """Write a customer; the revision is the row's, and 0 in the value, so that what is the same stays the same."""
    put(session, Dataset.CUSTOMERS, {customer.id: customer.model_copy(update={"revision": 0})})
    row = _row(session, customer.id)
    return row.revision if row else 0


def _same_phone(session: Session, customer: Customer) -> list[Customer]:
    if not customer.phone:
        return []
    written = f'"phone":{json.dumps(customer.phone)}'
    customers = Record.dataset == Dataset.CUSTOMERS.value
    alike = select(Record).where(customers, Record.gone.is_(False), Record.value.contains(written, autoescape=True))
    return [_customer(row) for row in session.scalars(alike.order_by(Record.id)) if row.id != customer.id]


def _settle(session: Session, register: str, customer_id: str, edits: Sequence[Edit]) -> None:
    """What a register writes about a field after its clash is its decision."""
    fields = [edit.field.value for edit in edits]
    open_ones = CustomerClash.customer_id == customer_id, CustomerClash.register == register
    query = update(CustomerClash).where(*open_ones, CustomerClash.field.in_(fields), CustomerClash.settled_at.is_(None))
    session.execute(query.values(settled_at=now()))


def _keep_clashes(session: Session, entry: Entry, customer_id: str, clashes: Sequence[Clash]) -> None:
    for clash in clashes:
        row = CustomerClash(
            digest=entry.digest,
            field=clash.field.value,
            customer_id=customer_id,
            register=entry.header.register,
            here=clash.here,
            office=clash.office,
            at=now(),
        )
        session.add(row)


def _clash_found(clash: Clash) -> Finding:
    words = (
        f"The {WORDS[clash.field]} was changed here to “{clash.here}” and in the back office to “{clash.office}”; "
        "the back office’s stands until somebody decides."
    )
    return Finding(FindingKind.CUSTOMER_CLASH, words)


def _double_found(other: Customer) -> Finding:
    words = f"{other.name} has the same phone number, so this may be the same person. Both customers are kept."
    return Finding(FindingKind.CUSTOMER_DOUBLE, words)
