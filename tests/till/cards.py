"""A till with a card terminal, and what the OMS says to its cards."""

from app.domain.card import CardRules
from app.domain.payment import Payment, TenderKind
from app.sync.cards import CardAnswer, CardAsked, CardState, Processed
from app.sync.protocol import SettingsChange, TenderChange
from app.till.slices.cards import CardAttempt, Stage
from app.till.state import Checkout
from tests.conftest import settings, tender
from tests.fakes.terminal import processor_key
from tests.till.online import given
from tests.till.till import Till

TERMINAL = tender("terminal", TenderKind.CARD, name="Card on Terminal", terminal=True, position=9)


def with_terminal(till: Till, **caps: int) -> Till:
    """Let a terminal, its processor's key and the store's caps arrive, and sign in."""
    cards = CardRules(key=processor_key(), **caps)
    till.gets([
        SettingsChange(id="DS01", revision=90, value=settings(offline_mode=True, lock_minutes=0, cards=cards)),
        TenderChange(id="terminal", revision=91, value=TERMINAL),
    ])  # fmt: skip
    till.hears("changes")
    return till.signs_in()


def checkout(till: Till) -> Checkout:
    assert till.state.checkout is not None
    return till.state.checkout


def card(till: Till) -> CardAttempt | None:
    return checkout(till).card


def stage(till: Till) -> Stage | None:
    attempt = card(till)
    return attempt.stage if attempt else None


def wanted(till: Till) -> CardAsked:
    """The card that the till asks about."""
    (asked,) = [each for each in till.asked() if each.path == "/payments/authorise"]
    return CardAsked.model_validate_json(asked.body)


def says(till: Till, state: CardState, **fields: object) -> Till:
    """Let the processor answer the question that waits."""
    reference = "SBX1" if state is CardState.APPROVED else ""
    till.is_answered(given(CardAnswer(state=state, reference=reference).model_copy(update=fields)))
    return till


def sells_offline(till: Till, test_card: str = "approved") -> Payment:
    """Sell a kurta on a stored card while the OMS is away; return its payment."""
    till.says("TestCardChosen", value=test_card)
    till.picks().pays("terminal")
    (payment,) = till.orders()[-1].payments
    till.says("SaleLeft")
    return payment


def asks_to_process(till: Till) -> list[str]:
    """The orders that the till wants to have processed."""
    return [each.path for each in till.asked() if each.path.endswith("/process")]


def is_processed(till: Till, state: CardState, why: str = "") -> None:
    order_id = asks_to_process(till)[0].split("/")[2]
    till.is_answered(given(Processed(order_id=order_id, state=state, why=why)))
