"""Own arithmetic over one order or one return: lines, taxes, totals and payments, to the paisa."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

Body = Mapping[str, Any]
TAXES = ("cgst", "sgst", "igst", "cess")
WHOLE = 10_000
"""Rates are in hundredths of a per cent."""
MOST_ROUNDING = 50
"""Cash is rounded to a rupee at most."""


def order_faults(order: Body) -> Iterator[str]:
    """Say what is wrong with the sums of an order."""
    for position, line in enumerate(order["lines"], start=1):
        yield from (f"line {position}: {fault}" for fault in _line_faults(line, order))
    yield from total_faults(order["lines"], order["totals"])
    taken_off = sum(line["discount"] for line in order["lines"])
    given = sum(each["amount"] for name in ("promotions", "discounts") for each in order.get(name, ()))
    if taken_off != given:
        yield f"lines have {taken_off} off, promotions and discounts give {given}"
    paid = sum(payment["amount"] for payment in order["payments"])
    credited = (order.get("credit") or {"amount": 0})["amount"]
    if paid + credited != order["totals"]["total"]:
        yield f"{paid} was paid and {credited} credited for {order['totals']['total']}"
    if any(not 0 < payment["amount"] <= payment["received"] for payment in order["payments"]):
        yield "a payment brought nothing, or more than was received"


def return_faults(back: Body) -> Iterator[str]:
    """Say what is wrong with the sums of a credit note or of a voided sale."""
    lines = [each["line"] for each in back["returned"]]
    yield from total_faults(lines, back["totals"])
    refunded, credited = sum(each["amount"] for each in back["refunds"]), back.get("credited", 0)
    if refunded + credited != back["totals"]["total"]:
        yield f"{refunded} was refunded and {credited} credited of {back['totals']['total']}"


def total_faults(lines: list[Body], totals: Body) -> Iterator[str]:
    """Lines add up to the foot, and the foot to its total."""
    for position, line in enumerate(lines, start=1):
        if line["value"] + sum(line[tax] for tax in TAXES) != line["total"]:
            yield f"line {position}: value and taxes are not its total"
    for name in ("value", *TAXES):
        if sum(line[name] for line in lines) != totals[name]:
            yield f"the lines' {name} is {sum(line[name] for line in lines)}, the foot says {totals[name]}"
    if totals["value"] + sum(totals[tax] for tax in TAXES) + totals["rounding"] != totals["total"]:
        yield f"value, taxes and rounding are not {totals['total']}"
    if abs(totals["rounding"]) > MOST_ROUNDING:
        yield f"{totals['rounding']} was rounded"


def _line_faults(line: Body, order: Body) -> Iterator[str]:
    exact = Fraction(Decimal(line["quantity"])) * line["unit_price"]
    amount = line["total"] if order["inclusive"] else line["value"]
    if not _rounds(exact, amount + line["discount"]):
        yield f"{line['quantity']} at {line['unit_price']} less {line['discount']} is not {amount}"
    over = WHOLE + line["rate"] + line["cess_rate"] if order["inclusive"] else WHOLE
    tax, cess = Fraction(amount * line["rate"], over), Fraction(amount * line["cess_rate"], over)
    due = (Fraction(0), Fraction(0), tax) if order.get("inter_state") else (tax / 2, tax / 2, Fraction(0))
    for name, share in zip(TAXES, (*due, cess), strict=True):
        if not _rounds(share, line[name]):
            yield f"{name} of {amount} at {line['rate']} is not {line[name]}"


def _rounds(exact: Fraction, whole: int) -> bool:
    """Whether a whole number is the nearest one; a half may go either way."""
    return abs(exact - whole) <= Fraction(1, 2)


def counts(lines: list[Body]) -> dict[str, int]:
    """Add up the goods among lines by variant, in thousandths; a charge is no goods."""
    found = dict[str, int]()
    for line in lines:
        if line.get("stocked", True):
            found[line["variant_id"]] = found.get(line["variant_id"], 0) + int(Decimal(line["quantity"]) * 1000)
    return found
