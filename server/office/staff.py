"""Staff of the tills: who they are, what they may do, and a new PIN where one was forgotten."""

import secrets

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.staff import PinSeal, Role, StaffMember
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.people import Role as OfficeRole
from server.office.records import one
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.pins import seal_pin, wrong_pin
from server.oms.problems import Failed
from server.oms.records import put, read_all

router = APIRouter()
NEW = "new"
ROLES = tuple((role.value, role.value.capitalize()) for role in Role)
UNSEALED = PinSeal(salt="", rounds=10**9, digest="")
"""The seal of somebody who is not written down yet; it is never kept."""


def _state(each: StaffMember) -> str:
    return "Active" if each.active else "Left"


LISTING: Listing[StaffMember] = Listing(
    "Staff",
    "staff",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("staff", each.id), each.name)),
        Column("Role", lambda each: each.role.value),
        Column("State", _state, lambda each: parts.mark(_state(each), "green" if each.active else "")),
    ),
    search="Name",
    icon="users",
)


FILTERS = (Filter("role", "Role", ROLES), Filter("state", "State", (("Active", "Active"), ("Left", "Left"))))


@router.get("/staff")
def staff(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List who works at the tills."""
    with oms.database.read() as session:
        rows = sorted(read_all(session, Dataset.STAFF, StaffMember), key=lambda each: each.name.casefold())
    found = some(
        rows, wanted, lambda each, text: text in each.name.casefold(), role=lambda each: each.role.value, state=_state
    )
    add = parts.go(to("staff", NEW), "Add person", "plus") if visit.may(OfficeRole.MANAGER) else None
    return show(LISTING, visit, wanted, found, filters=FILTERS, actions=[add])


@router.get("/staff/{staff_id}")
def member(oms: WithOms, visit: WithVisit, staff_id: str) -> Response:
    """Show one person, or an empty form."""
    with oms.database.read() as session:
        return _page(visit, _one(session, staff_id))


@router.post("/staff/{staff_id}")
def change_member(oms: WithOms, form: WithForm, staff_id: str) -> Response:
    """Change a person; the PIN stays where none is typed."""
    pin, why = form["pin"], ""
    if pin or staff_id == NEW:
        why = wrong_pin(pin)
    seal = seal_pin(pin) if pin and not why else None  # before the writer's lock: it takes its time on purpose
    with oms.database.write() as session:
        there = _one(session, staff_id)
        changed = _changed(there, form, seal)
        why = why or ("" if changed.name else "A person needs a name.") or _last_manager(session, there, changed)
        if why:
            return _page(form.visit, changed, why, staff_id)
        if staff_id == NEW:
            changed = changed.model_copy(update={"id": secrets.token_hex(8)})
        if put(session, Dataset.STAFF, {changed.id: changed}):
            before = None if staff_id == NEW else there
            audit.note(session, form.visit.name, "staff", f"staff/{changed.id}", before, changed)
    return leads("staff", said="saved")


def _changed(there: StaffMember, form: Form, seal: PinSeal | None) -> StaffMember:
    role = Role(form["role"]) if form["role"] in set(Role) else there.role
    update = {"name": form["name"][: parts.LONGEST], "role": role, "active": form.ticked("active")}
    return there.model_copy(update=update | ({"pin": seal} if seal else {}))


def _last_manager(session: Session, there: StaffMember, changed: StaffMember) -> str:
    """A store without a manager can't approve anything any more."""

    def leads_here(each: StaffMember) -> bool:
        return each.active and each.role is Role.MANAGER

    others = (each for each in read_all(session, Dataset.STAFF, StaffMember) if each.id != there.id)
    if not leads_here(there) or leads_here(changed) or any(leads_here(each) for each in others):
        return ""
    return "This is the last manager of the store. Make somebody else a manager first."


def _one(session: Session, staff_id: str) -> StaffMember:
    if staff_id == NEW:
        return StaffMember(id=NEW, name="", pin=UNSEALED)
    found = one(session, Dataset.STAFF, StaffMember, staff_id)
    if found is None:
        raise Failed(404, "There is no such person", "Somebody may have removed them.")
    return found[0]


def _page(visit: Visit, there: StaffMember, why: str = "", staff_id: str = "") -> Response:
    new = (staff_id or there.id) == NEW
    title = there.name or "New person"
    hint = "Four to eight digits." if new else "Leave it empty to keep the PIN as it is."
    content = parts.form(
        visit,
        to("staff", staff_id or there.id),
        parts.problem(why),
        parts.field("name", "Name", there.name, required=True),
        parts.select("role", "Role", ROLES, there.role.value),
        parts.field("pin", "PIN" if new else "New PIN", hint=hint, inputmode="numeric", type="password"),
        parts.tick("active", "Works here", on=there.active, why="Whoever has left can't sign in at any register."),
        h.div[parts.button("Save", "circle-check")] if visit.may(OfficeRole.MANAGER) else None,
    )
    back = parts.go(to("staff"), "Staff", "arrow-left", tone="plain")
    card = h.div(".card.narrow")[content]
    return page(visit, title, back, head(title), card, at="staff", status=422 if why else 200)
