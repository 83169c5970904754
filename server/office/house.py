"""House accounts: who may owe the store how much, who owes it now, and payments towards it."""

from dataclasses import dataclass

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.account import Account
from app.domain.customer import Customer
from app.domain.money import AmountError, parse_money
from app.domain.payment import TenderKind
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.moves import moved, moves
from server.office.people import Role
from server.office.records import one
from server.office.visits import Visit
from server.oms.accounts import settle
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import find, put, read_all, remove
from server.oms.tables_balances import BalanceMove

router = APIRouter()
WAYS = tuple((each, each) for each in ("Cash", "Bank transfer", "UPI", "Card", "Cheque"))
MOST = 10**12
"""Minor units; nobody owes so much."""
FILTERS = (Filter("state", "State", (("owing", "Owing"), ("above", "Above the limit"))),)


@dataclass(frozen=True, slots=True)
class Owing:
    """A house account and whose it is."""

    account: Account
    customer: Customer

    @property
    def left(self) -> int:
        return self.account.limit - self.account.owed

    @property
    def state(self) -> str:
        if self.left < 0:
            return "Above the limit"
        return "Owing" if self.account.owed > 0 else "Clear"


def _mark(each: Owing) -> h.Node:
    return parts.mark(each.state, {"Above the limit": "red", "Owing": "amber", "Clear": "green"}[each.state])


LISTING: Listing[Owing] = Listing(
    "House accounts",
    "accounts",
    (
        Column(
            "Customer",
            lambda each: each.customer.name,
            lambda each: parts.link(to("accounts", each.customer.id), each.customer.name),
        ),
        Column("Phone", lambda each: each.customer.phone, tight=True),
        Column(
            "Owed",
            lambda each: parts.plain(each.account.owed),
            lambda each: parts.money(each.account.owed),
            number=True,
        ),
        Column(
            "Limit",
            lambda each: parts.plain(each.account.limit),
            lambda each: parts.money(each.account.limit),
            number=True,
        ),
        Column("Left", lambda each: parts.plain(each.left), lambda each: parts.money(each.left), number=True),
        Column("State", lambda each: each.state, _mark),
    ),
    search="Name or phone",
    icon="book-user",
)


@router.get("/accounts")
def accounts(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List house accounts, who owes most first."""
    with oms.database.read() as session:
        rows = sorted(_all(session), key=lambda each: (-each.account.owed, each.customer.name))
    kept = {"owing": lambda each: each.account.owed > 0, "above": lambda each: each.left < 0}.get(wanted["state"])
    rows = [each for each in rows if kept(each)] if kept else rows
    found = some(rows, wanted, lambda each, text: text in f"{each.customer.name} {each.customer.phone}".casefold())
    how = parts.note("A house account is opened on the page of its customer.")
    return show(LISTING, visit, wanted, found, how, filters=FILTERS)


@router.get("/accounts/{customer_id}")
def account(oms: WithOms, visit: WithVisit, wanted: WithAsked, customer_id: str) -> Response:
    """Show a house account with its movements; of a customer who has none, the form that opens one."""
    with oms.database.read() as session:
        customer, there = _one(session, customer_id)
        return _page(visit, customer, there, moves(session, TenderKind.ACCOUNT, customer_id), said=wanted["said"])


@router.post("/accounts/{customer_id}")
def change_account(oms: WithOms, form: WithForm, customer_id: str) -> Response:
    """Open a house account, change its limit, or close one on which nothing is owed."""
    with oms.database.write() as session:
        customer, there = _one(session, customer_id)
        limit = _amount(form["limit"])
        why = limit if isinstance(limit, str) else ""
        if form.ticked("close") and there is not None and there.owed:
            why = "Something is owed on this account, or was paid ahead. Settle it first; then it can be closed."
        if why or isinstance(limit, str):
            return _page(form.visit, customer, there, moves(session, TenderKind.ACCOUNT, customer_id), why)
        fresh = (there or Account(customer_id=customer_id, limit=0)).model_copy(update={"limit": limit})
        after: Account | None = fresh
        if form.ticked("close") and there is not None:
            remove(session, Dataset.ACCOUNTS, [customer_id])
            after = None
        else:
            put(session, Dataset.ACCOUNTS, {customer_id: fresh})
        if there != after:
            audit.note(
                session, form.visit.name, "house account", f"accounts/{customer_id}", _facts(there), _facts(after)
            )
    return leads("accounts", customer_id, said="saved")


@router.post("/accounts/{customer_id}/settle")
def take_payment(oms: WithOms, form: WithForm, customer_id: str) -> Response:
    """Take a payment towards what is owed."""
    with oms.database.write() as session:
        customer, there = _one(session, customer_id)
        if there is None:
            raise Failed(404, "There is no such house account", "Open it first.")
        amount, how = _amount(form["amount"]), form["how"]
        why = amount if isinstance(amount, str) else "" if amount else "Type how much was paid."
        why = why or ("" if (how, how) in WAYS else "Choose how it was paid.")
        why = why or (
            "" if form["seen"] == str(there.owed) else "What is owed has changed meanwhile. Look at it again."
        )
        if why or isinstance(amount, str):
            return _page(form.visit, customer, there, moves(session, TenderKind.ACCOUNT, customer_id), why)
        settle(session, there, amount, how, form.visit.name)
        facts = {"owed": there.owed}, {"owed": there.owed - amount}
        audit.note(session, form.visit.name, "house account", f"accounts/{customer_id}", *facts, reason=f"Paid: {how}")
    return leads("accounts", customer_id, said="done")


def _facts(each: Account | None) -> dict[str, object] | None:
    return None if each is None else {"limit": each.limit, "owed": each.owed}


def _amount(text: str) -> int | str:
    try:
        amount = parse_money(text)
    except AmountError as wrong:
        return str(wrong)
    return amount if amount < MOST else "That amount is too large. Check the digits."


def _all(session: Session) -> list[Owing]:
    held = read_all(session, Dataset.ACCOUNTS, Account)
    people = find(session, Dataset.CUSTOMERS, [each.customer_id for each in held])
    return [
        Owing(each, Customer.model_validate_json(people[each.customer_id].value))
        for each in held
        if each.customer_id in people
    ]


def _one(session: Session, customer_id: str) -> tuple[Customer, Account | None]:
    customer = one(session, Dataset.CUSTOMERS, Customer, customer_id)
    if customer is None:
        raise Failed(404, "There is no such customer", "Somebody may have removed it.")
    there = one(session, Dataset.ACCOUNTS, Account, customer_id)
    return customer[0], there[0] if there else None


def _page(
    visit: Visit, customer: Customer, there: Account | None, rows: list[BalanceMove], why: str = "", said: str = ""
) -> Response:
    title = f"House account of {customer.name}"
    manager = visit.may(Role.MANAGER)
    limit = parts.form(
        visit,
        to("accounts", customer.id),
        parts.field(
            "limit", "Limit (₹)", parts.plain(there.limit) if there else "", inputmode="decimal", required=True
        ),
        parts.tick("close", "Close this account", on=False, why="Only when nothing is owed.") if there else None,
        h.div[parts.button("Save" if there else "Open the account", "circle-check")] if manager else None,
    )
    back = parts.go(to("accounts"), "House accounts", "arrow-left", tone="plain")
    top = parts.go(to("customers", customer.id), "Customer", "book-user")
    cards = h.div(".columns")[
        h.div(".stack")[_standing(there, customer), parts.card("Limit", limit)],
        parts.card("Payment", _payment(visit, there, customer)) if there and manager else None,
    ]
    below = moved(rows) if rows else None
    content = (back, head(title, top), parts.problem(why), cards, below)
    return page(visit, title, *content, at="accounts", said=said, status=422 if why else 200)


def _standing(there: Account | None, customer: Customer) -> h.Element:
    if there is None:
        return parts.note(f"{customer.name} has no house account yet. With a limit it is opened.")
    each = Owing(there, customer)
    pairs = (("Owed", parts.money(there.owed)), ("Left", parts.money(each.left)), ("State", _mark(each)))
    return h.div(".card.stack")[parts.facts(pairs)]


def _payment(visit: Visit, there: Account, customer: Customer) -> h.Element:
    return parts.form(
        visit,
        to("accounts", customer.id, "settle"),
        h.input(type="hidden", name="seen", value=str(there.owed)),
        parts.field("amount", "Amount paid (₹)", parts.plain(max(there.owed, 0)), inputmode="decimal", required=True),
        parts.select("how", "How", WAYS),
        h.div[parts.button("Take the payment", "banknote")],
    )
