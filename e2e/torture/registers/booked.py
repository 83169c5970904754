"""Registers whose clock is set between two sales, at a real OMS: what they sold arrives, once, in each place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.sync.status import Link
from e2e.torture.checker import Evidence, check, stock_of
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.clocks import NOON
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.nursery import Nursery, QuickStore
from e2e.torture.registers.shop import Shop, plenty

NAME = "clock"


@dataclass(frozen=True)
class Set:
    """By how many seconds a clock is set; with the OMS there or not, and from now or from a certain evening."""

    by: int
    link: Link
    starts: datetime


def booked(plan: Plan, clocks: Iterable[Set]) -> Tally:
    """Let one register live through each; then all is sent, and the checker compares the places."""
    nursery = Nursery()
    store = QuickStore(data=demo_data(plan.room(NAME)), nursery=nursery).opens()
    stock = stock_of(_database(store))
    shops = [(Shop(f"t{number}", store), clock) for number, clock in enumerate(clocks, start=1)]
    try:
        for shop, clock in sorted(shops, key=lambda each: each[1].link is not Link.UP):
            if clock.link is not Link.UP and store.pid:
                store.loses_its_server()
            _lives_through(shop, clock)
        store.opens()
        for _ in range(2):  # that an outage is over was written when the till heard that all is sent
            for shop, _ in shops:
                shop.syncs()
        return _tally(store, [shop for shop, _ in shops], stock)
    finally:
        for shop, _ in shops:
            shop.closes()
        store.closes()
        nursery.closes()


def _lives_through(shop: Shop, clock: Set) -> None:
    first, second, *_ = plenty()
    shop.signs_in()
    if clock.starts is not NOON:
        _is_set(shop, (clock.starts - shop.profile.device.clock.at).total_seconds())
    if clock.link is not Link.UP:
        shop.is_offline()
    shop.sells(first)
    _is_set(shop, clock.by)
    if clock.link is Link.UP:
        shop.syncs()
    shop.sells(second)


def _is_set(shop: Shop, seconds: float) -> None:
    shop.profile.device.clock.at += timedelta(seconds=seconds)
    shop.till.hears()
    if shop.till.state.locked:
        shop.signs_in()


def _tally(store: QuickStore, shops: list[Shop], stock: dict[str, int]) -> Tally:
    told = tuple(told for shop in shops for told in shop.saved)
    places = tuple(place for shop in shops for place in shop.profile.places())
    evidence = Evidence(_database(store), store.data / "secrets.json", told, places, stock=stock)
    return check(evidence).tally(NAME, faults=len(shops), acknowledged=len(told))


def _database(store: QuickStore) -> str:
    return f"sqlite:///{store.data / 'store-os.db'}"
