"""A register whose clock is set while it sells, without the OMS: what the table of the round "clock" says comes true.

The clock of both workers is set, as the machine's would be: everything of the register that has a time gets it there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from app.domain.numbers import financial_year
from e2e.browser import before_workers
from e2e.store import Store
from e2e.test_lock import locked, unlocks
from e2e.till import STAFF, Till

INDIA = ZoneInfo("Asia/Kolkata")
RIGHT = timedelta(0)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LOCKS_AFTER = timedelta(minutes=5)
"""Of the demo's settings: nobody can have touched a register for longer than that."""
BREAD = "Brown Bread"
CLOCK = """
    {
        const Right = Date;
        let by = 0;
        self.Date = class extends Right {
            constructor(...values) { values.length ? super(...values) : super(Right.now() + by); }
            static now() { return Right.now() + by; }
        };
        const channel = new BroadcastChannel("set-clock");
        channel.onmessage = ({ data }) => {
            if (data === "set") return;  // the other worker's answer
            by = data;
            channel.postMessage("set");
        };
    }
"""
SETS = """
    (by) => new Promise((done) => {
        const channel = new BroadcastChannel("set-clock");
        let left = 2;  // the till and the courier
        channel.onmessage = () => --left || (channel.close(), done());
        channel.postMessage(by);
    })
"""


@dataclass(frozen=True)
class Sold:
    """A sale that was shown as saved."""

    number: str
    asked: bool
    """A manager had to look at the date first."""
    days: frozenset[date]
    """The business days that it may bear: two where midnight came in between."""


class Shop:
    """The register, and the clock on its wall."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.by = RIGHT
        self.sold: list[Sold] = []

    @property
    def today(self) -> date:
        """The day in India, by the register's clock."""
        return (datetime.now(UTC) + self.by).astimezone(INDIA).date()

    @property
    def until_midnight(self) -> timedelta:
        """From the right time to the next midnight in India."""
        now = datetime.now(INDIA)
        return datetime.combine(now.date() + DAY, time(), INDIA) - now

    def sets(self, by: timedelta) -> None:
        """Set the clock so far from the right one; a register that locks itself because of it is unlocked."""
        locks = abs(by - self.by) >= LOCKS_AFTER
        self.by = by
        self.till.page.evaluate(SETS, by / timedelta(milliseconds=1))
        if locks:
            expect(locked(self.till)).to_be_visible()
            unlocks(self.till, STAFF["Asha"])
            expect(locked(self.till)).to_have_count(0)

    def sells(self) -> Sold:
        """Sell one piece; a manager agrees to the date where one is asked."""
        before, till = self.today, self.till
        till.adds(BREAD)
        till.checks_out()
        till.pays_with("Cash at Store")
        till.completes()
        saved = till.page.get_by_role("heading", name="Sale saved")
        doubt = till.page.get_by_role("dialog", name="Check the date")
        expect(saved.or_(doubt)).to_be_visible()
        if asked := doubt.is_visible():
            doubt.get_by_role("textbox", name="PIN").fill(STAFF["Ravi"])
            doubt.get_by_role("button", name="The date is right").click()
            expect(doubt).to_have_count(0)
            till.completes()
        number = till.is_saved(offline=True)
        till.starts_a_new_sale()
        # Business time never runs back, unless somebody agreed to it.
        last = date.min if asked or not self.sold else min(self.sold[-1].days)
        self.sold.append(Sold(number, asked, frozenset(max(last, day) for day in (before, self.today))))
        return self.sold[-1]


@pytest.fixture
def shop(store: Store, warm_till: Till) -> Shop:
    """The register without its OMS, and with a clock that can be set."""
    warm_till.context.add_init_script(before_workers(CLOCK))
    warm_till.reloads()
    warm_till.signs_in()
    store.loses_its_server()
    warm_till.shows_banner("blue")
    return Shop(warm_till)


def test_each_sale_by_a_wrong_clock_arrives_with_the_day_it_was_shown(shop: Shop, store: Store) -> None:
    """A dead battery, a hand that sets the clock, a sale at midnight: the table of the round, in a browser."""
    sales = {"at the right time": shop.sells()}
    for what, by in {"back a day": -DAY, "right again": RIGHT, "back an hour": -HOUR, "on a year": YEAR}.items():
        shop.sets(by)
        sales[what] = shop.sells()
    shop.sets(RIGHT)
    sales["back from the year"] = shop.sells()
    shop.sets(shop.until_midnight - MINUTE)
    sales["before midnight"] = shop.sells()
    shop.sets(shop.by + 2 * MINUTE)
    sales["after midnight"] = shop.sells()

    years = {what: financial_year(min(sold.days)) for what, sold in sales.items()}
    new_year = {what for before, what in pairwise(sales) if years[before] != years[what]}
    assert new_year >= {"on a year", "back from the year"}
    assert {what for what, sold in sales.items() if sold.asked} == {"back a day"} | new_year
    shop.sets(RIGHT)
    store.opens()
    booked = {order["number"]: date.fromisoformat(order["business_day"]) for order in store.has_orders(len(sales))}
    assert sorted(booked) == sorted(sold.number for sold in sales.values())
    assert {what: booked[sold.number] in sold.days for what, sold in sales.items()} == dict.fromkeys(sales, True)
    for year, numbers in by_year(booked).items():
        assert [int(number[-5:]) for number in sorted(numbers)] == list(range(1, len(numbers) + 1)), year


def by_year(booked: Mapping[str, date]) -> dict[str, list[str]]:
    """Numbers by the financial year of the day; each names its year itself."""
    years: dict[str, list[str]] = {}
    for number, day in booked.items():
        assert number[5:9] == financial_year(day), number
        years.setdefault(financial_year(day), []).append(number)
    return years
