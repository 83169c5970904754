"""Stock as the OMS counts it: whole thousandths in the table, Decimal towards everyone else."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.pricing import OrderLine
from app.sync.protocol import StockRow
from server.oms.bulk import add_rows, change_rows
from server.oms.chunks import chunks
from server.oms.revisions import take
from server.oms.tables import Stock, VariantRow
from server.oms.times import now

SCALE = 1000


@dataclass(slots=True)
class Count:
    """What is on the shelf of one variant while a batch is booked."""

    quantity: int
    included: dict[str, int]


@dataclass(frozen=True, slots=True)
class Shortage:
    """What an order sold that the OMS did not know, or did not have."""

    unknown: tuple[str, ...] = ()
    oversold: tuple[str, ...] = ()


class Shelf:
    """The counts that a batch touches: read at once, changed in memory, written at once with new revisions."""

    def __init__(self, session: Session, variant_ids: Iterable[str]) -> None:
        self._session = session
        self._counts: dict[str, Count] = {}
        self._sold: dict[str, int] = {}
        self._touched: set[str] = set()
        for some in chunks(set(variant_ids)):
            counts = select(Stock.variant_id, Stock.quantity, Stock.included).where(Stock.variant_id.in_(some))
            for key, quantity, included in session.execute(counts):
                self._counts[key] = Count(quantity, json.loads(included))
            sold = session.execute(select(VariantRow.id, VariantRow.sold).where(VariantRow.id.in_(some)))
            self._sold.update(dict(sold.all()))

    def shortage(self, sold: Mapping[str, int]) -> Shortage:
        """Tell what an order sells that is not in the catalogue, or not on the shelf."""
        left = {key: self._counts[key].quantity - sold[key] for key in sold if key in self._counts}
        missing = {key: -sold[key] for key in sold if key in self._sold and key not in left}
        return Shortage(
            unknown=tuple(key for key in sold if key not in self._sold),
            oversold=tuple(key for key, count in {**left, **missing}.items() if count < 0),
        )

    def take_out(self, sold: Mapping[str, int], register: str, seq: int) -> None:
        """Subtract what an order sold, and note that its entry is in the counts now."""
        self._move(sold, register, seq)

    def put_back(self, lines: Iterable[OrderLine], register: str, seq: int) -> None:
        """Add what came back in good order, and note that its entry is in the counts now."""
        self._move({key: -count for key, count in counted(lines).items()}, register, seq)

    def _move(self, taken: Mapping[str, int], register: str, seq: int) -> None:
        for key, sold in taken.items():
            if key not in self._sold and key not in self._counts:
                continue
            count = self._counts.setdefault(key, Count(0, {}))
            count.quantity -= sold
            count.included[register] = max(seq, count.included.get(register, 0))
            self._touched.add(key)
            if key in self._sold:
                self._sold[key] = max(self._sold[key] + sold, 0)

    def write(self) -> None:
        """Write what changed; each count gets a revision of its own, so that other registers hear of it."""
        touched = sorted(self._touched)
        first, at = take(self._session, "revision", len(touched)), now()
        rows = list[dict[str, object]]()
        for revision, key in enumerate(touched, start=first):
            count = self._counts[key]
            included = json.dumps(count.included, sort_keys=True, separators=(",", ":"))
            same = {"variant_id": key, "revision": revision, "at": at}
            rows.append({**same, "quantity": count.quantity, "included": included})
        add_rows(self._session, Stock, rows, over="variant_id")
        sold = [{"id": key, "sold": self._sold[key]} for key in touched if key in self._sold]
        change_rows(self._session, VariantRow, "id", sold)


def sold_by(order: Order) -> dict[str, int]:
    """Add up what an order took of each variant, in thousandths."""
    return counted(line for line in order.lines if line.stocked)


def counted(lines: Iterable[OrderLine]) -> dict[str, int]:
    """Add lines up by variant, in thousandths."""
    counts: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        counts[line.variant_id] += thousandths(line.quantity)
    return dict(counts)


def thousandths(quantity: Decimal) -> int:
    """A quantity has at most three decimals, so this is exact."""
    return int(quantity * SCALE)


def quantity(count: int) -> Decimal:
    """Read thousandths back, without trailing zeros that would make equal counts look different."""
    whole, rest = divmod(count, SCALE)
    return Decimal(whole) if rest == 0 else Decimal(count) / SCALE


def stock_row(row: Stock) -> StockRow:
    """What a register reads: the count, and which entries of which register it already includes."""
    return StockRow(
        variant_id=row.variant_id, quantity=quantity(row.quantity), included=json.loads(row.included), at=row.at
    )
