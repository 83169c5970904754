"""Round "clock": what the till does when its clock is set, as a table with the expected result of each row.

Then a register at a real OMS lives through each row that sets a clock, and the checker looks whether all of it arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from app.sync.bodies import SessionClosed, SessionOpened
from app.sync.status import Link
from app.till.selectors import LONGEST_WAIT, locked
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.booked import Set, booked
from e2e.torture.registers.clocks import (
    DAY,
    HOUR,
    MARCH,
    MIDNIGHT,
    MINUTE,
    NOON,
    YEAR,
    Came,
    opened,
    second_sale,
    sells,
    set_by,
)
from e2e.torture.registers.summing import together
from tests.till.test_tenders import with_tenders
from tests.till.till import CARD, Till

NAME = "clock"
ON, OFF = Link.UP, Link.NO_SERVER
TODAY, TOMORROW = "2026-11-21", "2026-11-22"
NEXT, NEW_YEAR = "DS01A2627-00002", "DS01A2728-00001"


@dataclass(frozen=True)
class Row:
    """The clock is set between two sales; what is expected of the second."""

    what: str
    link: Link
    by: int
    """Seconds."""
    expected: Came
    starts: datetime = NOON
    noticed: bool = True
    """Whether the courier has told the OMS's opinion before the second sale."""


def came(time: str, day: str, number: str = NEXT, *, asked: bool = False) -> Came:
    return Came(asked, f"the {time}", day, number)


ROWS = (
    Row("back a minute, offline", OFF, -MINUTE, came("last entry", TODAY)),
    Row("back a minute, online", ON, -MINUTE, came("last entry", TODAY)),
    Row("back an hour (daylight saving ends, set by hand), offline", OFF, -HOUR, came("last entry", TODAY)),
    Row("on an hour (daylight saving begins, set by hand), offline", OFF, HOUR, came("device", TODAY)),
    Row("back a day, offline", OFF, -DAY, came("device", "2026-11-20", asked=True)),
    Row("back a day, online", ON, -DAY, came("device", "2026-11-20", asked=True)),
    Row("back a year, offline", OFF, -YEAR, came("device", "2025-11-21", "DS01A2526-00001", asked=True)),
    Row("back a year, online", ON, -YEAR, came("device", "2025-11-21", "DS01A2526-00001", asked=True)),
    Row("on a day, offline: like a day off", OFF, DAY, came("device", TOMORROW)),
    Row("on a day, online", ON, DAY, came("device", TOMORROW, asked=True)),
    Row("on a day, online, before the next probe", ON, DAY, came("device", TOMORROW), noticed=False),
    Row("on a year, offline", OFF, YEAR, came("device", "2027-11-21", NEW_YEAR, asked=True)),
    Row("on a year, online", ON, YEAR, came("device", "2027-11-21", NEW_YEAR, asked=True)),
    Row("across midnight, offline", OFF, 2 * MINUTE, came("device", TOMORROW), MIDNIGHT),
    Row("across midnight, online", ON, 2 * MINUTE, came("device", TOMORROW), MIDNIGHT),
    Row("across 1 April, offline", OFF, 2 * MINUTE, came("device", "2027-04-01", NEW_YEAR, asked=True), MARCH),
    Row("across 1 April, online: the OMS agrees", ON, 2 * MINUTE, came("device", "2027-04-01", NEW_YEAR), MARCH),
)


def run(plan: Plan) -> Tally:
    """Try every row, then let registers live through them at an OMS."""
    at_an_oms = booked(plan, [Set(row.by, row.link, row.starts) for row in ROWS])
    return together(NAME, {"table": table(plan), "at an OMS": at_an_oms})


def table(plan: Plan) -> Tally:
    """Compare each row with what is written here; nothing is sent, so nothing else is measured."""
    results = [(row.what, str(row.expected), str(_tried(row))) for row in ROWS]
    results += [(what, expected, found()) for what, expected, found in BESIDE]
    for what, expected, _found in results:
        plan.says(f"{what}: {expected}")
    wrong = [f"{what}: expected {due}; came {found}" for what, due, found in results if due != found]
    return Tally(NAME, len(results)).also(wrong)


def _tried(row: Row) -> Came:
    till = opened(row.starts, row.link)
    try:
        return second_sale(till, lambda till: set_by(till, row.by, noticed=row.noticed))
    finally:
        till.close()


# ------------------------------------------------------------ what else goes by time


def _time_zone() -> str:
    """The device is carried to New York: the instant is the same, and days are those of India."""
    till = opened(NOON, OFF)

    def carried(till: Till) -> None:
        till.device.clock.at = till.device.clock.at.astimezone(timezone(timedelta(hours=-5)))

    return _closed(till, str(second_sale(till, carried)))


def _between() -> str:
    """The checkout was open for the whole of it; money that was taken stays taken."""
    till = opened(NOON, OFF)
    sells(till)
    till.picks().says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken")
    set_by(till, -DAY)
    till.signs_in().says("SaleCompleted")  # the screen has locked: nobody knows how long it was left alone
    asked = till.state.clock is not None
    till.says("ClockConfirmed", staff_id="ravi", pin="2222").says("SaleCompleted")
    paid = [payment.amount for payment in till.orders()[-1].payments]
    return _closed(till, f"asks {'a manager' if asked else 'nobody'}, {len(till.orders())} sales, paid {paid}")


def _between_pressed_and_written() -> str:
    """The disk is slow, and the clock is set while it writes: the sale bears the time when it was pressed."""
    till = opened(NOON, OFF)
    sells(till)
    pressed = till.device.clock.at
    till.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    till.says_at_once(("SaleCompleted", {}))
    till.device.clock.at -= timedelta(days=1)
    at = till.entries()[-1].header.at
    return _closed(till, f"{len(till.orders())} sales, {'when it was pressed' if at >= pressed else at}")


def _cap(by: int) -> str:
    """A tender may take 600 rupees a day; 499.50 was taken."""
    till = with_tenders(opened(MIDNIGHT, OFF), CARD.model_copy(update={"cap_day": 600_00}))
    sells(till)
    set_by(till, by)
    sells(till)
    return _closed(till, f"{len(till.orders())} sales")


def _session(by: int) -> str:
    """An outage begins, the clock is set, the line is back."""
    till = opened(NOON, OFF)
    sells(till)
    set_by(till, by)
    till.comes_back()
    bodies = till.bodies()
    times = [body.at for body in bodies if isinstance(body, SessionOpened | SessionClosed)]
    return _closed(till, f"{len(times)} entries, {'in order' if times == sorted(times) else times}")


def _wrong_pins(by: int) -> str:
    """A manager waits after wrong PINs, and the clock is set."""
    till = opened(NOON, OFF)
    till.says("SignedOut")
    for _ in range(5):
        till.signs_in("ravi", "9999")
    set_by(till, by)
    till.time_passes(LONGEST_WAIT)
    till.signs_in("ravi", "2222")
    return _closed(till, "signs in after the longest wait" if till.state.sign_in.user else "still waits")


def _idle(by: int) -> str:
    till = opened(NOON, OFF)
    set_by(till, by)
    return _closed(till, "locked" if locked(till.state) else "open")


def _closed(till: Till, said: str) -> str:
    till.close()
    return said


BESIDE: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("another time zone, offline", str(came("device", TODAY)), _time_zone),
    ("back a day between checkout and saved", "asks a manager, 2 sales, paid [10000, 40000]", _between),
    ("back a day between pressed and written", "2 sales, when it was pressed", _between_pressed_and_written),
    ("a cap of the day, a minute back", "1 sales", lambda: _cap(-MINUTE)),
    ("a cap of the day, across midnight", "2 sales", lambda: _cap(2 * MINUTE)),
    ("an offline session, a minute back", "2 entries, in order", lambda: _session(-MINUTE)),
    ("an offline session, a year back", "2 entries, in order", lambda: _session(-YEAR)),
    ("an offline session, a day on", "2 entries, in order", lambda: _session(DAY)),
    ("a wait after wrong PINs, a year back", "signs in after the longest wait", lambda: _wrong_pins(-YEAR)),
    ("an idle screen, a year back", "locked", lambda: _idle(-YEAR)),
    ("an idle screen, two seconds back", "open", lambda: _idle(-2)),
)
