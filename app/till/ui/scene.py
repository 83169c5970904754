"""What screens ask of the state beside its own slices: folded, joined or cut to what is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.pricing import Priced
from app.domain.session import Closed, Happening, Opened, Outcome, Session, Sold, Why, sessions
from app.domain.tax import NoRate
from app.sync.bodies import Sale, SessionClosed, SessionOpened
from app.sync.mode import Known, abilities, mode
from app.sync.outbox import OrderState
from app.till.selectors import chosen_tender, due, known, managers, order_state, pin_wait, priced, sales, tender_ability
from app.till.state import Kept, Screen, State
from app.till.ui.orders import Row
from app.till.ui.paying import Paying, read_amount

OUTCOMES = {
    OrderState.PENDING: Outcome.WAITING,
    OrderState.SYNCING: Outcome.WAITING,
    OrderState.SYNCED: Outcome.BOOKED,
    OrderState.ATTENTION: Outcome.BOOKED,
    OrderState.FAILED: Outcome.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A state with what every region asks of it, asked once."""

    state: State
    known: Known

    @classmethod
    def of(cls, state: State) -> "Scene":
        return cls(state, known(state))

    @property
    def minute(self) -> datetime | None:
        """The time as ages need it: screens with ages change each minute, not each second."""
        now = self.state.now
        return now.replace(second=0, microsecond=0) if now else None

    @property
    def zone(self) -> str:
        settings = self.state.people.settings
        return settings.zone if settings else "Asia/Kolkata"

    @property
    def footer(self) -> str:
        settings = self.state.people.settings
        return settings.receipt_footer if settings else ""

    @property
    def obstacle(self) -> str:
        """Why nothing can be sold now, or nothing."""
        return abilities(mode(self.known)).sell.reason

    @property
    def store(self) -> str:
        settings = self.state.people.settings
        return settings.seller.name if settings else ""

    @property
    def register(self) -> str:
        return self.state.registered.register if self.state.registered else ""

    @property
    def place(self) -> str:
        """The store's name and the register, as far as they are known."""
        return " · ".join(part for part in (self.store, self.register) if part)

    @property
    def cart_shown(self) -> bool:
        return self.state.screen is Screen.SELL and self.state.sign_in.user is not None

    @property
    def priced(self) -> Priced | None:
        sums = priced(self.state)
        return sums if isinstance(sums, Priced) else None

    @property
    def price_problem(self) -> str:
        """Why the cart cannot be priced, as a sentence."""
        sums = priced(self.state)
        if not isinstance(sums, NoRate) or not self.state.cart.lines:
            return ""
        names = [line.full_name for line in self.state.cart.lines if line.tax_class == sums.tax_class]
        named = names[0] if names else "One item"
        return f"{named} has no tax rate today, so it cannot be sold. Remove it, and tell the back office."

    @property
    def managers_wait(self) -> int:
        """Seconds until a manager may try a PIN again."""
        return min((pin_wait(self.state, one.id) for one in managers(self.state)), default=0)

    @property
    def paying(self) -> Paying:
        state, settings = self.state, self.state.people.settings
        chosen = chosen_tender(state)
        in_order = sorted(state.people.tenders, key=lambda one: (one.position, one.name))
        return Paying(
            tenders=tuple((one, tender_ability(state, one).reason) for one in in_order),
            chosen=chosen,
            due=due(state, chosen),
            typed=read_amount(state.checkout.amount) if state.checkout else 0,
            upi_vpa=settings.upi_vpa if settings else "",
            upi_name=settings.upi_name if settings else "",
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """The orders of the journal, newest first."""
        return tuple(row for kept in reversed(sales(self.state)) if (row := self._row(kept)))

    @property
    def opened(self) -> Row | None:
        """The order that is looked at."""
        return next((row for row in self.rows if row.order.id == self.state.opened_order), None)

    @property
    def sessions(self) -> tuple[Session, ...]:
        return sessions(self._happenings())

    def _row(self, kept: Kept) -> Row | None:
        if not isinstance(kept.body, Sale):
            return None
        verdict = self.state.journal.verdicts.get(kept.digest)
        return Row(kept.body.order, order_state(self.state, kept), verdict.why if verdict else "")

    def _happenings(self) -> Iterator[Happening]:
        for kept in self.state.journal.kept:
            match kept.body:
                case SessionOpened() as one:
                    yield Opened(one.session_id, one.at, Why(one.why.value), one.staff_id, one.staff_name)
                case SessionClosed() as one:
                    yield Closed(one.session_id, one.at, Why(one.why.value), one.staff_id, one.staff_name)
                case Sale(order=order) if order.offline:
                    yield Sold(order.id, order.totals.total, OUTCOMES[order_state(self.state, kept)])
