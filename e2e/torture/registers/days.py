"""Days of a store: what happens at its registers, and in its back office."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

import requests

from app.domain.product import Product
from app.sync.protocol import API
from e2e.store import Store
from e2e.torture.registers.shop import Shop, plenty
from tests.till.test_correcting import asks, gives, types
from tests.till.test_returning import begins, counts
from tests.till.test_returning import gives as gives_back

A_DAY = 12
"""Sales of each register a day."""
HAPPENED = {"sale", "credit_note", "amended", "shift", "cash", "customer_changed"}
"""Kinds of entries that a full day has to have, or a round shows less than it says."""
EDITED = 5
"""The product whose price is changed in the back office."""


@dataclass
class Days:
    """A store over some days, with its registers."""

    store: Store
    dice: Random
    shops: list[Shop] = field(default_factory=list)
    goods: Sequence[Product] = field(default_factory=plenty)
    wrong: list[str] = field(default_factory=list)

    def enrols(self, name: str) -> Shop:
        """Open one more register, and let somebody sign in."""
        shop = Shop(name, self.store)
        self.shops.append(shop)
        shop.signs_in()
        return shop

    def sell(self, sales: int = A_DAY) -> None:
        """Every register sells."""
        for _ in range(sales):
            for shop in self.shops:
                shop.sells(self.dice.choice(self.goods), self.dice.choice(("cash", "card", "upi")))

    def sync(self, shops: Iterable[Shop] | None = None) -> None:
        for shop in shops or self.shops:
            shop.syncs()

    def kinds(self) -> Counter[str]:
        """How many entries of each kind the registers have."""
        journals = (shop.profile.device.disk.journal.values() for shop in self.shops)
        return Counter(entry.header.kind.value for journal in journals for entry in journal)

    def closes(self) -> None:
        for shop in self.shops:
            shop.closes()
        self.store.closes()


def ordinary_day(days: Days, registers: int) -> None:
    """New registers on an ordinary day."""
    first, second, *_ = [days.enrols(f"t{place + 1}") for place in range(registers)]
    first.till.says("ShiftBegun", amount="1000")
    days.sell()
    first.sells(days.goods[0], "cash", GIFT_500="50")
    second.sells(days.goods[1], "account", customer="c001")
    days.sync()


def full_day(days: Days) -> None:
    """All that can happen at registers on one day, also at one that is new; then a change in the office."""
    first, second = days.shops[:2]
    third = days.shops[2] if len(days.shops) > 2 else days.enrols("t3")
    gives_back(counts(begins(first.till)).says("RefundReferenced", value="slip 1"))
    first.till.says("NoteLeft")
    first.till.says("OrderOpened", order_id=first.till.orders()[0].id)
    gives(types(asks(first.till), "Gift wrap"))
    first.till.says("DialogClosed").says("CashTouched", direction="out", amount="20", reason="Tea")
    second.till.says("ScreenOpened", screen="customers").says("CustomerOpened", customer_id="c002")
    second.till.says("CustomerSaved", name="Arjun S Shetty", phone="9811111111")
    second.till.says("CustomerAdded").says("CustomerSaved", name="Kavya Rao", phone="9822222222")
    second.sells(days.goods[2], "cash", GIFT_500="60")
    third.sells(days.goods[3], "cash", GIFT_1000="70")
    third.sells(days.goods[4], "account", customer="c001")
    days.sell()
    days.sync()
    _in_the_office(days)
    assert days.kinds().keys() == HAPPENED, days.kinds()


def _in_the_office(days: Days) -> None:
    """Change a price at the OMS: nobody but the OMS knows of it."""
    product = days.goods[EDITED]
    price = {"before": product.variants[0].price, "after": (product.variants[0].price or 0) + 1_00}
    headers = {"Authorization": f"Bearer {days.shops[0].who.token}", "Idempotency-Key": "office"}
    address = f"{days.store.address}{API}/products/{product.variants[0].sku}"
    reply = requests.patch(address, json={"staff_id": "ravi", "price": price}, headers=headers, timeout=10)
    assert reply.ok, reply.text
