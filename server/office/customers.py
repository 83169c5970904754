"""Customers: found by name, phone or GSTIN, changed and added, with the same rules as at the till."""

import secrets

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.customer import Customer, tidied, wrong
from app.domain.states import STATES
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show
from server.office.people import Role
from server.office.products import CLASHED
from server.office.records import holds, listed, one, text_of
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put

router = APIRouter()
NEW = "new"
FIELDS = ("name", "phone", "email", "gstin", "address", "state_code")
STATE_NAMES = tuple((code, f"{code} – {name}") for code, name in STATES.items())
LISTING: Listing[Customer] = Listing(
    "Customers",
    "customers",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("customers", each.id), each.name)),
        Column("Phone", lambda each: each.phone),
        Column("Email", lambda each: each.email),
        Column("GSTIN", lambda each: each.gstin),
        Column("State", lambda each: STATES.get(each.state_code, each.state_code)),
    ),
    search="Name, phone, email or GSTIN",
    icon="book-user",
)
FILTERS = (Filter("state_code", "State", STATE_NAMES),)


@router.get("/customers")
def customers(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List customers."""
    where = [holds(wanted["text"], "name", "phone", "email", "gstin")] if wanted["text"] else []
    if wanted["state_code"]:
        where.append(text_of("state_code") == wanted["state_code"])
    with oms.database.read() as session:
        found = listed(session, Dataset.CUSTOMERS, Customer, wanted, *where)
    add = parts.go(to("customers", NEW), "Add customer", "plus") if visit.may(Role.MANAGER) else None
    return show(LISTING, visit, wanted, found, filters=FILTERS, actions=[add])


@router.get("/customers/{customer_id}")
def customer(oms: WithOms, visit: WithVisit, customer_id: str) -> Response:
    """Show one customer, or an empty form for a new one."""
    with oms.database.read() as session:
        there, revision = _one(session, customer_id)
    return _page(visit, there, revision)


@router.post("/customers/{customer_id}")
def change_customer(oms: WithOms, form: WithForm, customer_id: str) -> Response:
    """Change a customer; a register's edit that comes later is merged with it, field by field."""
    with oms.database.write() as session:
        there, revision = _one(session, customer_id)
        typed = tidied(there.model_copy(update={name: form[name] for name in FIELDS}))
        why = wrong(typed) or (CLASHED if form["revision"] != str(revision) else "")
        if why:
            return _page(form.visit, typed if why != CLASHED else there, revision, why)
        new = typed.model_copy(update={"id": secrets.token_hex(8)}) if customer_id == NEW else typed
        if put(session, Dataset.CUSTOMERS, {new.id: new}):
            before = None if customer_id == NEW else there
            audit.note(session, form.visit.name, "customer", f"customers/{new.id}", before, new)
    return leads("customers", said="saved")


def _one(session: Session, customer_id: str) -> tuple[Customer, int]:
    if customer_id == NEW:
        return Customer(id=NEW, name=""), 0
    found = one(session, Dataset.CUSTOMERS, Customer, customer_id)
    if found is None:
        raise Failed(404, "There is no such customer", "Somebody may have removed it.")
    return found


def _page(visit: Visit, there: Customer, revision: int, why: str = "") -> Response:
    title = there.name or "New customer"
    content = parts.form(
        visit,
        to("customers", there.id),
        parts.problem(why),
        h.input(type="hidden", name="revision", value=str(revision)),
        parts.field("name", "Name", there.name, required=True),
        h.div(".pair")[
            parts.field("phone", "Phone", there.phone, inputmode="tel"), parts.field("email", "Email", there.email)
        ],
        parts.field("address", "Address", there.address),
        h.div(".pair")[
            parts.select("state_code", "State", (("", "Not known"), *STATE_NAMES), there.state_code),
            parts.field("gstin", "GSTIN", there.gstin),
        ],
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    back = parts.go(to("customers"), "Customers", "arrow-left", tone="plain")
    house = parts.go(to("accounts", there.id), "House account", "book-user") if there.id != NEW else None
    card = h.div(".card")[content]
    return page(visit, title, back, head(title, house), card, at="customers", status=422 if why else 200)
