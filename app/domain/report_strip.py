"""The X and Z report of a shift for a receipt printer: the rows of the sheet, with its words."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from app.domain.concessions import Conceded, by_person, by_reason, conceded
from app.domain.escpos import Pair, Row, Rule, Words
from app.domain.money import format_plain
from app.domain.numbers import INDIA
from app.domain.shift import Closed, Direction, Pile, Shift, Taken, counted

Sums = Iterable[tuple[str, str]]
TAXES = {"cgst": "CGST", "sgst": "SGST", "igst": "IGST", "cess": "Cess"}


def report_strip(shift: Shift, store: str, register: str) -> tuple[Row, ...]:
    """Lay a report out; what the drawer should hold stands only on that of a shift that was counted."""
    closed, orders = shift.closed, shift.orders
    title = f"Z report {closed.number}" if closed else "X report"
    return (
        Words(store, bold=True, large=True, centre=True),
        Words(title, bold=True, centre=True),
        Rule(),
        *(Pair(word, value) for word, value in _facts(shift, register) if value),
        *_block("Sales", _sales(shift)),
        *_block("Tenders", _tenders(shift)),
        *_block("Given by hand, by reason", (_sum(each, -each.amount) for each in conceded(orders, by_reason))),
        *_block("Given by hand, by associate", (_sum(each, -each.amount) for each in conceded(orders, by_person))),
        *_block("Given back", _given_back(shift)),
        *_block("Cash in and out", ((move.reason, format_plain(move.signed)) for move in shift.moves)),
        *(_closed(shift, closed) if closed else ()),
    )


def _facts(shift: Shift, register: str) -> Iterator[tuple[str, str]]:
    closed, numbers = shift.closed, [order.number for order in shift.orders]
    yield "Register", register
    yield "Opened", _moment(shift.opened.at)
    yield "Opened by", shift.opened.staff_name
    yield "Closed", _moment(closed.at) if closed else "not yet"
    yield "Closed by", closed.staff_name if closed else ""
    yield "First invoice", numbers[0] if numbers else ""
    yield "Last invoice", numbers[-1] if numbers else ""


def _moment(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%d-%m-%Y %H:%M")


def _block(title: str, sums: Sums) -> Iterator[Row]:
    """A few sums under a heading; nothing where there are none."""
    rows = [Pair(word, value) for word, value in sums]
    if rows:
        yield Rule()
        yield Words(title, bold=True)
        yield from rows


def _sum(each: Taken | Conceded, amount: int) -> tuple[str, str]:
    return f"{each.name} x {each.count}", format_plain(amount)


def _sales(shift: Shift) -> Iterator[tuple[str, str]]:
    yield "Number of sales", str(len(shift.orders))
    yield "Made offline", str(shift.offline)
    yield "Total", format_plain(shift.total)
    if shift.drawer:
        yield "Drawer opened without a sale", str(len(shift.drawer))
    yield from ((TAXES[name], format_plain(amount)) for name, amount in shift.taxes.items() if amount)


def _tenders(shift: Shift) -> Iterator[tuple[str, str]]:
    """What paid the sales; it comes to their total."""
    yield from (_sum(each, each.amount) for each in shift.tenders)
    if shift.credited:
        yield "Credit for returned items", format_plain(shift.credited)


def _given_back(shift: Shift) -> Iterator[tuple[str, str]]:
    """Returns and voided sales, and by what their money went back."""
    yield from ((w, str(len(some))) for w, some in (("Returns", shift.returns), ("Voided sales", shift.voids)) if some)
    yield from (_sum(each, -each.amount) for each in shift.refunds)


def _closed(shift: Shift, closed: Closed) -> Iterator[Row]:
    """What was counted, how the sum comes about that should be there, and who stands for it."""
    yield from _block("Count", (_pile(each) for each in closed.count))
    sums = {
        "Opening float": shift.opened.opening_float,
        "Cash received": shift.received,
        "Change given": -shift.change,
        "Cash given back": -shift.cash_back,
        "Cash in": shift.moved(Direction.IN),
        "Cash out": -shift.moved(Direction.OUT),
        "Expected": closed.expected,
        "Counted": closed.counted,
        "Difference": closed.difference,
    }
    yield from _block("Drawer", ((word, format_plain(amount)) for word, amount in sums.items()))
    yield Rule()
    yield Pair("Signature", "_" * 18, tall=True)


def _pile(pile: Pile) -> tuple[str, str]:
    return f"{format_plain(pile.denomination).removesuffix('.00')} x {pile.pieces}", format_plain(counted((pile,)))
