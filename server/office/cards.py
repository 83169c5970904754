"""Cards in the back office: how much may be stored, what came of it, and another payment for a refused one."""

from collections.abc import Iterable, Sequence

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.card import CardRules
from app.domain.money import AmountError, format_money, format_plain, parse_money
from app.domain.payment import Tender
from app.domain.settings import Settings
from app.sync.cards import CardState
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import WithAsked
from server.office.people import Role
from server.office.settings import settings_page
from server.office.visits import Visit
from server.oms.card_jobs import REFUSED, settles, unpaid
from server.oms.cards import NewPayment, mark_paid, process
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put, read_all
from server.oms.tables_cards import CardJob

router = APIRouter()
PATH = ("settings", "cards")
CAPS = (
    ("sale_cap", "In one sale without a manager"),
    ("hard_cap", "In one sale at most"),
    ("register_cap", "At one register at most"),
)
ANCHOR = "stored-cards"
"""Where they stand on the page of an order."""
MOST_HOURS = 72
MOST_REFERENCE = 100
WORDS = {
    CardState.WAITING.value: ("To be processed", "amber", "clock"),
    CardState.APPROVED.value: ("Processed", "green", "circle-check"),
    CardState.DECLINED.value: ("Declined", "red", "circle-alert"),
    CardState.EXPIRED.value: ("Expired", "red", "circle-alert"),
}


@router.get("/settings/cards")
def caps(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show how much is trusted to cards that nobody could ask about."""
    with oms.database.read() as session:
        there = _settings(session).cards
    return _caps(visit, _typed(there), said=wanted["said"])


@router.post("/settings/cards")
def change_caps(oms: WithOms, form: WithForm) -> Response:
    """Change it, from the next card on."""
    update = _read(form)
    typed = {name: form[name] for name in (*(name for name, _ in CAPS), "hours")}
    if isinstance(update, str):
        return _caps(form.visit, typed, update)
    with oms.database.write() as session:
        there = _settings(session)
        after = there.model_copy(update={"cards": there.cards.model_copy(update=update)})
        if put(session, Dataset.SETTINGS, {there.store: after}):
            about = f"settings/{there.store}"
            audit.note(session, form.visit.name, "settings", about, _facts(there.cards), _facts(after.cards))
    return leads(*PATH, said="saved")


@router.post("/orders/{order_id}/cards/process")
def process_now(oms: WithOms, form: WithForm, order_id: str) -> Response:
    """Process an order's cards from here: the register that took them may be gone."""
    done = process(oms, order_id)
    if done is None:
        raise Failed(404, "There is no such order", "It may not have been synced yet.")
    with oms.database.write() as session:
        about = f"orders/{order_id}"
        audit.note(session, form.visit.name, "process cards", about, None, {"state": done.state.value}, reason=done.why)
    return leads("orders", order_id, said="done")


@router.post("/orders/{order_id}/cards/{payment_id}/paid")
def paid(oms: WithOms, form: WithForm, order_id: str, payment_id: str) -> Response:
    """Book another payment for a card that was refused."""
    new = NewPayment(payment_id, form["tender"], form["reference"][:MOST_REFERENCE])
    with oms.database.write() as session:
        job = mark_paid(session, order_id, new)
        if isinstance(job, str):
            raise Failed(409, "Not marked Paid", job)
        words = f"{format_money(job.amount)} instead of {job.face}, with {job.paid_with} {job.paid_reference}".strip()
        facts = {"payment": job.state}, {"payment": "paid", "tender": job.paid_with, "reference": job.paid_reference}
        audit.note(session, form.visit.name, "mark paid", f"orders/{order_id}", *facts, reason=words)
    return leads("orders", order_id, said="done")


def section(visit: Visit, order_id: str, jobs: Sequence[CardJob], tenders: Iterable[Tender]) -> h.Node:
    """How an order's stored cards stand, and what can be done about each."""
    if not jobs:
        return None
    waits = any(job.state == CardState.WAITING.value for job in jobs)
    button = parts.form(visit, to("orders", order_id, "cards", "process"), parts.button("Process now", "refresh-cw"))
    offered = [tender for tender in tenders if settles(tender)]
    shown = [_job(visit, order_id, job, offered) for job in jobs]
    card = parts.card("Stored cards", shown, button if waits and visit.may(Role.MANAGER) else None)
    return h.div(id=ANCHOR)[card]


def payment_state(jobs: Sequence[CardJob]) -> h.Element:
    """Whether an order is paid."""
    if owed := unpaid(jobs):
        return parts.mark(f"Unpaid: {format_money(owed)}", "red", "circle-alert")
    if waiting := sum(job.amount for job in jobs if job.state == CardState.WAITING.value):
        return parts.mark(f"To be processed: {format_money(waiting)}", "amber", "clock")
    return parts.mark("Paid", "green", "circle-check")


def _job(visit: Visit, order_id: str, job: CardJob, tenders: Sequence[Tender]) -> h.Element:
    word, tone, name = WORDS[job.state]
    more = " ".join(part for part in (job.reference, job.why) if part)
    other = f"Paid with {job.paid_with} {job.paid_reference}".strip() if job.paid_at else ""
    line = h.div(".row.apart")[
        h.span[h.strong[job.face], " ", h.span(".num")[format_money(job.amount)]], parts.mark(word, tone, name)
    ]
    open_ = job.state in REFUSED and job.paid_at is None and visit.may(Role.MANAGER)
    return h.div(".stack.tight")[
        line,
        h.p(".quiet")[more] if more else None,
        parts.mark(other, "green", "circle-check") if other else None,
        _new_payment(visit, order_id, job, tenders) if open_ else None,
    ]


def _new_payment(visit: Visit, order_id: str, job: CardJob, tenders: Sequence[Tender]) -> h.Element:
    choices = tuple((tender.id, tender.name) for tender in tenders)
    return parts.form(
        visit,
        to("orders", order_id, "cards", job.payment_id, "paid"),
        h.div(".pair")[
            parts.select("tender", "New payment", choices),
            parts.field("reference", "Reference", maxlength=str(MOST_REFERENCE)),
        ],
        h.div[parts.button("Mark Paid", "circle-check")],
    )


def _read(form: Form) -> dict[str, int] | str:
    """Read the caps, or say what is wrong with them."""
    try:
        update = {name: parse_money(form[name]) for name, _ in CAPS}
    except AmountError as error:
        return str(error)
    if not update["sale_cap"] <= update["hard_cap"] <= update["register_cap"]:
        return "In one sale at most as much as at the register, and without a manager no more than with one."
    hours = form["hours"]
    if not (hours.isascii() and hours.isdecimal() and len(hours) < 3 and 1 <= int(hours) <= MOST_HOURS):
        return f"Hours are a whole number from 1 to {MOST_HOURS}."
    return {**update, "hours": int(hours)}


def _settings(session: Session) -> Settings:
    return read_all(session, Dataset.SETTINGS, Settings)[0]


def _typed(there: CardRules) -> dict[str, str]:
    return {**{name: format_plain(getattr(there, name)) for name, _ in CAPS}, "hours": str(there.hours)}


def _facts(there: CardRules) -> dict[str, object]:
    return there.model_dump(exclude={"key"})


def _caps(visit: Visit, typed: dict[str, str], why: str = "", *, said: str = "") -> Response:
    words = (
        "While the internet is away a card is stored, sealed for the processor, and processed after the sync. "
        "Until then the store bears the risk: the bank may still say no."
    )
    content = parts.form(
        visit,
        to(*PATH),
        h.p(".quiet")[words],
        parts.problem(why),
        h.div(".pair")[[parts.field(name, label, typed[name], inputmode="decimal") for name, label in CAPS[:2]]],
        h.div(".pair")[
            parts.field("register_cap", CAPS[2][1], typed["register_cap"], inputmode="decimal"),
            parts.field("hours", "Hours until the oldest is processed", typed["hours"], inputmode="numeric"),
        ],
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.ADMIN) else None,
    )
    return settings_page(visit, PATH, "Cards", parts.card("Cards taken offline", content), said=said, why=why)
