"""A register's cash to look at: yesterday's shift, counted ten rupees short, and today's with cash in and out."""

from datetime import timedelta

from app.domain.shift import Closed, Direction, DrawerOpened, Moved, Opened, Pile
from app.sync.bodies import Cash, Drawer, Shift
from app.sync.journal import Head
from app.till.state import Journal
from tests.conftest import NOW, line, payment
from tests.till.ui.stage import happened, kept, sale

PIECES = {500_00: 2, 100_00: 4, 1_00: 89}
OPENED = Opened(
    shift_id="shift-1", at=NOW - timedelta(days=1), opening_float=1_000_00, staff_id="s2", staff_name="Ravi"
)
CLOSED = Closed(
    shift_id="shift-1",
    number=1,
    at=NOW - timedelta(hours=14),
    count=tuple(Pile(denomination=each, pieces=many) for each, many in PIECES.items()),
    expected=1_499_00,
    staff_id="s2",
    staff_name="Ravi",
)


OPENING = DrawerOpened(at=NOW, reason="Change for a customer", staff_id="s1", staff_name="Asha")


def moved(amount: int, direction: Direction = Direction.OUT, reason: str = "Bank deposit") -> Moved:
    return Moved(
        shift_id="shift-2",
        at=NOW,
        direction=direction,
        amount=amount,
        reason=reason,
        staff_id="s1",
        staff_name="Asha",
    )


def cash_journal() -> Journal:
    """Two shifts; the second runs, with two sales and two moves of cash."""
    late = OPENED.model_copy(update={"shift_id": "shift-2", "at": NOW - timedelta(hours=3)})
    return Journal(
        head=Head.start("DS01", "R1", "k"),
        kept=(
            happened(1, Shift(happened=OPENED)),
            kept(2, sale(2)),
            happened(3, Shift(happened=CLOSED)),
            happened(4, Shift(happened=late)),
            kept(5, sale(5, payments=(payment(49_900, received=50_000),))),
            kept(6, sale(6, line(quantity=2), offline=True)),
            happened(7, Cash(moved=moved(200_00, Direction.IN, "Change from the bank"))),
            happened(8, Cash(moved=moved(50_00, reason="Tea for the staff"))),
            happened(9, Drawer(opened=OPENING)),
        ),
    )
