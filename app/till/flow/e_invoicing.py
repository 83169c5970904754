"""E-invoices at the till: who needs one, and asking what became of it while its order is on the screen."""

from collections.abc import Iterable
from datetime import timedelta

from app.domain.order import Order
from app.domain.pricing import OrderLine
from app.sync.e_invoice import EInvoice, EInvoiceAsked, EInvoiceState, standing
from app.sync.mode import Mode
from app.sync.questions import Question
from app.till.flow.asking import Answering, asked, waiting
from app.till.flow.step import Step, replace
from app.till.selectors import mode_now, moment
from app.till.standing import elapsed
from app.till.state import Screen, State

ASK_EVERY = timedelta(seconds=2)


def needs_irn(state: State, lines: Iterable[OrderLine]) -> bool:
    """A taxed sale to a business by a seller above the threshold: CGST Rule 48 (4); a bill of supply needs none."""
    settings, checkout = state.people.settings, state.checkout
    buyer = checkout.customer if checkout else None
    if state.training or settings is None:
        return False
    if not (settings.e_invoice and settings.seller.gstin and buyer and buyer.gstin):
        return False
    return any(line.rate or line.cess_rate for line in lines)


def looked_after(state: State, fresh: str) -> Step:
    """Ask for the IRN of the order on the screen, as long as it has none; called with each tick."""
    order = _shown(state)
    if order is None or not _wanting(state, order):
        return Step(state)
    noted = replace(state, e_invoice_asked_at=moment(state))
    return asked(noted, f"{fresh}-irn", EInvoiceAsked(order_id=order.id))


def _wanting(state: State, order: Order) -> bool:
    known, last = standing(order, state.e_invoices), state.e_invoice_asked_at
    if known is None or known.state is not EInvoiceState.QUEUED or waiting(state, EInvoiceAsked):
        return False
    return (last is None or elapsed(state, last) >= ASK_EVERY) and _at_the_oms(state, order)


def _at_the_oms(state: State, order: Order) -> bool:
    """Whether the OMS is there and has taken the order in."""
    kept = next((each for each in reversed(state.journal.kept) if each.header.id == order.id), None)
    return mode_now(state) is Mode.ONLINE and kept is not None and kept.digest in state.journal.verdicts


def _shown(state: State) -> Order | None:
    """The order whose invoice is on the screen."""
    if state.screen is Screen.SAVED:
        return state.saved
    return state.journal.order(state.opened_order) if state.screen is Screen.ORDER else None


def answered(state: State, question: EInvoiceAsked, answer: object) -> Step:
    """Note it; where the OMS could not be asked, the next tick asks again."""
    if not isinstance(answer, EInvoice):
        return Step(state)
    return Step(replace(state, e_invoices={**state.e_invoices, question.order_id: answer}))


ANSWERS: dict[type[Question], Answering] = {EInvoiceAsked: answered}
