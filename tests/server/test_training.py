"""Training sales arrive like every entry, and the books do not hear of them."""

from sqlalchemy import func, select

from app.sync.bodies import Training
from app.sync.entry import Kind
from app.sync.protocol import VerdictKind
from server.oms.oms import Oms
from server.oms.tables import EntryRow, LedgerRow, OrderRow, PaymentRow, Stock, StockMove
from tests.conftest import order
from tests.server.browser import Browser


def test_practice_is_kept_and_not_booked(oms: Oms, register: Browser) -> None:
    """The chain needs the entry; order, payment, ledger and stock must not know it."""
    practice = Training(order=order(training=True))
    verdict = register.push(register.append(Kind.TRAINING, practice))[0]

    with oms.database.read() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table))
            for table in (EntryRow, OrderRow, PaymentRow, LedgerRow, StockMove)
        ]
        stock = session.get_one(Stock, "v1").quantity
    assert (VerdictKind.ACCEPTED, "", [1, 0, 0, 0, 0], 10_000) == (verdict.kind, verdict.order_number, counts, stock)
