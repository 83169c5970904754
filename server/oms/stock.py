"""Stock as the OMS counts it: whole thousandths in the table, Decimal towards everyone else."""

import json
from decimal import Decimal

from app.sync.protocol import StockRow
from server.oms.tables import Stock

SCALE = 1000


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


def take_out(row: Stock, count: int, register: str, seq: int) -> None:
    """Subtract what an entry sold, and note that the entry is in the count now."""
    included: dict[str, int] = json.loads(row.included)
    included[register] = max(seq, included.get(register, 0))
    row.quantity -= count
    row.included = json.dumps(included, sort_keys=True, separators=(",", ":"))
