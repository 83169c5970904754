"""One till whose clock is set between two sales, and what comes of the second one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.catalogue.image import Stocked
from app.sync.status import Link
from tests.conftest import NOW, stock
from tests.fakes.till import FakeClock, FakeDevice
from tests.till.till import KURTA, Till, image

SECOND, MINUTE, HOUR, DAY, YEAR = 1, 60, 3600, 86_400, 365 * 86_400
NOON = NOW
MIDNIGHT = datetime(2026, 11, 21, 18, 29, tzinfo=UTC)
"""A minute before it, in India."""
MARCH = datetime(2027, 3, 31, 18, 29, tzinfo=UTC)
"""A minute before 1 April, in India."""


@dataclass(frozen=True)
class Came:
    """What came of a sale that was made after the clock was set."""

    asked: bool
    """A manager had to look at the date first."""
    time: str
    """Which time it bears: that of the device, or that of the last entry."""
    day: str
    """Its business day, Indian time."""
    number: str

    def __str__(self) -> str:
        return f"{'asks a manager' if self.asked else 'asks nobody'}, {self.time}'s time, {self.day}, {self.number}"


def opened(at: datetime, link: Link = Link.UP) -> Till:
    """A till with somebody before it, at a time; the OMS agrees on it where it is there."""
    till = Till(device=FakeDevice(clock=FakeClock(at)), synced_at_first=True)
    till.device.shelf.image = image([Stocked(KURTA, (stock("kurta-v", 50),))])
    till.hears("image")
    till.signs_in()
    if link is not Link.UP:
        till.goes_offline()
    return till


def sells(till: Till) -> None:
    if till.state.locked:
        till.signs_in()
    till.picks().pays("card").says("SaleLeft")


def set_by(till: Till, seconds: float, *, noticed: bool = True) -> None:
    """Set the clock by hand; where the OMS is there, the next probe tells by how much it is wrong."""
    till.device.clock.at += timedelta(seconds=seconds)
    if noticed and till.state.connection.link.link is Link.UP:
        till.link_is(Link.UP, offset_seconds=-int(seconds))
        till.hears("status")
    till.hears()


def second_sale(till: Till, happens: Callable[[Till], None]) -> Came:
    """Sell, let something happen to the clock, sell again; a manager agrees where one is asked."""
    sells(till)
    happens(till)
    sells(till)
    asked = till.state.clock is not None
    if asked:
        till.says("ClockConfirmed", staff_id="ravi", pin="2222").says("SaleCompleted").says("SaleLeft")
    first, *_, last = till.orders()
    near = abs(last.at - till.device.clock.at) < timedelta(seconds=SECOND)
    number = last.number if last is not first else "nothing was sold"
    return Came(asked, "the device" if near else "the last entry", last.business_day.isoformat(), number)
