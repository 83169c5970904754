"""What screens ask of the state beside its own slices: folded, joined or cut to what is drawn."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.pricing import Priced
from app.domain.tax import NoRate
from app.languages import ENGLISH
from app.sync.mode import YES, Ability, Known, abilities, is_over, mode
from app.sync.online import AskLink
from app.sync.prices import AskCoupon
from app.till.balances import balance_told
from app.till.bargains import leeway, leeways, line_of, needs_approval, outcome, present, ways
from app.till.past import Row, row
from app.till.returned import exchange_worth
from app.till.selectors import (
    agreed,
    chosen_tender,
    due,
    exchange_back,
    extensions_for,
    known,
    managers,
    pin_wait,
    price_news,
    priced,
    selling,
    tender_ability,
    tenders_here,
    waiting,
)
from app.till.state import Checkout, Screen, State
from app.till.ui.bargain import Bargaining
from app.till.ui.cards import AtTerminal
from app.till.ui.cart_lines import Beside
from app.till.ui.checkout import Completing
from app.till.ui.coupon import Couponing
from app.till.ui.paying import Paying, read_amount
from app.till.ui.printing import Press


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
    def language(self) -> str:
        """The tag of what this register speaks: its own choice, else the store's."""
        settings = self.state.people.settings
        return self.state.language or (settings.locale.partition("-")[0] if settings else ENGLISH)

    @property
    def footer(self) -> str:
        settings = self.state.people.settings
        return settings.receipt_footer if settings else ""

    @property
    def obstacle(self) -> str:
        """Why nothing can be sold now, or nothing."""
        return selling(self.state).reason

    def holds(self, sentence: str) -> str:
        """What was said to a press; nothing where the register can sell again, and it says that it can't."""
        return "" if is_over(sentence, mode(self.known)) else sentence

    @property
    def checkout(self) -> Checkout | None:
        """The checkout that is open, with what still holds of its problem."""
        checkout = self.state.checkout
        over = checkout is not None and checkout.problem != self.holds(checkout.problem)
        return replace(checkout, problem="") if checkout and over else checkout

    @property
    def filled(self) -> Checkout | None:
        """The checkout as it was filled in, without how far its sale is: a press changes nothing of it."""
        checkout = self.state.checkout
        return replace(checkout, saving=False, recording=None, awaiting=None, problem="") if checkout else None

    @property
    def completing(self) -> Completing:
        checkout, paying = self.checkout, self.paying
        return Completing(
            saving=checkout is not None and checkout.saving,
            keeping=checkout is not None and checkout.keeping,
            busy=paying.waits,
            part=paying.typed if 0 < paying.typed < paying.due and not paying.online else 0,
            problem=checkout.problem if checkout else "",
            obstacle=self.obstacle or self.price_problem,
            training=self.state.training,
        )

    @property
    def press(self) -> Press:
        return Press(self.state.preferences, self.state.printing)

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
        return Paying(
            tenders=tuple((one, tender_ability(state, one).reason) for one in tenders_here(state)),
            chosen=chosen,
            due=due(state, chosen),
            typed=read_amount(state.checkout.amount) if state.checkout else 0,
            upi_vpa=settings.upi_vpa if settings else "",
            upi_name=settings.upi_name if settings else "",
            asking=waiting(state, AskLink),
            unreachable=abilities(mode(self.known)).online_payment.reason,
            told=balance_told(state),
            terminal=self.terminal,
            exchange=state.exchange,
            worth=exchange_worth(state),
            back=exchange_back(state),
        )

    @property
    def terminal(self) -> AtTerminal:
        cards, attempt = self.state.cards, self.state.checkout.card if self.state.checkout else None
        return AtTerminal(attempt, cards.choices, cards.chosen, mode(self.known).offline)

    @property
    def beside(self) -> Beside:
        extras = frozenset(line.key for line in self.state.cart.lines if extensions_for(self.state, line))
        widest = leeways(self.state).widest
        bargains = bool(widest.line or widest.below or widest.above)
        return Beside(extras, self.extras_ability if extras else YES, price_news(self.state), bargains)

    @property
    def bargaining(self) -> Bargaining | None:
        state, bargain, settings = self.state, self.state.bargain, self.state.people.settings
        if bargain is None:
            return None
        return Bargaining(
            ways=ways(state, line_of(state, bargain)),
            line=line_of(state, bargain),
            present=present(state, bargain),
            leeways=leeways(state),
            own=leeway(state, state.sign_in.user),
            outcome=outcome(state, bargain),
            needs=needs_approval(state, bargain),
            reasons=settings.discount_reasons if settings else (),
            managers=managers(state),
            wait=self.managers_wait,
        )

    @property
    def extras_ability(self) -> Ability:
        return abilities(mode(self.known)).extensions

    @property
    def couponing(self) -> Couponing:
        asking = any(isinstance(each.question, AskCoupon) for each in self.state.asked.values())
        return Couponing(abilities(mode(self.known)).coupons, asking, agreed(self.state) is not None)

    @property
    def opened(self) -> Row | None:
        """The order that is looked at."""
        return row(self.state.journal, self.state.opened_order)
