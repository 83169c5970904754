"""Parking: a sale is put aside under a name and taken up again, by anybody, after a restart too.

Money and parking do not go together: a sale for which money was taken stays open until it is finished or given back.
"""

from app.domain.cart import Cart
from app.domain.draft import Draft
from app.domain.money import format_money
from app.domain.policy import Action, may
from app.till.effects import DropDraft, KeepDraft
from app.till.events import ParkAsked, ParkedDiscarded, ParkedListed, ParkedResumed, PricesChecked, SaleParked
from app.till.flow.checkout import refilled, with_tender
from app.till.flow.keeping import kept, while_open
from app.till.flow.news import looked_up, prices_checked
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.parked import LONGEST_NAME, reopened, usual_name
from app.till.selectors import draft, price_news
from app.till.state import Screen, State

PAID = "Money was taken for this sale, so it cannot be parked. Finish it, or give the money back first."
LINKED = "The customer may be paying by the link now, so this sale cannot be parked. Finish it, or cancel the link."
NOT_YOURS = "Somebody else parked this sale. It is safe. Only they or a manager may discard it."


def unparkable(state: State) -> str:
    """Say why the open sale cannot be put aside, or nothing."""
    checkout = state.checkout
    if checkout is None:
        return ""
    if checkout.payments or checkout.keeping:
        return PAID
    return LINKED if checkout.link is not None else ""


def park_asked(state: State, _: ParkAsked) -> Step:
    if state.screen is not Screen.SELL or state.sign_in.user is None or not state.cart.lines:
        return Step(state)
    why = unparkable(state)
    return noticed(state, why) if why else _parking(state, naming=True, problem="")


def sale_parked(state: State, event: SaleParked) -> Step:
    if not state.parking.naming or not state.cart.lines or unparkable(state):
        return Step(state)
    return parked(state, event.name, event.fresh)


def parked(state: State, name: str, fresh: str) -> Step:
    """Put the open sale aside; without a name it is called after the customer, or after what is first in it."""
    aside = draft(state).model_copy(update={"parked_as": name.strip()[:LONGEST_NAME] or usual_name(state)})
    emptied = replace(
        state,
        cart=Cart(),
        checkout=None,
        exchange=None,
        draft_id=fresh,
        cart_open=False,
        browse=replace(state.browse, notice=""),
        parking=replace(state.parking, parked=(*state.parking.parked, aside), naming=False, problem=""),
    )
    return Step(emptied, (KeepDraft(aside),))


def parked_listed(state: State, _: ParkedListed) -> Step:
    if state.screen is not Screen.SELL or state.sign_in.user is None:
        return Step(state)
    return _parking(state, listed=True, problem="")


def parked_resumed(state: State, event: ParkedResumed) -> Step:
    """Take a sale up again; the open one is parked first, and today's prices are asked for."""
    found, why = _found(state, event.draft_id), unparkable(state)
    if found is None or state.screen is not Screen.SELL or state.sign_in.user is None:
        return Step(state)
    if why:
        return _parking(state, problem=why)
    open_one = state.cart.lines or state.exchange is not None
    first = parked(state, "", event.fresh) if open_one else Step(state)
    taken = found.model_copy(update={"parked_as": None})
    rest = tuple(each for each in first.state.parking.parked if each.id != found.id)
    parking = replace(first.state.parking, parked=rest, listed=False, problem="", repricing=found.id)
    resumed = refilled(with_tender(replace(reopened(first.state, taken), parking=parking)))
    return Step(resumed, (*first.effects, KeepDraft(taken), looked_up(resumed)))


def prices_known(state: State, event: PricesChecked) -> Step:
    """Give a sale that was just taken up today's prices, and say which are others; what is gone is said, too."""
    step = prices_checked(state, event)
    resumed = bool(state.parking.repricing) and state.parking.repricing == state.draft_id
    settled = replace(step.state, parking=replace(state.parking, repricing=""))
    news = price_news(settled) if resumed else {}
    if not news:
        return Step(settled, step.effects)
    cart, told = settled.cart, list[str]()
    for key, price in news.items():
        index = next(index for index, line in enumerate(cart.lines) if line.key == key)
        line = cart.lines[index]
        if price is None:
            told.append(f"{line.full_name} is no longer in the catalogue.")
            continue
        told.append(f"{line.full_name}: {format_money(line.unit_price)} → {format_money(price)}.")
        cart = cart.reprice(index, price)
    repriced = kept(refilled(replace(settled, cart=cart)))
    return Step(noticed(repriced.state, " ".join(["The prices are those of today.", *told])).state, repriced.effects)


def parked_discarded(state: State, event: ParkedDiscarded) -> Step:
    """Forget a parked sale: whoever parked it may, and a manager."""
    found, user = _found(state, event.draft_id), state.sign_in.user
    if found is None or user is None:
        return Step(state)
    if found.staff_id != user.id and not may(user, Action.DISCARD_PARKED):
        return _parking(state, problem=NOT_YOURS)
    rest = tuple(each for each in state.parking.parked if each.id != found.id)
    gone = replace(state.parking, parked=rest, listed=bool(rest), problem="")
    return Step(replace(state, parking=gone), (DropDraft(found.id),))


def _found(state: State, draft_id: str) -> Draft | None:
    return next((each for each in state.parking.parked if each.id == draft_id), None)


def _parking(state: State, **fields: object) -> Step:
    return changed(state, parking=replace(state.parking, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    ParkAsked: while_open(park_asked),
    SaleParked: while_open(sale_parked),
    ParkedListed: while_open(parked_listed),
    ParkedResumed: while_open(parked_resumed),
    ParkedDiscarded: while_open(parked_discarded),
    PricesChecked: prices_known,
}
