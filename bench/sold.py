"""What a register has sold so far, sealed entry by entry: the past that a long journal holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from app.domain.numbers import indian_day
from app.domain.order import Order
from app.sync.bodies import Sale
from app.sync.checkpoint import Places, checkpoint, placed, written
from app.sync.entry import Entry, Kind, assemble, header_bytes
from app.sync.journal import Head, advanced, next_header, next_number
from app.sync.protocol import Verdict, VerdictKind
from app.sync.status import Registered
from bench.shop import carts
from tests.fakes.courier import FakeKeys
from tests.fakes.register import at_once

TODAYS, A_DAY = 100, 300
"""Orders of today, and of each day before it."""
WAITING = 20
"""The newest of them have no verdict yet."""
things_sold = lru_cache(carts)


@dataclass
class Past:
    """So many orders of one register, until now."""

    whose: Registered
    keys: FakeKeys
    """With the register's data key, opened."""
    many: int
    now: datetime
    places: Places = field(default_factory=Places)

    def __post_init__(self) -> None:
        self.head = Head.start(self.whose.store, self.whose.register, self.whose.key_id)

    def entries(self) -> Iterator[tuple[Entry, bool]]:
        """Each entry, oldest first, and whether the OMS has said something to it."""
        for at, order in enumerate(self._orders()):
            entry = self._sealed(order)
            self.head, self.places = advanced(self.head, entry), placed(self.places, (entry.header,))
            yield entry, at < self.many - WAITING

    @property
    def checkpoint(self) -> str:
        """The record that says up to where it was checked: to its end, when all of it has been made."""
        return written(checkpoint(self.head, self.places))

    def _orders(self) -> Iterator[Order]:
        """The last of them are of today, the others of the days before."""
        chosen = things_sold()
        for at in range(self.many):
            ago = timedelta(days=max(0, self.many - TODAYS - at + A_DAY - 1) // A_DAY)
            of_day = {"at": self.now - ago, "business_day": indian_day(self.now) - ago}
            yield chosen[at % len(chosen)].model_copy(update={"id": f"o{at}", **of_day})

    def _sealed(self, order: Order) -> Entry:
        number = next_number(self.head, self.whose.series.invoice, order.business_day)
        assert isinstance(number, str), number
        header = next_header(self.head, Kind.SALE, order.id, order.at, number)
        whose = {"store": self.whose.store, "register": self.whose.register, "number": number}
        body = Sale(order=order.model_copy(update=whose))
        return assemble(header, *at_once(self.keys.seal(header_bytes(header), body.model_dump_json().encode())))


def accepted(entry: Entry, at: datetime) -> Verdict:
    """What an OMS says to most entries."""
    header = entry.header
    return Verdict(digest=entry.digest, id=header.id, seq=header.seq, kind=VerdictKind.ACCEPTED, at=at)
