"""Card payments at the OMS: charged once, a receivable until then, and what is refused is somebody's work (P4, P5)."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.card import StoredCard
from app.domain.order import Order
from app.sync.cards import CardState
from app.sync.protocol import API, Dataset, VerdictKind
from app.sync.sandbox_card import TestCard, is_sound, known_card, number_of
from server.oms.books import RECEIVABLE
from server.oms.books import ledger as booked
from server.oms.cards import publish_key
from server.oms.findings import FindingKind
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.sandbox_processor import SandboxProcessor
from server.oms.tables_cards import SandboxCharge
from tests.conftest import NOW, order, payment, tender
from tests.server.browser import Browser
from tests.server.cards import TERMINAL, authorised, ledger, on_card, processed, sold

STORED = StoredCard(
    key_id="k",
    wrapped="",
    iv="",
    sealed="",
    brand="Visa",
    last_four="4242",
    terminal_id="T",
    stored_at=NOW,
    expires_at=NOW,
)
APPROVED, DECLINED, EXPIRED = TestCard.APPROVED, TestCard.DECLINED, TestCard.EXPIRED


@pytest.fixture(autouse=True)
def terminal(oms: Oms) -> None:
    """The store has a terminal."""
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"terminal": tender("terminal", name="Card on Terminal", terminal=True)})


def why(register: Browser, order_id: str, *, resolved: bool = False) -> list[tuple[str, str]]:
    listed = register.get("/exceptions", order=order_id, resolved=resolved).json()["exceptions"]
    return [(each["kind"], each["words"]) for each in listed]


def charges(oms: Oms) -> int:
    """How many payments the processor has taken."""
    with oms.database.read() as session:
        taken = SandboxCharge.state == CardState.APPROVED.value, SandboxCharge.reversed.is_(False)
        return session.scalar(select(func.count()).select_from(SandboxCharge).where(*taken)) or 0


def test_a_stored_card_is_a_receivable_until_it_was_processed(oms: Oms, register: Browser) -> None:
    """Nobody has said yet that the money will come: the books must not say it has."""
    made = sold(oms, register, APPROVED)

    assert {RECEIVABLE: 49_900} == {name: amount for name, amount in ledger(oms, made.id).items() if amount > 0}


def test_an_approved_card_is_money(oms: Oms, register: Browser) -> None:
    """P4: green."""
    made = sold(oms, register, APPROVED)
    done = processed(register, made.id)
    money = {name: amount for name, amount in ledger(oms, made.id).items() if amount > 0}

    assert (CardState.APPROVED, "SBX", {"tender:terminal": 49_900}) == (done.state, done.reference[:3], money)
    assert [] == why(register, made.id)


def test_processing_twice_charges_once(oms: Oms, register: Browser) -> None:
    """The answer may be lost on its way to the register, which then asks again."""
    made = sold(oms, register, APPROVED)
    first, again = processed(register, made.id), processed(register, made.id)

    assert (first, 1) == (again, charges(oms))


@pytest.mark.parametrize(("card", "words"), [(DECLINED, "not enough money"), (EXPIRED, "has expired")])
def test_a_refused_card_leaves_the_order_unpaid_with_the_reason(
    oms: Oms, register: Browser, card: TestCard, words: str
) -> None:
    """P5: the order is here all the same, and somebody has to look."""
    made = sold(oms, register, card)
    done = processed(register, made.id)
    detail = register.get(f"/orders/{made.id}").json()
    ((kind, found),) = why(register, made.id)

    assert (49_900, 0, FindingKind.CARD_REFUSED) == (detail["unpaid"], detail["to_process"], kind)
    assert [True] * 3 == [words in text for text in (detail["description"], found, done.why)]
    assert 49_900 == ledger(oms, made.id)[RECEIVABLE]


def test_of_two_cards_one_refused_leaves_its_part_to_be_paid(oms: Oms, register: Browser) -> None:
    """What was approved is money; only the rest is owed."""
    made = sold(oms, register, APPROVED, DECLINED)
    done = processed(register, made.id)
    money = {name: amount for name, amount in ledger(oms, made.id).items() if amount > 0}

    assert (CardState.DECLINED, {"tender:terminal": 24_950, RECEIVABLE: 24_950}) == (done.state, money)


def test_a_card_that_waited_too_long_has_run_out(oms: Oms, register: Browser) -> None:
    """Processors take stored cards for some hours; after that the store has lost the money."""
    made = sold(oms, register, APPROVED, age=timedelta(hours=25))

    assert (CardState.EXPIRED, 0) == (processed(register, made.id).state, charges(oms))


def test_a_silent_processor_leaves_it_to_be_processed(oms: Oms, register: Browser) -> None:
    """Nothing is known, so nothing is decided: it is asked again until it speaks."""
    made = sold(oms, register, TestCard.SLOW)
    tries = [processed(register, made.id).state for _ in range(3)]

    assert [CardState.WAITING, CardState.WAITING, CardState.APPROVED] == tries
    assert [] == why(register, made.id)


def test_a_lost_answer_charges_nothing_twice(oms: Oms, register: Browser) -> None:
    """The processor had charged the card before the line broke: asked again, it says so."""
    made = sold(oms, register, TestCard.LOST)
    before, after = processed(register, made.id), processed(register, made.id)

    assert (CardState.WAITING, CardState.APPROVED, 1) == (before.state, after.state, charges(oms))


def test_a_card_asked_about_and_then_stored_is_charged_once(oms: Oms, register: Browser) -> None:
    """The network went after the question: the sale stores the same payment, and the processor knows its id."""
    card = on_card(oms, TestCard.LOST)
    unknown = authorised(register, card)
    made = order(id="o-card", offline=True, payments=(card,))
    register.push(register.sale(made, id=made.id))

    assert (CardState.WAITING, CardState.APPROVED, 1) == (
        unknown.state, processed(register, made.id).state, charges(oms),
    )  # fmt: skip


def test_asking_again_about_a_card_gets_the_same_answer(oms: Oms, register: Browser) -> None:
    """A customer is not charged twice because a cashier was impatient."""
    card = on_card(oms, APPROVED)
    first, again = authorised(register, card), authorised(register, card)

    assert (first.model_copy(update={"already": True}), 1) == (again, charges(oms))


def test_another_amount_under_the_same_payment_is_refused(oms: Oms, register: Browser) -> None:
    """What the terminal sealed is the amount that the customer has seen."""
    card = on_card(oms, APPROVED)

    assert CardState.DECLINED == authorised(register, card, amount=99_900).state


def test_an_approved_card_in_a_sale_is_in_order(oms: Oms, register: Browser) -> None:
    """The plain way online: asked, approved, sold."""
    card = on_card(oms, APPROVED)
    answer = authorised(register, card)
    paid = card.model_copy(update={"stored": None, "reference": answer.reference})
    (verdict,) = register.push(register.sale(order(payments=(paid,))))

    assert (VerdictKind.ACCEPTED, "") == (verdict.kind, verdict.why)


def test_a_terminal_payment_that_nobody_approved_is_looked_at(register: Browser) -> None:
    """A register that was tampered with must not sell for nothing."""
    paid = payment(tender_id="terminal", reference="SBX123")
    (verdict,) = register.push(register.sale(order(payments=(paid,))))

    assert (VerdictKind.ATTENTION, True) == (verdict.kind, "has not approved" in verdict.why)


def test_more_than_the_hard_cap_is_looked_at(oms: Oms, register: Browser) -> None:
    """The caps are the store's, also where a register forgot them."""
    card = on_card(oms, APPROVED, 25_000_00)
    (verdict,) = register.push(register.sale(order(payments=(card,))))

    assert "the settings allow ₹ 20,000.00" in verdict.why.replace("\u00a0", " ")


def test_a_payment_that_no_sale_has_is_taken_back(oms: Oms, register: Browser) -> None:
    """The cashier took cash after all: what was charged goes back."""
    card = on_card(oms, TestCard.LOST)
    authorised(register, card)
    path = f"{API}/payments/{card.id}/reverse"
    replies = [register.client.post(path, content="{}", headers=register.bearer).json() for _ in range(2)]

    assert ([True, True], 0) == ([reply["charged"] for reply in replies], charges(oms))
    assert CardState.DECLINED == authorised(register, card).state


def test_what_an_order_has_is_not_taken_back(oms: Oms, register: Browser) -> None:
    """A sale would be unpaid and nobody would know why."""
    made = sold(oms, register, APPROVED)
    processed(register, made.id)
    path = f"{API}/payments/{made.payments[0].id}/reverse"

    assert (409, 1) == (register.client.post(path, content="{}", headers=register.bearer).status_code, charges(oms))


def test_another_registers_payment_is_not_taken_back(oms: Oms, register: Browser) -> None:
    """One register must not undo what another one is selling."""
    card = on_card(oms, APPROVED)
    authorised(register, card)
    other = Browser.enrol(register.client)
    path = f"{API}/payments/{card.id}/reverse"

    assert (409, 1) == (other.client.post(path, content="{}", headers=other.bearer).status_code, charges(oms))


def test_an_order_that_is_not_here_is_not_processed(register: Browser) -> None:
    """Nothing is charged for a sale that the OMS does not have."""
    reply = register.client.post(f"{API}/payments/nowhere/process", content="{}", headers=register.bearer)

    assert 404 == reply.status_code


@pytest.mark.parametrize("part", ["wrapped", "iv", "sealed", "terminal_id"])
def test_a_seal_that_was_changed_is_refused(oms: Oms, register: Browser, part: str) -> None:
    """Nobody on the way can make another payment of it."""
    card = on_card(oms, APPROVED)
    assert card.stored
    broken = card.model_copy(update={"stored": card.stored.model_copy(update={part: "AAAA"})})

    assert CardState.DECLINED == authorised(register, broken).state


def test_half_a_card_is_no_card(register: Browser) -> None:
    """What comes from outside is read at the door or not at all."""
    reply = register.client.post(f"{API}/payments/authorise", json={"payment_id": "x"}, headers=register.bearer)

    assert 422 == reply.status_code


def test_the_processors_key_comes_with_the_settings(oms: Oms, register: Browser) -> None:
    """A register needs nothing else to store a card; told once, not at every start."""
    publish_key(oms)
    first = register.get("/changes", cursor=0, datasets="settings").json()
    publish_key(oms)
    again = register.get("/changes", cursor=0, datasets="settings").json()

    assert oms.processor.key.model_dump() == first["changes"][0]["value"]["cards"]["key"]
    assert first["changes"] == again["changes"]


def test_the_processors_private_key_is_its_owners_alone(oms: Oms, tmp_path: Path) -> None:
    """Whoever reads it opens every card that waits; and the next start has to find the same one."""
    file = tmp_path / "processor.pem"
    keys = [SandboxProcessor(oms.database, file).key for _ in range(2)]

    assert (keys[0], "0o600") == (keys[1], oct(file.stat().st_mode & 0o777))


def test_the_database_holds_no_card_number(oms: Oms, register: Browser) -> None:
    """P4: the number is in the terminal and at the processor, for the moment of sealing and opening."""
    TERMINAL.numbers.clear()
    for card in (APPROVED, DECLINED, TestCard.LOST):
        processed(register, sold(oms, register, card).id)
    with oms.database.engine.connect() as connection:
        text = str([connection.execute(select(table)).all() for table in SandboxCharge.metadata.tables.values()])

    assert 3 == len(TERMINAL.numbers)
    shapes = [shape for number in TERMINAL.numbers for shape in (number, base64.b64encode(number.encode()).decode())]
    assert [] == [shape for shape in shapes if shape in text]


@given(card=st.sampled_from(TestCard), filling=st.from_regex(r"\A[0-9]{0,8}\Z"))
def test_a_made_up_number_is_sound_and_says_its_card(card: TestCard, filling: str) -> None:
    """The processor reads what the terminal made, whatever fills it."""
    number = number_of(card, filling)

    assert (True, card, 16) == (is_sound(number), known_card(number), len(number))


@given(number=st.text(max_size=20) | st.from_regex(r"\A[0-9]{16}\Z"))
def test_no_other_number_is_a_test_card(number: str) -> None:
    """A real card typed into the sandbox must be nothing to it."""
    card = known_card(number)

    assert card is None or (is_sound(number) and number[1:6] == "00000")


@given(states=st.lists(st.sampled_from([APPROVED, DECLINED, EXPIRED, TestCard.SLOW]), min_size=1, max_size=4))
def test_each_step_of_an_order_sums_to_zero(states: list[TestCard]) -> None:
    """Whatever becomes of each card, the ledger of the order is balanced: by the pure function that books it."""
    made: Order = order(
        payments=tuple(
            payment(100 + turn, id=f"p{turn}", tender_id="terminal", stored=STORED) for turn in range(len(states))
        )
    )
    come = {f"p{turn}": "tender:terminal" for turn, state in enumerate(states) if state is APPROVED}

    assert 0 == sum(booked(made, come).values())
