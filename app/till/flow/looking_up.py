"""Looking a product up instead of selling it, and its live stock: this store's and the others', asked of the OMS."""

from typing import Any

from app.sync.online import AskStock, LiveStock
from app.sync.questions import Denied, NoAnswer
from app.till.events import LiveStockAsked, LookUpSwitched
from app.till.flow.asking import Answering, asked, forgotten
from app.till.flow.keeping import while_open
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import can
from app.till.slices.live import Live
from app.till.state import Screen, State


def look_up_switched(state: State, _: LookUpSwitched) -> Step:
    if state.screen is not Screen.SELL:
        return Step(state)
    return changed(state, browse=replace(state.browse, looking_up=not state.browse.looking_up, notice=""))


def live_stock_asked(state: State, event: LiveStockAsked) -> Step:
    """Ask about the variant that is chosen; an older question is not waited for any more."""
    choice = state.browse.choice
    if choice is None or not choice.variant_id:
        return Step(state)
    sku, ability = choice.tile.product.variant(choice.variant_id).sku, can(state).live_stock
    if not ability.allowed:
        return changed(state, live=Live(sku, why=ability.reason))
    return asked(replace(forgotten(state, AskStock), live=None), event.fresh, AskStock(sku=sku))


def counted(state: State, question: AskStock, answer: LiveStock | Denied | NoAnswer) -> Step:
    if isinstance(answer, LiveStock):
        return changed(state, live=Live(question.sku, stock=answer))
    return changed(state, live=Live(question.sku, why=answer.why))


ANSWERS: dict[type[Any], Answering] = {AskStock: counted}
HANDLERS: Handlers = {LookUpSwitched: while_open(look_up_switched), LiveStockAsked: while_open(live_stock_asked)}
