"""What follows from the state: computed in one place, stored nowhere, asked by flows and screens alike."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from app.domain.cart import Cart, Line
from app.domain.draft import Draft
from app.domain.extension import Extension
from app.domain.invoice import unnamed
from app.domain.money import format_money
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.policy import Action, may
from app.domain.pricing import Priced, Terms, Unpriced, cash_due, price_cart
from app.domain.promotion import Promotion, in_force
from app.domain.staff import Role, StaffMember
from app.domain.tax import TaxRate
from app.sync.mode import YES, Ability
from app.sync.questions import Question
from app.till.returned import exchange_plan, exchange_worth
from app.till.risk import no_terminal
from app.till.slices.cards import Stage
from app.till.slices.checkout import Checkout
from app.till.slices.same import remembered
from app.till.standing import can as can
from app.till.standing import known as known
from app.till.standing import missing as missing
from app.till.standing import mode_now as mode_now
from app.till.standing import moment as moment
from app.till.standing import oldest_pending as oldest_pending
from app.till.standing import order_state as order_state
from app.till.standing import pending as pending
from app.till.standing import reprint as reprint
from app.till.standing import sales as sales
from app.till.standing import selling as selling
from app.till.standing import today as today
from app.till.state import State
from app.till.supply import inter_state, with_charges

TOO_MUCH = 10**12
"""Minor units; no sale and no payment comes near it, so it is a slip of the finger."""
LONGEST_WAIT = 15 * 60
"""Seconds that wrong PINs can make a person wait."""


def waiting(state: State, kind: type[Question]) -> bool:
    """Whether a question of a kind is under way."""
    return any(isinstance(each.question, kind) for each in state.asked.values())


def may_edit(state: State) -> Ability:
    """Whether a product may be changed from here: by a manager, with the OMS there."""
    if not may(state.sign_in.user, Action.EDIT_PRODUCT):
        return Ability("Only a manager may change a product.")
    return can(state).product_updates


# ---------------------------------------------------------------- money


def tender_ability(state: State, tender: Tender) -> Ability:
    """Whether a tender may be taken now, or why not."""
    if tender.terminal and (why := no_terminal(state)):
        return Ability(why)
    needs_oms = tender.kind is TenderKind.ONLINE or not tender.offline
    return can(state).online_payment if needs_oms else YES


def all_tenders(state: State) -> tuple[Tender, ...]:
    """Every payment method of the store, in the order of this register; new ones come last, as the store has them."""
    ours = {tender_id: place for place, tender_id in enumerate(state.preferences.tenders)}
    return tuple(sorted(state.people.tenders, key=lambda one: (ours.get(one.id, len(ours)), one.position, one.name)))


def tenders_here(state: State) -> tuple[Tender, ...]:
    """What this register offers, within what the store has; never nothing."""
    offered = tuple(one for one in all_tenders(state) if one.id not in state.preferences.hidden)
    return offered or all_tenders(state)


def delivery_here(state: State) -> Ability:
    """Whether Delivery may be chosen at this register now."""
    return can(state).delivery if state.preferences.delivers else NOT_DELIVERED


NOT_DELIVERED = Ability("Delivery is not offered at this register. Choose Self Pickup, or another register.")


def chosen_tender(state: State) -> Tender | None:
    wanted = state.checkout.tender_id if state.checkout else ""
    return next((tender for tender in state.people.tenders if tender.id == wanted), None)


def agreed(state: State) -> tuple[Promotion, ...] | None:
    """The promotions that the customer has paid under, where money was taken."""
    return state.checkout.agreed if state.checkout else None


def coupon_held(state: State) -> tuple[Promotion, ...]:
    """What the coupon of the open sale gives: the OMS keeps it for a while, network or not."""
    held = state.checkout.coupon.held if state.checkout else None
    return (held.promotion,) if held else ()


def promotions_online(state: State) -> tuple[Promotion, ...]:
    """What the store gives to everybody today, with the OMS there."""
    return in_force(state.people.promotions, today(state))


def promotions_for_all(state: State) -> tuple[Promotion, ...]:
    """What the store gives to everybody, as the mode allows (S16)."""
    return promotions_online(state) if can(state).promotions.allowed else ()


def promotions_now(state: State) -> tuple[Promotion, ...]:
    """What is taken off the open sale: as agreed once money was taken, else what holds now."""
    paid_under = agreed(state)
    return paid_under if paid_under is not None else (*promotions_for_all(state), *coupon_held(state))


def price_news(state: State) -> dict[str, int | None]:
    """What the catalogue says now of lines that cost something else, by their key; None where one is gone from it.

    Once money was taken the price is agreed, and there is nothing to decide.
    """
    if agreed(state) is not None:
        return {}
    prices, kept = state.news.prices, state.news.kept
    goods = [line for line in state.cart.lines if line.variant_id in prices and not line.parent]
    changed = [(line.key, prices[line.variant_id]) for line in goods if prices[line.variant_id] != line.catalogue_price]
    return {key: price for key, price in changed if (key, price) not in kept}


def news_sentence(state: State) -> str:
    """What checkout says about prices that a sync changed: the cart is the place to decide."""
    changed = price_news(state)
    line = next((line for line in state.cart.lines if line.key in changed), None)
    if line is None:
        return ""
    return f"The price of {line.full_name} has changed. The sale keeps the old one. Go back to the cart to decide."


def extensions_for(state: State, line: Line) -> tuple[Extension, ...]:
    """What may be sold with a line of the cart."""
    return tuple(extension for extension in state.people.extensions if extension.goes_with(line))


def extras_line(state: State) -> Line | None:
    """The line whose extras are being chosen, while it is in the cart."""
    return next((line for line in state.cart.lines if state.extras_of and line.key == state.extras_of), None)


@remembered
def priced(state: State) -> Priced | Unpriced:
    """What the cart costs today; the first tax class without a rate stops it."""
    return priced_with(state, promotions_now(state))


def priced_with(state: State, promotions: tuple[Promotion, ...]) -> Priced | Unpriced:
    """What the cart costs today under these promotions."""
    rates = state.catalogue.rates if state.catalogue else ()
    inclusive = state.people.settings is None or state.people.settings.prices_include_tax
    return _priced(with_charges(state), rates, today(state), inclusive, inter_state(state), promotions)


@lru_cache(maxsize=8)
def _priced(
    cart: Cart, rates: tuple[TaxRate, ...], day: date, inclusive: bool, inter: bool, promotions: tuple[Promotion, ...]
) -> Priced | Unpriced:
    # Remembered, because several regions ask for it at each event, and an order may have a thousand lines.
    return price_cart(cart, Terms(rates=rates, day=day, inclusive=inclusive, inter_state=inter, promotions=promotions))


def offers_sentence(state: State) -> str:
    """What the customer should be told about promotions while the OMS is away; nothing where it changes nothing."""
    if can(state).promotions.allowed:
        return ""
    now, online = priced(state), priced_with(state, (*promotions_online(state), *coupon_held(state)))
    if not isinstance(now, Priced) or not isinstance(online, Priced):
        return ""
    if agreed(state) is not None:
        return "Money was taken for this sale, so its price stays as agreed." if now.applied else ""
    here, there = format_money(now.totals.total), format_money(online.totals.total)
    return "" if here == there else f"Promotions are not applied offline: the total is now {here} instead of {there}."


def unnamed_buyer(state: State) -> tuple[str, ...]:
    """What the law wants to know of the buyer of this sale and nobody wrote down: CGST Rule 46 (d), (e)."""
    sums, settings = priced(state), state.people.settings
    if settings is None or not isinstance(sums, Priced):
        return ()
    return unnamed(sums.totals.value, state.checkout.customer if state.checkout else None, settings.recipient_from)


def total(state: State) -> int:
    """The sum of the cart before any rounding of cash; zero where it cannot be priced."""
    sums = priced(state)
    return sums.totals.total if isinstance(sums, Priced) else 0


def rest(owed: int, payments: Sequence[Payment], step: int) -> int:
    """What payments leave to be paid, minor units; negative when too much was taken.

    Cash that came to the nearest coin settles the sale: what it differs by is the rounding.
    """
    before = owed - sum(payment.amount for payment in payments[:-1])
    if not payments:
        return before
    last = payments[-1]
    settled = last.kind is TenderKind.CASH and last.amount == cash_due(before, step)
    return 0 if settled else before - last.amount


def cash_step(state: State) -> int:
    return state.people.settings.cash_step if state.people.settings else 1


def credited(state: State) -> int:
    """What an exchange counts towards the open sale: never more than that costs."""
    return min(exchange_worth(state), total(state))


def exchange_back(state: State) -> int:
    """What goes back to the customer of the open exchange: in cash the nearest coin."""
    over = exchange_worth(state) - credited(state)
    return exchange_plan(state, state.exchange, over).amount if state.exchange is not None and over else 0


def left(state: State) -> int:
    """What is still to be paid for the open sale."""
    payments = state.checkout.payments if state.checkout else ()
    return rest(total(state) - credited(state), payments, cash_step(state))


def due(state: State, tender: Tender | None) -> int:
    """What is asked for with a tender: in cash the nearest coin."""
    open_sum = left(state)
    return cash_due(open_sum, cash_step(state)) if tender and tender.kind is TenderKind.CASH else open_sum


def draft(state: State) -> Draft:
    """The open sale as it is written down; a payment that waits for the disk is in it."""
    checkout, user = state.checkout, state.sign_in.user
    staff_id = user.id if user else ""
    common: dict[str, Any] = {"cart": state.cart, "training": state.training, "exchange": state.exchange}
    base = Draft(id=state.draft_id, at=moment(state), staff_id=staff_id, **common)
    if checkout is None:
        return base
    changes = {
        "order_id": checkout.order_id,
        "payments": checkout.payments if checkout.awaiting is None else checkout.awaiting,
        "customer": checkout.customer,
        "fulfilment": checkout.fulfilment,
        "delivery": checkout.delivery,
        "link": checkout.link,
        "card": asked_card(checkout),
        "sales_employee": checkout.sales_employee,
        "notes": checkout.notes,
        "coupon": checkout.coupon.held,
        "agreed": checkout.agreed,
    }
    return base.model_copy(update=changes)


def asked_card(checkout: Checkout) -> Payment | None:
    """A card payment that the processor may know of and that is not among the payments: a crash must not forget it."""
    card = checkout.card
    known = card is not None and card.stage in {Stage.NOTING, Stage.ASKING, Stage.UNKNOWN}
    return card.payment if card is not None and known else None


# ---------------------------------------------------------------- people


def active(state: State, staff_id: str) -> StaffMember | None:
    """A member of staff who may sign in, or none."""
    return next((each for each in state.people.staff if each.id == staff_id and each.active), None)


def locked(state: State) -> bool:
    """Whether the screen is locked; without anybody signed in there is nothing to lock."""
    return state.locked and state.sign_in.user is not None


def managers(state: State) -> tuple[StaffMember, ...]:
    return tuple(member for member in state.people.staff if member.active and member.role is Role.MANAGER)


def pin_wait(state: State, staff_id: str) -> int:
    """Seconds that this person has to wait after wrong PINs; a clock that was set does not make it longer."""
    until = state.sign_in.wait_until.get(staff_id)
    if until is None:
        return 0
    return min(max(0, -((moment(state) - until) // timedelta(seconds=1))), LONGEST_WAIT)
