"""What needs a person: everything that was odd about an entry, until somebody has looked at it."""

import htpy as h
from fastapi import APIRouter, Response

from server.office import audit, parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import Column, Filter, Found, Listing, WithAsked, show
from server.office.people import Role
from server.office.records import register_filter
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.findings import TURNED_DOWN, ExceptionView, FindingKind, Wanted, list_exceptions, resolve
from server.oms.problems import Failed

router = APIRouter()
KINDS = tuple((kind.value, kind.value.replace("_", " ").capitalize()) for kind in FindingKind)
NAMES = dict(KINDS)
FILTERS = (
    Filter("kind", "Kind", KINDS),
    Filter("state", "State", (("open", "Open"), ("settled", "Settled"))),
    Filter("since", "From"),
    Filter("until", "To"),
)


def kind_name(each: ExceptionView) -> str:
    return NAMES.get(each.kind, each.kind)


def about(each: ExceptionView) -> str:
    """What it is about, for a file."""
    if each.kind == FindingKind.COPIED:
        return f"register {each.register}"
    return each.order_id or f"entry {each.seq if each.seq is not None else '?'} of {each.register}"


def about_link(each: ExceptionView) -> h.Node:
    if each.kind == FindingKind.COPIED:
        return parts.link(to("registers", each.register), "The register")
    if each.kind in TURNED_DOWN:
        return parts.link(to("turned-down", each.digest), "What arrived")
    return parts.link(to("orders", each.order_id), "The order") if each.order_id else about(each)


def settling(visit: Visit, each: ExceptionView) -> h.Node:
    """A button for whoever may settle it, or when it was settled."""
    if each.resolved_at is not None:
        return parts.mark(f"Settled {parts.when(each.resolved_at)}", "green", "circle-check")
    if not visit.may(Role.MANAGER):
        return parts.mark("Open", "amber", "triangle-alert")
    if each.kind == FindingKind.CARD_REFUSED:
        return parts.link(f"{to('orders', each.order_id)}#stored-cards", "Take another payment")
    label = f"Settle: {kind_name(each)}, {about(each)}"
    button = h.button(".button", type="submit", aria_label=label)["Settle"]
    return parts.form(visit, to("attention", each.digest, each.kind), button, inline=True)


def _listing(visit: Visit) -> Listing[ExceptionView]:
    columns: tuple[Column[ExceptionView], ...] = (
        Column("Kind", kind_name, tight=True),
        Column("What", lambda each: each.words),
        Column("About", about, about_link),
        Column("Register", lambda each: each.register),
        Column("Since", lambda each: parts.when(each.opened_at), tight=True),
        Column(
            "State",
            lambda each: f"settled {parts.when(each.resolved_at)}" if each.resolved_at else "open",
            lambda each: settling(visit, each),
        ),
    )
    return Listing("Attention", "attention", columns, search="What was found", icon="circle-check")


@router.get("/attention")
def attention(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List what needs a person; what is open unless asked otherwise."""
    state = wanted["state"] or "open"
    asked = Wanted(
        kind=wanted["kind"] if wanted["kind"] in NAMES else None,
        resolved={"open": False, "settled": True}.get(state),
        register=wanted["register"] or None,
        since=wanted.day("since"),
        until=wanted.day("until"),
        text=wanted["text"],
    )
    with oms.database.read() as session:
        page = list_exceptions(session, asked, wanted.limit, wanted.offset)
        filters = (*FILTERS, register_filter(session))
    return show(_listing(visit), visit, wanted, Found(page.exceptions, page.count), filters=filters)


@router.post("/attention/{digest}/{kind}")
def settle(oms: WithOms, form: WithForm, digest: str, kind: str) -> Response:
    """Note that a person has looked, and settled it."""
    if kind == FindingKind.CARD_REFUSED:
        raise Failed(409, "Not settled", "A refused card is settled by another payment, on the page of its order.")
    with oms.database.write() as session:
        row = resolve(session, digest, kind)
        if row is None:
            raise Failed(404, "There is nothing to settle", "Somebody else may have settled it already.")
        about = f"orders/{row.order_id}" if row.order_id else f"registers/{row.register}"
        facts = {"state": "open"}, {"state": "settled"}
        audit.note(session, form.visit.name, "settle", about, *facts, reason=row.words)
        order_id = row.order_id
    return leads("orders", order_id, said="done") if order_id else leads("attention", said="done")
