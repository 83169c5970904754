"""A price that a sync changed in mid-sale: the cart keeps what the customer saw, until somebody decides."""

from app.till.effects import CheckPrices
from app.till.events import PriceKept, PricesChecked, PriceUsed
from app.till.flow.filling import unsellable
from app.till.flow.keeping import kept, while_open
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.selectors import price_news
from app.till.slices.news import PriceNews
from app.till.state import State


def looked_up(state: State) -> CheckPrices:
    """Ask what everything in the cart costs now, and what is about to be put into it; old answers are forgotten."""
    asked = {line.variant_id for line in state.cart.lines if line.stocked}
    open_dialog = state.browse.choice or state.browse.override
    if open_dialog is not None and open_dialog.tile is not None:
        asked |= {variant.id for variant in open_dialog.tile.product.variants}
    return CheckPrices(tuple(sorted(asked)))


def prices_checked(state: State, event: PricesChecked) -> Step:
    """Note what is new; decisions about lines that are gone are forgotten."""
    keys = {line.key for line in state.cart.lines}
    decided = frozenset(each for each in state.news.kept if each[0] in keys)
    return changed(state, news=PriceNews(event.prices, decided))


def price_kept(state: State, event: PriceKept) -> Step:
    line = state.cart.lines[event.line] if 0 <= event.line < len(state.cart.lines) else None
    news = price_news(state)
    if line is None or line.key not in news:
        return Step(state)
    return changed(state, news=replace(state.news, kept=state.news.kept | {(line.key, news[line.key])}))


def price_used(state: State, event: PriceUsed) -> Step:
    """Take the new price, unless the cart could not be sold with it."""
    line = state.cart.lines[event.line] if 0 <= event.line < len(state.cart.lines) else None
    price = price_news(state).get(line.key) if line else None
    if price is None:
        return Step(state)
    other = replace(state, cart=state.cart.reprice(event.line, price))
    why = unsellable(other)
    return noticed(state, why) if why else kept(other)


HANDLERS: Handlers = {
    PriceKept: while_open(price_kept),
    PriceUsed: while_open(price_used),
}
