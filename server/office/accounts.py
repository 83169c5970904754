"""People of the back office: who may look, who may change, and who may let others in."""

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import select

from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.people import Denied, Role, add_person, change_person, new_password, set_password, tidy
from server.office.tables import OfficePerson
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed

router = APIRouter()
ROLES = (
    (Role.VIEWER.value, "Viewer: may look at everything"),
    (Role.MANAGER.value, "Manager: may also change it"),
    (Role.ADMIN.value, "Admin: also people, registers and settings"),
)
ONCE = "It is shown this once and kept nowhere. Whoever loses it gets a new one here."


def _state(each: OfficePerson) -> str:
    return "Active" if each.active else "Kept out"


LISTING: Listing[OfficePerson] = Listing(
    "People",
    "people",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("people", each.name), each.name)),
        Column("Role", lambda each: each.role),
        Column("State", _state, lambda each: parts.mark(_state(each), "green" if each.active else "")),
        Column("Since", lambda each: parts.when(each.made_at)),
    ),
    search="Name",
    icon="users",
)


FILTERS = (
    Filter("role", "Role", tuple((role.value, role.value.capitalize()) for role in Role)),
    Filter("state", "State", (("Active", "Active"), ("Kept out", "Kept out"))),
)


@router.get("/people")
def people(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List who may sign in here."""
    with oms.database.read() as session:
        rows = session.scalars(select(OfficePerson).order_by(OfficePerson.name)).all()
    found = some(rows, wanted, lambda each, text: text in each.name, role=lambda each: each.role, state=_state)
    return show(LISTING, visit, wanted, found, _adding(visit), filters=FILTERS)


@router.post("/people")
def add(oms: WithOms, form: WithForm) -> Response:
    """Let somebody in, with a password that we make."""
    name, password = tidy(form["name"]), new_password()
    with oms.database.write() as session:
        denied = add_person(session, name, _role(form), password)
        if denied is None:
            audit.note(session, form.visit.name, "person", f"people/{name}", None, {"role": _role(form).value})
    if isinstance(denied, Denied):
        raise Failed(422, "Nobody was added", denied.why)
    return _once(form.visit, name, password)


@router.get("/people/{name}")
def person(oms: WithOms, visit: WithVisit, wanted: WithAsked, name: str) -> Response:
    """Show one person."""
    with oms.database.read() as session:
        row = session.get(OfficePerson, name)
    if row is None:
        raise Failed(404, "There is nobody of that name")
    changing = parts.form(
        visit,
        to("people", name),
        parts.select("role", "Role", ROLES, row.role),
        parts.tick("active", "May sign in", on=row.active, why="A change signs them out everywhere."),
        h.div[parts.button("Save", "circle-check")],
    )
    renewing = parts.form(visit, to("people", name, "password"), h.div[parts.button("New password", "lock", tone="")])
    back = parts.go(to("people"), "People", "arrow-left", tone="plain")
    two = h.div(".columns")[parts.card("Role", changing), parts.card("Password", h.p(".quiet")[ONCE], renewing)]
    return page(visit, name, back, head(name), two, at="people", said=wanted["said"])


@router.post("/people/{name}")
def change(oms: WithOms, form: WithForm, name: str) -> Response:
    """Change what somebody may do."""
    with oms.database.write() as session:
        row = session.get(OfficePerson, name)
        before = {"role": row.role, "active": row.active} if row else None
        role, active = _role(form), form.ticked("active")
        denied = change_person(session, name, role, active=active)
        if denied is None:
            after = {"role": role.value, "active": active}
            audit.note(session, form.visit.name, "person", f"people/{name}", before, after)
    if isinstance(denied, Denied):
        raise Failed(422, "Nothing was changed", denied.why)
    return leads("people", name, said="done")


@router.post("/people/{name}/password")
def renew(oms: WithOms, form: WithForm, name: str) -> Response:
    """Give somebody a new password, which we make."""
    password = new_password()
    with oms.database.write() as session:
        denied = set_password(session, name, password)
        if denied is None:
            audit.note(session, form.visit.name, "password", f"people/{name}", None, None)
    if isinstance(denied, Denied):
        raise Failed(404, "Nothing was changed", denied.why)
    return _once(form.visit, name, password)


def _role(form: Form) -> Role:
    return Role(form["role"]) if form["role"] in set(Role) else Role.VIEWER


def _adding(visit: Visit) -> h.Element:
    form = parts.form(
        visit,
        to("people"),
        parts.field("name", "Name", required=True, maxlength="40"),
        parts.select("role", "Role", ROLES),
        parts.button("Add person", "plus", tone=""),
        inline=True,
    )
    return h.section(".card", aria_label="New person")[form]


def _once(visit: Visit, name: str, password: str) -> Response:
    content = parts.card(f"Password of {name}", h.p(".secret.num", id="secret")[password], h.p[ONCE])
    back = parts.go(to("people"), "People", "arrow-left", tone="plain")
    return page(visit, "Password", back, head("New password"), content, at="people")
