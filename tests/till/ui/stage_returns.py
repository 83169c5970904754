"""Goods that come back, to look at: the page, its dialogs, the credit note, and an exchange under way."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.payment import TenderKind
from app.domain.returning import Exchange
from app.sync.bodies import CreditNote, Shift, Void
from app.sync.journal import Head
from app.sync.questions import Question
from app.sync.returns import AskSale
from app.till.slices.asking import Asked
from app.till.slices.returning import Desk, Returning, Seeking, Voiding
from app.till.slices.shift import ShiftDesk
from app.till.state import Journal, Screen, State
from tests.conftest import NOW, line, payment
from tests.given_back import credit_note, pick, voided
from tests.till.ui.stage import cart, checkout, happened, kept, sale, state
from tests.till.ui.stage_shift import OPENED

SOLD = sale(1, line(quantity=3), line("v2", "0.750", weighed=True, name="Basmati Rice"))
CARD = sale(3, payments=(payment(49_900, tender_id="card", name="Card Swipe at Store", kind=TenderKind.CARD),))
VOIDED = sale(5)
NOTE = credit_note(SOLD, pick(0, 1), id="n2", offline=True)
FAULTY = Returning(CARD, confirmed=True, typed={0: "1"}, reason="Faulty")
PICKED = Returning(SOLD, confirmed=True, typed={0: "1"}, reason="Wrong size")
EXCHANGE = Exchange(order=SOLD, picks=(pick(0, 1),), reason="Wrong size")


def came_back() -> Journal:
    """A sale of which one came back, one by card, and a voided one."""
    return Journal(
        head=Head.start("DS01", "R1", "k"),
        kept=(
            kept(1, SOLD),
            happened(2, CreditNote(note=NOTE)),
            kept(3, CARD),
            kept(5, VOIDED),
            happened(6, Void(void=voided(VOIDED, approved_by="Ravi"))),
        ),
    )


def after_returns() -> Journal:
    """A shift that runs, in which one came back and a sale was voided."""
    began = OPENED.model_copy(update={"shift_id": "shift-2"})
    return Journal(
        head=Head.start("DS01", "R1", "k"),
        kept=(
            happened(1, Shift(happened=began)),
            kept(2, SOLD),
            kept(3, VOIDED),
            happened(4, CreditNote(note=NOTE)),
            happened(5, Void(void=voided(VOIDED))),
        ),
    )


def at_page(desk: Returning, **more: object) -> State:
    return state(Screen.RETURN, journal=came_back(), backs=Desk(returning=desk), **more)


def looking(order_id: str, asked: Mapping[str, Asked] | None = None, **desk: object) -> State:
    backs = Desk(**desk)  # type: ignore[arg-type]
    return state(Screen.ORDER, journal=came_back(), opened_order=order_id, backs=backs, asked=asked or {})


def exchanging(screen: Screen, **more: object) -> State:
    return state(screen, cart=cart(), journal=came_back(), exchange=EXCHANGE, **more)


QUESTION: Question = AskSale(number=SOLD.number)
RETURNS: dict[str, Callable[[], State]] = {
    "return": lambda: at_page(PICKED),
    "return-asking": lambda: at_page(Returning(SOLD), asked={"q": Asked(QUESTION, NOW)}),
    "return-offline": lambda: at_page(Returning(SOLD)),
    "return-problem": lambda: at_page(replace(PICKED, problem="Type the PIN.")),
    "return-manager": lambda: at_page(
        Returning(CARD, confirmed=True, typed={0: "1"}, tender_id="cash", reason="Faulty")
    ),
    "return-card": lambda: at_page(FAULTY),
    "return-none-left": lambda: at_page(Returning(VOIDED, confirmed=True)),
    "return-exchange": lambda: at_page(replace(PICKED, exchange=True)),
    "seeking": lambda: state(Screen.ORDERS, journal=came_back(), backs=Desk(seeking=Seeking())),
    "seeking-problem": lambda: state(
        Screen.ORDERS,
        journal=came_back(),
        backs=Desk(seeking=Seeking("DS01B2627-00007", "Type the number of the invoice, as it stands on the receipt.")),
    ),
    "voiding": lambda: looking("o3", voiding=Voiding("o3")),
    "voiding-asking": lambda: looking("o3", voiding=Voiding("o3"), asked={"q": Asked(QUESTION, NOW)}),
    "voiding-not": lambda: looking("o1", voiding=Voiding("o1")),
    "order-partly-returned": lambda: looking("o1"),
    "order-void": lambda: looking("o5"),
    "orders-returns": lambda: state(Screen.ORDERS, journal=came_back()),
    "credit-note-saved": lambda: state(Screen.CREDIT_NOTE, journal=came_back(), backs=Desk(opened="n2", made=True)),
    "credit-note": lambda: state(Screen.CREDIT_NOTE, journal=came_back(), backs=Desk(opened="n2")),
    "credit-note-gone": lambda: state(Screen.CREDIT_NOTE, backs=Desk(opened="n77")),
    "shift-returns": lambda: state(Screen.SHIFT, journal=after_returns(), shift=ShiftDesk(report="shift-2")),
    "sell-exchange": lambda: exchanging(Screen.SELL),
    "checkout-exchange": lambda: exchanging(Screen.CHECKOUT, checkout=checkout()),
}
