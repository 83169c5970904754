"""A card at the terminal to look at: under way, of unknown fate, above what anybody may store, and what is at risk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.domain.card import StoredCard
from app.domain.payment import Payment, TenderKind
from app.sync.cards import CardMemory, CardState, Standing
from app.sync.mode import Mode
from app.sync.sandbox_card import TestCard
from app.till.slices.cards import CardAttempt, Cards, Stage
from app.till.state import Screen, State
from tests.conftest import NOW, payment, tender
from tests.till.ui.stage import cart, checkout, journal, state
from tests.till.ui.stage_modes import in_mode

TERMINAL = tender("terminal", TenderKind.CARD, name="Card on Terminal", terminal=True, position=8)
STORED = StoredCard(
    key_id="k",
    wrapped="d3JhcHBlZA==",
    iv="aXY=",
    sealed="c2VhbGVk",
    brand="Visa",
    last_four="4242",
    terminal_id="SANDBOX-1",
    stored_at=NOW - timedelta(hours=2),
    expires_at=NOW + timedelta(hours=22),
)


def on_card(amount: int = 2_297_00, stored: StoredCard | None = STORED) -> Payment:
    return payment(
        amount, id="card-1", tender_id="terminal", name="Card on Terminal", kind=TenderKind.CARD, stored=stored
    )


def at_terminal(stage: Stage | None = None, **fields: object) -> State:
    """The checkout with the terminal chosen."""
    attempt = CardAttempt(on_card(), stage) if stage else None
    open_ = state(Screen.CHECKOUT, cart=cart(), checkout=checkout("terminal", card=attempt))
    people = replace(open_.people, tenders=(*open_.people.tenders, TERMINAL))
    cards = Cards(choices=tuple(card.value for card in TestCard), chosen=TestCard.APPROVED.value)
    return replace(open_, people=people, cards=cards, **fields)  # type: ignore[arg-type]


def with_card(looked_at: State, order_id: str, card: CardState, why: str = "") -> State:
    """A state in which an order was paid by a stored card."""
    standing = Standing(order_id=order_id, digest="d" * 64, amount=45_000_00, stored_at=NOW, state=card, why=why)
    return replace(looked_at, cards=Cards(memory=CardMemory(orders=(standing,))))


CARD_STAGE: dict[str, Callable[[], State]] = {
    "card": at_terminal,
    "card-offline": lambda: in_mode(at_terminal(), Mode.OFFLINE_AUTO),
    "card-asking": lambda: at_terminal(Stage.ASKING),
    "card-unknown": lambda: at_terminal(Stage.UNKNOWN),
    "card-manager": lambda: at_terminal(Stage.MANAGER),
    "card-waits": lambda: with_card(
        state(Screen.ORDER, journal=journal(), opened_order="o3"),
        "o3",
        CardState.WAITING,
        "The card processor does not answer.",
    ),
    "card-refused": lambda: with_card(
        state(Screen.ORDER, journal=journal(), opened_order="o3"), "o3", CardState.DECLINED, "Visa •••• 4242: no."
    ),
    "card-processed": lambda: with_card(
        state(Screen.ORDER, journal=journal(), opened_order="o3"), "o3", CardState.APPROVED
    ),
}
