"""Cards at a terminal on screen: what the terminal and the processor are doing, what is at risk, what came of it."""

from dataclasses import dataclass

import htpy as h

from app.domain.money import format_money
from app.domain.staff import StaffMember
from app.sync.cards import CardState, Standing
from app.sync.sandbox_card import TestCard
from app.till.events.page import (
    CardApproved,
    CardAskedAgain,
    CardDropped,
    CardsProcessed,
    CardStored,
    DialogClosed,
    TestCardChosen,
)
from app.till.risk import Risk
from app.till.slices.cards import CardAttempt, Stage
from app.till.ui.dialogs import manager_form
from app.till.ui.language import t
from app.till.ui.parts import change, click, dialog, icon, mark, note, radio

NOBODY_KNOWS = (
    "The card processor did not answer: the card may have been charged, or not. Nothing counts as taken yet. "
    "Ask again; it is never charged twice."
)
WORDS = {
    Stage.READING: "The terminal reads the card",
    Stage.NOTING: "The card processor is asked",
    Stage.ASKING: "The card processor is asked",
    Stage.TAKING: "The card is taken",
}
CARDS = {
    TestCard.APPROVED: "Is approved",
    TestCard.DECLINED: "Is declined",
    TestCard.EXPIRED: "Has expired",
    TestCard.SLOW: "No answer at first",
    TestCard.LOST: "Charged, answer lost",
    TestCard.UNREADABLE: "Cannot be read",
}
STATES = {
    CardState.WAITING: ("To be processed", "amber", "clock"),
    CardState.APPROVED: ("Processed", "green", "circle-check"),
    CardState.DECLINED: ("Declined", "red", "circle-alert"),
    CardState.EXPIRED: ("Expired", "red", "circle-alert"),
}


@dataclass(frozen=True, slots=True)
class AtTerminal:
    """The card at checkout, and the terminal's test cards."""

    attempt: CardAttempt | None = None
    choices: tuple[str, ...] = ()
    chosen: str = ""
    offline: bool = False
    """The card will be stored, not asked about."""


def terminal_form(at: AtTerminal) -> h.Element:
    """What happens at the terminal; while nothing does, which test card it reads next."""
    attempt = at.attempt
    if attempt is not None and attempt.stage is Stage.UNKNOWN:
        return _unknown(attempt)
    if attempt is not None and attempt.stage in WORDS:
        return h.div("#card-state", role="status")[note(WORDS[attempt.stage], name="credit-card")]
    stored = "The card is stored and processed after the sync. Until then its money is at risk."
    return h.div(".stack.tight")[
        note(stored, tone="amber", name="triangle-alert", id_="card-stored-note") if at.offline else None,
        _test_cards(at) if at.choices else None,
    ]


def _test_cards(at: AtTerminal) -> h.Element:
    known = [(TestCard(value), value) for value in at.choices]
    return h.fieldset(".field")[
        h.legend(".label")[t("Test card")],
        h.div(".options.two")[
            [
                radio(
                    id_=f"test-card-{value}",
                    name="test-card",
                    value=value,
                    checked=value == at.chosen,
                    sends=change(TestCardChosen),
                    label=t(CARDS[card]),
                )
                for card, value in known
            ]
        ],
    ]


def _unknown(attempt: CardAttempt) -> h.Element:
    """Nobody knows whether it was charged: what may be done about it."""
    card = attempt.payment.stored
    return h.div(".stack.tight", id="card-unknown", role="status")[
        h.p(".strong")[f"{card.face} · {format_money(attempt.payment.amount)}"] if card else None,
        note(NOBODY_KNOWS, tone="amber", name="triangle-alert"),
        h.div(".pair")[
            h.button("#card-ask.button.primary", click(CardAskedAgain), type="button")[
                icon("refresh-cw"), t("Ask again")
            ],
            h.button("#card-store.button", click(CardStored), type="button")[icon("hard-drive"), t("Store the card")],
        ],
        h.button("#card-drop.button.plain", click(CardDropped), type="button")[icon("x"), t("Take another payment")],
    ]


def store_card(*, attempt: CardAttempt, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    """More is to be stored than anybody may: a manager lets it pass."""
    words = t(
        "{amount} on a card that nobody can ask about needs a manager.", amount=format_money(attempt.payment.amount)
    )
    form = manager_form("store-card", CardApproved, managers, attempt.problem, wait, attempt.checking, t("Allow"))
    title = t("Store the card")
    return dialog(id_="store-card", title=title, body=[h.p[words], form], sends_on_close=click(DialogClosed))


def at_risk(risk: Risk) -> h.Element | None:
    """How much the store has only on stored cards; red when it comes near to what is allowed."""
    if not risk.amount:
        return None
    why = t("Stored cards that the processor has not been asked about")
    amount = format_money(risk.amount)
    return h.span("#at-risk", role="status", class_=["mark", "at-risk", "red" if risk.near else "amber"], title=why)[
        icon("credit-card"), h.span(".at-risk-words")[t("Money at risk")], h.span(".num")[amount]
    ]


def card_state(standing: Standing) -> h.Element:
    """What has become of an order's stored cards."""
    word, tone, name = STATES[standing.state]
    return mark(t(word), tone=tone, name=name)


def process_cell(standing: Standing, *, off: bool = False) -> h.Element:
    """The column "Process Card": the button while it waits, then green or red."""
    if standing.state is not CardState.WAITING:
        return card_state(standing)
    sends = click(CardsProcessed, order_id=standing.order_id)
    return h.button(".button", sends, id=f"process-{standing.order_id}", type="button", disabled=off)[t("Process")]


def card_notes(standing: Standing | None) -> list[h.Element]:
    """What a person has to know about an order's stored cards."""
    if standing is None or not standing.why:
        return []
    amount = format_money(standing.amount)
    if standing.state is CardState.WAITING:
        words = t("{amount} waits for the card processor: {why}", amount=amount, why=t(standing.why))
        return [note(words, tone="amber", name="triangle-alert", id_="card-why")]
    refused = t("The card was refused, and the order is not paid: {why}", why=t(standing.why))
    todo = t("The back office takes another payment.")
    return [note(f"{refused} {todo}", tone="red", name="circle-alert", id_="card-why")]
