"""Vouchers: issued, found, stopped; and what was spent of each."""

from datetime import date

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import BigInteger, ColumnElement, String, cast, or_
from sqlalchemy.orm import Session

from app.domain.money import AmountError, parse_money
from app.domain.numbers import indian_day
from app.domain.payment import TenderKind
from app.domain.voucher import Issued, Voucher, code_of
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show
from server.office.moves import moved, moves
from server.office.people import Role
from server.office.records import listed, one, text_of
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put
from server.oms.tables_balances import BalanceMove
from server.oms.times import now
from server.oms.vouchers import issue

router = APIRouter()
NEW = "new"
WAYS = tuple((each.value, each.value.capitalize()) for each in Issued)
STATES = (
    ("live", "Live"),
    ("empty", "Spent"),
    ("overdrawn", "Overdrawn"),
    ("expired", "Expired"),
    ("stopped", "Stopped"),
)
FILTERS = (Filter("state", "State", STATES), Filter("issued", "Issued", WAYS))
TONES = {"Live": "green", "Overdrawn": "red", "Expired": "amber", "Stopped": "amber"}


def state_of(each: Voucher) -> str:
    """What a person wants to know of a voucher first."""
    if each.balance < 0:
        return "Overdrawn"
    if not each.active:
        return "Stopped"
    if each.balance == 0:
        return "Spent"
    return "Expired" if each.expires is not None and each.expires < indian_day(now()) else "Live"


def _mark(each: Voucher) -> h.Node:
    return parts.mark(state_of(each), TONES.get(state_of(each), ""))


LISTING: Listing[Voucher] = Listing(
    "Vouchers",
    "vouchers",
    (
        Column(
            "Code", lambda each: each.code, lambda each: parts.link(to("vouchers", each.code), each.code), tight=True
        ),
        Column("Balance", lambda each: parts.plain(each.balance), lambda each: parts.money(each.balance), number=True),
        Column("Last day", lambda each: f"{each.expires:%d %b %Y}" if each.expires else "", tight=True),
        Column("Issued", lambda each: each.issued.capitalize()),
        Column("State", state_of, _mark),
    ),
    search="Code",
    icon="ticket",
)


def _where(state: str) -> list[ColumnElement[bool]]:
    balance, today = cast(text_of("balance"), BigInteger), indian_day(now()).isoformat()
    live = [cast(text_of("active"), String).in_(("true", "1")), balance > 0]
    match state:
        case "live":
            return [*live, or_(text_of("expires").is_(None), text_of("expires") >= today)]
        case "expired":
            return [*live, text_of("expires") < today]
        case "empty":
            return [balance == 0, cast(text_of("active"), String).in_(("true", "1"))]
        case "overdrawn":
            return [balance < 0]
        case "stopped":
            return [cast(text_of("active"), String).in_(("false", "0")), balance >= 0]
        case _:
            return []


@router.get("/vouchers")
def vouchers(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List vouchers."""
    where = _where(wanted["state"])
    if wanted["text"]:
        where.append(text_of("code").icontains(wanted["text"], autoescape=True))
    if wanted["issued"]:
        where.append(text_of("issued") == wanted["issued"])
    with oms.database.read() as session:
        found = listed(session, Dataset.VOUCHERS, Voucher, wanted, *where, by=("code",))
    add = parts.go(to("vouchers", NEW), "Issue a voucher", "plus") if visit.may(Role.MANAGER) else None
    return show(LISTING, visit, wanted, found, filters=FILTERS, actions=[add])


@router.get("/vouchers/{code}")
def voucher(oms: WithOms, visit: WithVisit, wanted: WithAsked, code: str) -> Response:
    """Show one voucher with its movements, or the form that issues one."""
    if code == NEW:
        return _form(visit)
    with oms.database.read() as session:
        there = _one(session, code)
        return _page(visit, there, moves(session, TenderKind.VOUCHER, there.code), said=wanted["said"])


@router.post("/vouchers/new")
def issue_voucher(oms: WithOms, form: WithForm) -> Response:
    """Issue a voucher, and show it: its code goes to the customer."""
    try:
        expires = _day(form["expires"])
        how = Issued(form["issued"]) if form["issued"] in set(Issued) else Issued.SOLD
        with oms.database.write() as session:
            made = issue(session, parse_money(form["amount"]), how, form.visit.name, expires, form["code"])
            audit.note(session, form.visit.name, "voucher", f"vouchers/{made.code}", None, _facts(made))
    except (AmountError, ValueError) as wrong:
        return _form(form.visit, form, str(wrong))
    return leads("vouchers", made.code, said="saved")


@router.post("/vouchers/{code}")
def change_voucher(oms: WithOms, form: WithForm, code: str) -> Response:
    """Stop a voucher, let it be spent again, or give it another last day; its balance is nobody's to type."""
    with oms.database.write() as session:
        there = _one(session, code)
        try:
            changed = there.model_copy(
                update={"active": form.ticked("active"), "expires": _day(form["expires"], past=True)}
            )
        except ValueError as wrong:
            return _page(form.visit, there, moves(session, TenderKind.VOUCHER, there.code), str(wrong))
        if put(session, Dataset.VOUCHERS, {there.code: changed}):
            about = f"vouchers/{there.code}"
            audit.note(session, form.visit.name, "voucher", about, _facts(there), _facts(changed))
    return leads("vouchers", there.code, said="saved")


def _facts(each: Voucher) -> dict[str, object]:
    facts = each.model_dump(mode="json")
    return {name: facts[name] for name in ("balance", "expires", "issued", "active")}


def _day(text: str, *, past: bool = False) -> date | None:
    """A last day; raises ValueError with a sentence."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("The last day is no date. Choose one, or leave it empty.") from None
    if day < indian_day(now()) and not past:
        raise ValueError("The last day is over already. Choose another one, or leave it empty.")
    return day


def _one(session: Session, code: str) -> Voucher:
    found = one(session, Dataset.VOUCHERS, Voucher, code_of(code))
    if found is None:
        raise Failed(404, "There is no such voucher", "Check the code.")
    return found[0]


def _form(visit: Visit, typed: Form | None = None, why: str = "") -> Response:
    given = typed or Form(visit)
    content = parts.form(
        visit,
        to("vouchers", NEW),
        parts.problem(why),
        h.div(".pair")[
            parts.field("amount", "Amount (₹)", given["amount"], inputmode="decimal", required=True),
            parts.field("expires", "Last day", given["expires"], type="date", hint="Empty: it never expires."),
        ],
        h.div(".pair")[
            parts.select("issued", "Issued", WAYS, given["issued"]),
            parts.field("code", "Code", given["code"], hint="Empty: one is made that nobody guesses."),
        ],
        h.div[parts.button("Issue", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    back = parts.go(to("vouchers"), "Vouchers", "arrow-left", tone="plain")
    title, card = "Issue a voucher", h.div(".card.narrow")[content]
    return page(visit, title, back, head(title), card, at="vouchers", status=422 if why else 200)


def _page(visit: Visit, there: Voucher, rows: list[BalanceMove], why: str = "", said: str = "") -> Response:
    facts = parts.facts(
        (("Balance", parts.money(there.balance)), ("State", _mark(there)), ("Issued", there.issued.capitalize()))
    )
    content = parts.form(
        visit,
        to("vouchers", there.code),
        parts.problem(why),
        parts.field("expires", "Last day", there.expires.isoformat() if there.expires else "", type="date"),
        parts.tick("active", "May be spent", on=there.active, why="Off: tills refuse it after their next sync."),
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    over = "Two registers that could not know of each other have spent it. The orders are under Attention."
    told = parts.note(over, "amber", "triangle-alert") if there.balance < 0 else None
    back = parts.go(to("vouchers"), "Vouchers", "arrow-left", tone="plain")
    cards = h.div(".columns")[h.div(".card.stack")[facts], h.div(".card")[content]]
    status = 422 if why else 200
    return page(
        visit, there.code, back, head(there.code), told, cards, moved(rows), at="vouchers", said=said, status=status
    )
