"""Balances of vouchers and house accounts: charged with the order that spends them, and moved in the back office.

A balance is never refused what was taken: it goes below zero, or above its limit, and a person is told.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.account import Account
from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.returning import GivenBack
from app.domain.voucher import Voucher, masked
from app.sync.balances import Drawn, drawn_by, moved_by, returned_by
from app.sync.bodies import Body
from app.sync.protocol import Dataset
from server.oms.findings import Finding, FindingKind
from server.oms.records import find, put
from server.oms.tables_balances import BalanceMove

MOST = 10**15
"""The bound of every amount, minor units."""
GONE = "a voucher or house account that is not here"
Key = tuple[TenderKind, str]
Balance = Voucher | Account
DATASETS: dict[TenderKind, tuple[Dataset, type[Balance]]] = {
    TenderKind.VOUCHER: (Dataset.VOUCHERS, Voucher),
    TenderKind.ACCOUNT: (Dataset.ACCOUNTS, Account),
}


class Balances:
    """The balances that a batch touches: read at once, charged in memory, written at once with new revisions."""

    def __init__(self, session: Session, bodies: Sequence[Body | None]) -> None:
        self._session = session
        self._held: dict[Key, Balance] = {}
        self._revisions: dict[Key, int] = {}
        self._touched: set[Key] = set()
        self._moves: list[dict[str, Any]] = []
        keys = {(each.kind, each.key) for body in bodies for each in moved_by(body)}
        for kind, (dataset, model) in DATASETS.items():
            for key, row in find(session, dataset, [key for of, key in keys if of is kind]).items():
                if not row.gone:
                    self._held[kind, key] = model.model_validate_json(row.value)
                    self._revisions[kind, key] = row.revision

    def look(self, order: Order) -> list[Finding]:
        """Say what is odd about what an order takes from balances; nothing is charged yet."""
        found: list[Finding] = []
        approved = any(payment.approved_by for payment in order.payments)
        for (kind, key), amount in _sums(order).items():
            held = self._held.get((kind, key))
            if kind is TenderKind.VOUCHER:
                found += _about_voucher(held if isinstance(held, Voucher) else None, key, amount, order.business_day)
            else:
                found += _about_account(held if isinstance(held, Account) else None, amount, approved=approved)
        return found

    def look_back(self, back: GivenBack) -> list[Finding]:
        """Say that a balance which is to have its money back is not here, or that nobody can spend it there."""
        kinds = {TenderKind.VOUCHER: FindingKind.VOUCHER, TenderKind.ACCOUNT: FindingKind.HOUSE_ACCOUNT}
        found: list[Finding] = []
        for each in returned_by(back):
            held = self._held.get((each.kind, each.key))
            stuck = _stuck(held, back.business_day) if isinstance(held, Voucher) else ""
            if held is None or stuck:
                where = f"the voucher {masked(each.key)}, {stuck}" if stuck else GONE
                words = f"{format_money(-each.amount)} was given back to {where}. Settle it with the customer."
                found.append(Finding(kinds[each.kind], words))
        return found

    def charge(self, order: Order, register: str) -> None:
        """Take from the balances what an order paid with them."""
        why = f"Sale {order.number}"
        self._draw(drawn_by(order), order.id, Move.about(order.at, why, order.id, register))

    def give_back(self, back: GivenBack, register: str) -> None:
        """Give back to the balances what a return says."""
        why = f"Back from sale {back.original.number}"
        self._draw(returned_by(back), back.id, Move.about(back.at, why, back.original.order_id, register))

    def _draw(self, drawn: Sequence[Drawn], move_id: str, about: "Move") -> None:
        for place, each in enumerate(drawn):
            held = self._held.get((each.kind, each.key))
            if held is None:
                continue
            amount = -each.amount if isinstance(held, Voucher) else each.amount
            self._held[each.kind, each.key] = _moved(held, amount)
            self._touched.add((each.kind, each.key))
            self._moves.append(_row(replace(about, kind=each.kind, key=each.key, amount=amount), f"{move_id}/{place}"))

    def since(self, drawn: Sequence[Drawn]) -> int:
        """The revision for a verdict that was kept without one: no balance had it before it was charged."""
        keys = [(each.kind, each.key) for each in drawn]
        return min((self._revisions[key] for key in keys if key in self._revisions), default=0)

    def write(self) -> None:
        """Write what changed; other registers hear of it with the next sync."""
        for kind, (dataset, _) in DATASETS.items():
            put(self._session, dataset, {key: self._held[kind, key] for of, key in sorted(self._touched) if of is kind})
        if self._moves:
            self._session.execute(insert(BalanceMove), self._moves)


@dataclass(frozen=True, slots=True)
class Move:
    """One change of one balance: a voucher gains an amount, or a customer owes it more."""

    kind: TenderKind
    key: str
    amount: int
    at: datetime
    why: str
    order_id: str = ""
    register: str = ""
    who: str = ""

    @classmethod
    def about(cls, at: datetime, why: str, order_id: str, register: str) -> "Move":
        """What an entry moves, before it is known which balance."""
        return cls(TenderKind.VOUCHER, "", 0, at, why, order_id, register)


def move(session: Session, balance: Balance, change: Move, move_id: str) -> Balance:
    """Move a balance beside a sale, inside the transaction of what moves it; return it as it is now."""
    dataset, _ = DATASETS[change.kind]
    moved = _moved(balance, change.amount)
    put(session, dataset, {change.key: moved})
    session.execute(insert(BalanceMove), [_row(change, move_id)])
    return moved


def _moved(balance: Balance, amount: int) -> Balance:
    """What no amount can be is held at the bound: written down beyond it, nobody could read the balance any more."""
    if isinstance(balance, Voucher):
        return balance.model_copy(update={"balance": _bounded(balance.balance + amount)})
    return balance.model_copy(update={"owed": _bounded(balance.owed + amount)})


def _bounded(amount: int) -> int:
    return max(-MOST, min(amount, MOST))


def _row(change: Move, move_id: str) -> dict[str, Any]:
    fields = {name: getattr(change, name) for name in ("key", "amount", "at", "why", "order_id", "register", "who")}
    return {"id": move_id, "kind": change.kind.value, **fields}


def _sums(order: Order) -> dict[Key, int]:
    sums: defaultdict[Key, int] = defaultdict(int)
    for each in drawn_by(order):
        sums[each.kind, each.key] += each.amount
    return sums


def _about_voucher(held: Voucher | None, code: str, amount: int, day: date) -> list[Finding]:
    """The code itself is not told: what is said goes to registers, which keep it in the clear."""
    name = f"voucher {masked(code)}" if code else "voucher"
    if held is None:
        return [Finding(FindingKind.VOUCHER, f"{format_money(amount)} was taken with a {name} that nobody issued.")]
    words: list[str] = []
    if not held.active:
        words.append(f"The {name} was stopped before.")
    if held.expires is not None and held.expires < day:
        words.append(f"The {name} expired on {held.expires:%d-%m-%Y}.")
    if held.balance < amount:
        lacks = format_money(amount - held.balance)
        words.append(f"The {name} is overdrawn by {lacks}: it was spent elsewhere before.")
    return [Finding(FindingKind.VOUCHER, sentence) for sentence in words]


def _stuck(held: Voucher, day: date) -> str:
    """Why nobody can spend what is on a voucher, or nothing."""
    if not held.active:
        return "which was stopped before"
    return f"which expired on {held.expires:%d-%m-%Y}" if held.expires is not None and held.expires < day else ""


def _about_account(held: Account | None, amount: int, *, approved: bool) -> list[Finding]:
    if held is None:
        words = f"{format_money(amount)} was put on a house account that is not there."
        return [Finding(FindingKind.HOUSE_ACCOUNT, words)]
    above = held.owed + amount - held.limit
    if above <= 0 or approved:
        return []
    words = f"The house account is {format_money(above)} above its limit of {format_money(held.limit)}."
    return [Finding(FindingKind.HOUSE_ACCOUNT, words)]
