"""A whole register: the real till with a person before it, and the real courier, in one profile at one OMS."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from app.domain.order import Order
from app.domain.product import Product
from app.sync.status import Link, LinkStatus, Registered
from app.till.drawing import Drawing
from app.till.register import Register
from e2e.line import Served
from e2e.torture.checker import Acknowledged
from e2e.torture.registers.errands import Courier
from e2e.torture.registers.profile import Profile
from e2e.torture.registers.wire import Chance, Count, Wire
from server.demo.products import make_products, opening_stock
from server.demo.store import TENDERS
from tests.fakes.till import FakeClock
from tests.till.till import Till

WORDS = ("status", "image", "changes", "verdicts", "answers")
"""What the till looks at again when the courier has done its work."""
PATIENCE = 200_000
ASKING = frozenset(tender.id for tender in TENDERS if tender.asks_reference)
MANY = 60
A_WHILE = 30.0
"""Seconds after which everything is looked at again."""


def plenty() -> tuple[Product, ...]:
    """What the demo store has much of, sold by the piece."""
    products = make_products({})
    stock = opening_stock(products)
    return tuple(
        each
        for each in products
        if not each.weighed and each.variants[0].price and stock.get(each.variants[0].id, 0) > MANY
    )


class Shop:
    """Somebody sells at a till; the line to the OMS is used when the shop syncs, and not before."""

    def __init__(self, name: str, behind: Served, at: datetime | None = None) -> None:
        self.profile = Profile(name)
        self.profile.device.clock = FakeClock(at or datetime.now(UTC))
        self._wire = Wire(behind, Chance(Random(0), 0.0), self.profile.timer, Count())  # noqa: S311 - it is never rolled
        self._courier = Courier(self.profile, self._wire)
        self.saved: list[Acknowledged] = []
        self._works(lambda: self._courier.rested)
        self.till = Till(device=self.profile.device, synced_at_first=False)

    @property
    def who(self) -> Registered:
        registered = self.profile.registered
        assert registered is not None
        return registered

    def signs_in(self, staff_id: str = "asha", pin: str = "1111") -> None:
        self.till.signs_in(staff_id, pin)

    def syncs(self) -> None:
        """Let a new courier work until nothing is left to be done, and the till see it."""
        self._courier.dies()
        for _ in range(2):  # what it has sent changes what it reads
            self.profile.timer.at += A_WHILE
            self._courier.rested = False
            self._works(lambda: self._courier.rested)
        self.till.hears(*WORDS)

    def is_offline(self) -> None:
        """Let the courier find out that nobody answers."""
        self._works(lambda: self.link is Link.NO_SERVER)
        self.till.hears("status")

    @property
    def link(self) -> Link:
        """What the courier has written down of the line."""
        text = self.profile.stores.records.get("link", "")
        return LinkStatus.model_validate_json(text).link if text else Link.UNKNOWN

    def start_seconds(self) -> float:
        """Start the till once more, and say how long it takes until the journal is read and people can sign in."""
        began = time.monotonic()
        ports = self.profile.device.ports

        async def start() -> None:
            await Register(ports, lambda old, new: Drawing({}), await ports.journal.take_over()).open()

        self.till._loop.run_until_complete(start())
        took = time.monotonic() - began
        self.till.starts_again()
        return round(took, 3)

    def sells(self, product: Product, tender: str = "upi", customer: str = "", **voucher: str) -> Order:
        """Make one sale; a voucher is given as its code, with what is to be taken from it.

        A manager agrees where the till asks for its clock.
        """
        till, mark = self.till, f"{self.profile.name}-{len(self.saved) + 1}"
        till.says("ScreenOpened", screen="sell")
        till.says("CodeScanned", code=product.variants[0].sku)
        till.says("CheckoutOpened").says("NotesTyped", value=f"mark-{mark}")
        if customer:
            till.says("CustomerAsked").says("CustomerOpened", customer_id=customer)
        for code, amount in voucher.items():
            till.says("TenderChosen", tender_id="voucher").says("ReferenceTyped", value=code.replace("_", "-"))
            till.says("AmountTyped", value=amount).says("PaymentTaken")
        till.pays(tender, reference=f"ref-{mark}" if tender in ASKING else "")
        if till.state.clock is not None:
            till.says("ClockConfirmed", staff_id="ravi", pin="2222").says("SaleCompleted")
        return self._is_saved()

    def stock_of(self, variant_id: str) -> Decimal | None:
        """What the till believes is on the shelf."""
        return self.till.register._library.available(variant_id)

    def closes(self) -> None:
        self._courier.dies()
        self._wire.closes()
        self.till.close()

    def _is_saved(self) -> Order:
        order = self.till.state.saved
        state = self.till.state
        assert order is not None, (state.screen, state.cart, state.checkout)
        paid = tuple((payment.name, payment.amount) for payment in order.payments)
        self.saved.append(Acknowledged(order.number, order.totals.total, paid, order.notes, order.register))
        self.till.says("SaleLeft")
        return order

    def _works(self, done: Callable[[], bool]) -> None:
        for _ in range(PATIENCE):
            self._courier.has_a_turn()
            if done():
                return
        raise AssertionError(f"{self.profile.name}: the courier does not come to rest")
