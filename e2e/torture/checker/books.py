"""The OMS's books: each entry booked once, with its payments and both sides of the ledger; stock as it has to be."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from e2e.torture.checker.money import TAXES, counts, order_faults, return_faults
from e2e.torture.checker.oms import Oms, Row
from e2e.torture.checker.sales import Order, orders_in
from e2e.torture.checker.sealed import Opened
from e2e.torture.checker.wrong import Wrong

Back = Mapping[str, Any]


def look_at_books(
    oms: Oms, entries: Sequence[Opened], stock: Mapping[str, int] | None, conflicts: Collection[str], wrong: Wrong
) -> None:
    """Compare what the OMS has booked with what stands in the entries that it holds.

    `conflicts` are digests that it has to keep unbooked, until a person decides.
    """
    sales = {order["id"]: (entry, order) for entry, order in orders_in(entries)}
    backs = {back["id"]: (entry, back) for entry, back in returns_in(entries)}
    for reject in (row for row in oms.rows("rejects") if row["digest"] not in conflicts):
        wrong.differs(f"OMS: entry {reject['seq']} of {reject['register']} was turned down: {reject['why']}")
    for row in oms.rows("entries"):
        if row["verdict"] not in {"accepted", "attention"}:
            wrong.differs(f"OMS: entry {row['seq']} of {row['register']} has the verdict {row['verdict']}")
    _look_at_documents("order", {row["id"]: row for row in oms.rows("orders")}, sales, wrong)
    _look_at_documents("return", {row["id"]: row for row in oms.rows("returns")}, backs, wrong)
    _look_at_money(oms, sales, wrong)
    _look_at_returned_money(oms, backs, wrong)
    if stock is not None:
        _look_at_stock(oms, sales, backs, stock, wrong)


def look_at_attention(oms: Oms, allowed: Collection[str], wrong: Wrong) -> None:
    """The OMS complains of nothing that is not expected of this round, and of each entry in words."""
    told = oms.by("exceptions", "digest")
    for row in oms.rows("exceptions"):
        if row["resolved_at"] is None and row["kind"] not in allowed:
            where = f"entry {row['seq']} of {row['register']}"
            wrong.differs(f"OMS: {where} wants attention ({row['kind']}): {row['words']}")
    for row in oms.rows("entries"):
        if row["verdict"] == "attention" and not told[row["digest"]]:
            wrong.differs(f"OMS: entry {row['seq']} of {row['register']} wants attention, and nobody is told why")


def returns_in(entries: Sequence[Opened]) -> list[tuple[Opened, Back]]:
    """Every credit note and voided sale among entries."""
    names = {"credit_note": "note", "void": "void"}
    kinds = ((entry, names.get(entry.header["kind"])) for entry in entries)
    return [(entry, entry.body[name]) for entry, name in kinds if name]


def _look_at_documents(
    what: str, rows: Mapping[str, Row], bodies: Mapping[str, tuple[Opened, Mapping[str, Any]]], wrong: Wrong
) -> None:
    for missing in sorted(bodies.keys() - rows.keys()):
        wrong.is_lost(f"OMS: {what} {missing} was taken in and not booked")
    for made_up in sorted(rows.keys() - bodies.keys()):
        wrong.differs(f"OMS: {what} {made_up} is booked without an entry")
    for body_id in bodies.keys() & rows.keys():
        entry, body = bodies[body_id]
        row = rows[body_id]
        due = (entry.digest, body.get("number", ""), entry.header["register"], entry.seq, body["totals"]["total"])
        if due != tuple(row[name] for name in ("digest", "number", "register", "seq", "total")):
            wrong.differs(f"OMS: {what} {body.get('number', body_id)} is not booked as its entry says")
        for fault in order_faults(body) if what == "order" else return_faults(body):
            wrong.differs(f"{what} {body.get('number', body_id)}: {fault}")


def _look_at_money(oms: Oms, sales: Mapping[str, tuple[Opened, Order]], wrong: Wrong) -> None:
    payments, ledger = oms.by("payments", "order_id"), oms.by("ledger", "order_id")
    reported = oms.by("sale_payments", "document_id")
    for order_id, (_, order) in sales.items():
        booked = sorted(payments[order_id], key=lambda row: row["position"])
        names = ("id", "tender_id", "amount", "received", "reference")
        due = [tuple(payment[name] for name in names) for payment in order["payments"]]
        if due != [tuple(row[f"payment_{name}" if name == "id" else name] for name in names) for row in booked]:
            wrong.differs(f"OMS: the payments of order {order['number']} are not those of its entry")
        if sum(row["amount"] for row in reported[order_id]) != sum(payment["amount"] for payment in order["payments"]):
            wrong.differs(f"OMS: reports add up other payments of order {order['number']}")
        accounts = {row["account"]: row["amount"] for row in ledger[order_id]}
        _look_at_sides(f"order {order['number']}", accounts, order["totals"], -1, wrong)
        _look_at_tenders(order, accounts, wrong)


def _look_at_sides(name: str, accounts: Mapping[str, int], totals: Order, sign: int, wrong: Wrong) -> None:
    if sum(accounts.values()):
        wrong.differs(f"OMS: the ledger of {name} sums to {sum(accounts.values())}")
    due = {"sales": "value", "rounding": "rounding", **{f"tax:{tax}": tax for tax in TAXES}}
    for account, part in due.items():
        if accounts.get(account, 0) != sign * totals[part]:
            wrong.differs(f"OMS: {account} of {name} is {accounts.get(account, 0)}")
    if accounts.get("suspense"):
        wrong.differs(f"OMS: {accounts['suspense']} of {name} is in suspense")


def _look_at_tenders(order: Order, accounts: Mapping[str, int], wrong: Wrong) -> None:
    if any(payment.get("stored") for payment in order["payments"]):
        return  # a stored card is booked on another account once it is processed
    due = Counter[str]()
    for payment in order["payments"]:
        due[f"tender:{payment['tender_id']}"] += payment["amount"]
    if due != {name: amount for name, amount in accounts.items() if name.startswith("tender:")}:
        wrong.differs(f"OMS: order {order['number']} is booked on other tenders than it was paid with")


def _look_at_returned_money(oms: Oms, backs: Mapping[str, tuple[Opened, Back]], wrong: Wrong) -> None:
    refunds, ledger = oms.by("refunds", "return_id"), oms.by("cash_ledger", "digest")
    for back_id, (entry, back) in backs.items():
        booked = sorted((row["tender_id"], row["amount"]) for row in refunds[back_id])
        if booked != sorted((refund["tender_id"], -refund["amount"]) for refund in back["refunds"]):
            wrong.differs(f"OMS: the refunds of return {back_id} are not those of its entry")
        accounts = {row["account"]: row["amount"] for row in ledger[entry.digest]}
        _look_at_sides(f"return {back_id}", accounts, back["totals"], 1, wrong)


def _look_at_stock(
    oms: Oms,
    sales: Mapping[str, tuple[Opened, Order]],
    backs: Mapping[str, tuple[Opened, Back]],
    before: Mapping[str, int],
    wrong: Wrong,
) -> None:
    """What was there, less what was sold, and what came back in good order: nothing else moves it in a round."""
    due = Counter(before)
    for _, order in sales.values():
        due.subtract(counts(order["lines"]))
    for _, back in backs.values():
        due.update(counts([each["line"] for each in back["returned"] if each.get("restock", True)]))
    now = {row["variant_id"]: row["quantity"] for row in oms.rows("stock")}
    known = {row["id"] for row in oms.rows("variants")}
    for variant in sorted(known & (due.keys() | now.keys())):
        if now.get(variant, 0) != due[variant]:
            wrong.differs(f"OMS: stock of {variant} is {now.get(variant, 0)} instead of {due[variant]}")
