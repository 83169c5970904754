"""One order whole: what was sold and paid, what the OMS says to it and why, and what happened since."""

from dataclasses import dataclass
from datetime import datetime

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.concessions import Concession, What, concessions
from app.domain.invoice import reductions_of
from app.domain.order import Order
from app.domain.payment import Payment, Tender
from app.domain.pricing import OrderLine
from app.sync.protocol import Dataset
from server.office import attention, audit, came_back, cards, parts
from server.office.doors import WithVisit, to
from server.office.frame import head, page
from server.office.lists import Column, WithAsked, table
from server.office.orders import marks, state
from server.office.visits import Visit
from server.oms.card_jobs import jobs_of
from server.oms.doors import WithOms
from server.oms.findings import ExceptionView, Wanted, list_exceptions
from server.oms.orders import Amendment, OrderDetail, order_detail
from server.oms.problems import Failed
from server.oms.records import read_all
from server.oms.tables import EntryRow
from server.oms.tables_cards import CardJob
from server.oms.tables_online import Audit

router = APIRouter()
MOST = 200
"""Exceptions of one order, at most."""
LINES: tuple[Column[OrderLine], ...] = (
    Column("Product", lambda each: " · ".join(part for part in (each.name, each.label) if part)),
    Column("SKU", lambda each: each.sku),
    Column("HSN", lambda each: each.hsn),
    Column("Quantity", lambda each: f"{parts.count(each.quantity)} {each.unit}", number=True),
    Column("Price", lambda each: parts.money(each.unit_price), number=True),
    Column("Off", lambda each: parts.money(each.discount) if each.discount else "", number=True),
    Column("Tax", lambda each: parts.money(each.total - each.value), number=True),
    Column("Total", lambda each: parts.money(each.total), number=True),
)
PAYMENTS: tuple[Column[Payment], ...] = (
    Column("Tender", lambda each: each.name),
    Column("Reference", lambda each: each.stored.face if each.stored else each.reference),
    Column("Time", lambda each: parts.when(each.at), tight=True),
    Column("Amount", lambda each: parts.money(each.amount), number=True),
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to the order."""

    at: datetime
    what: str
    who: str = ""


@router.get("/orders/{order_id}")
def order(oms: WithOms, visit: WithVisit, wanted: WithAsked, order_id: str) -> Response:
    """Show one order."""
    with oms.database.read() as session:
        detail = order_detail(session, order_id)
        if detail is None:
            raise Failed(404, "There is no such order", "It may not have been synced yet.")
        odd = list_exceptions(session, Wanted(order_id=order_id), MOST, 0).exceptions
        steps = _steps(session, detail, odd)
        jobs, tenders = jobs_of(session, order_id), read_all(session, Dataset.TENDERS, Tender)
    reads = detail.corrected or detail.order
    back = parts.go(to("orders"), "Orders", "arrow-left", tone="plain")
    content = (
        [_odd(visit, each) for each in odd if each.resolved_at is None],
        h.div(".columns")[_facts(detail, odd, jobs), _totals(reads)],
        table("Lines", LINES, reads.lines),
        h.h2["Payments"],
        table("Payments", PAYMENTS, reads.payments),
        cards.section(visit, order_id, jobs, tenders),
        came_back.section(detail),
        parts.card("What happened", h.ol(".timeline")[(_step(each) for each in steps)]),
    )
    return page(
        visit, detail.summary.number, back, head(detail.summary.number), content, at="orders", said=wanted["said"]
    )


def _odd(visit: Visit, each: ExceptionView) -> h.Element:
    words = h.div(".row.apart")[h.span[each.words], attention.settling(visit, each)]
    return parts.note(words, "amber", "triangle-alert")


def _facts(detail: OrderDetail, odd: tuple[ExceptionView, ...], jobs: list[CardJob]) -> h.Element:
    made, summary = detail.order, detail.summary
    waiting = {detail.summary.id} if any(each.resolved_at is None for each in odd) else set[str]()
    customer = (detail.corrected or made).customer
    pairs: list[tuple[str, h.Node]] = [
        ("State", h.div(".row.tight")[state(summary, waiting), marks(summary)]),
        ("Order number", summary.order_number),
        ("Made", parts.when(made.at)),
        ("Register", parts.link(to("registers", made.register), made.register)),
        ("Associate", made.staff_name),
        ("Customer", f"{customer.name} {customer.phone}".strip() if customer else "–"),
        ("GSTIN", (customer.gstin if customer else "") or "–"),
        ("Fulfilment", made.fulfilment.value.replace("_", " ").capitalize()),
        ("Notes", (detail.corrected or made).notes or "–"),
        ("Payment", cards.payment_state(jobs)),
    ]
    if detail.description:
        pairs.append(("Description", detail.description))
    if due := detail.delivery:
        where = ", ".join(part for part in (due.address, due.pincode) if part)
        pairs += [("To be brought", f"{parts.when(due.starts)} – {parts.when(due.ends)[-5:]}"), ("Where to", where)]
    return parts.card("Order", parts.facts(pairs))


def _totals(made: Order) -> h.Element:
    sums = made.totals
    pairs = [
        ("Value", sums.value),
        ("CGST", sums.cgst),
        ("SGST or UTGST", sums.sgst),
        ("IGST", sums.igst),
        ("Cess", sums.cess),
        ("Rounding", sums.rounding),
    ]
    off = [(f"{each.name}{f' ({each.code})' if each.code else ''}", -each.amount) for each in reductions_of(made)]
    shown = [(name, h.span(".num")[parts.money(amount)]) for name, amount in (*off, *pairs) if amount]
    total = h.p(".row.apart")[h.span(".strong")["Total"], h.span(".total.num")[parts.money(sums.total)]]
    return parts.card("Total", parts.facts(shown), total)


def _steps(session: Session, detail: OrderDetail, odd: tuple[ExceptionView, ...]) -> list[Step]:
    made = detail.order
    steps = [Step(made.at, f"Sold at {made.register}{', offline' if made.offline else ''}", made.staff_name)]
    steps += [Step(made.at, _given(each), each.by.staff_name) for each in concessions(made)]
    entry = session.get(EntryRow, detail.digest)
    if entry is not None:
        steps.append(Step(entry.received_at, f"Taken in: {entry.verdict}. {entry.why}".strip()))
    steps += [_amended(each) for each in detail.amendments]
    steps += [Step(each.opened_at, f"Found: {each.words}") for each in odd]
    done = select(Audit).where(Audit.subject == f"orders/{made.id}", Audit.register == audit.OFFICE)
    steps += [
        Step(each.at, f"{each.action.capitalize()}: {each.reason}", each.staff_id) for each in session.scalars(done)
    ]
    return sorted(steps, key=lambda each: each.at)


def _given(each: Concession) -> str:
    """What somebody took off, or what price they changed, why, and who let it pass."""
    where = f" ({each.name})" if each.name else ""
    amount = parts.money(each.amount)
    what = f"Price changed{where}, {amount} less" if each.what is What.PRICE else f"Discount{where} {amount}"
    allowed = f" Allowed by {each.by.approved_by}." if each.by.approved_by else ""
    return f"{what}: {each.by.reason}.{allowed}"


def _amended(each: Amendment) -> Step:
    body = each.correction
    fields = ", ".join(f"{one.field}: {one.before or 'nothing'} → {one.after or 'nothing'}" for one in body.corrections)
    return Step(
        each.at, f"Corrected{'' if each.applied else ', not applied'}: {fields}. {body.reason}", body.staff_name
    )


def _step(each: Step) -> h.Element:
    who = f" · {each.who}" if each.who else ""
    return h.li[h.span(".quiet.num")[f"{parts.when(each.at)}{who}"], h.span[each.what]]
