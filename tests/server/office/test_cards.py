"""Refused cards in the back office (P5): the reason stands at the order, another payment is taken once; the caps."""

import pytest

from app.domain.payment import TenderKind
from app.sync.protocol import Dataset
from app.sync.sandbox_card import TestCard
from server.oms.books import RECEIVABLE
from server.oms.cards import rebook
from server.oms.oms import Oms
from server.oms.records import put
from tests.conftest import NOW, tender
from tests.server.browser import Browser
from tests.server.cards import ledger, processed, sold
from tests.server.office.office import Office, told, trail
from tests.server.test_sessions import opened

CAPS = {"sale_cap": "1,000", "hard_cap": "2,000", "register_cap": "30,000.50", "hours": "12"}


@pytest.fixture(autouse=True)
def tenders(oms: Oms) -> None:
    """The store takes cards by a terminal, and UPI with a reference."""
    terminal = tender("terminal", TenderKind.CARD, name="Card on Terminal", terminal=True)
    upi = tender("upi", TenderKind.UPI, name="UPI at Store", asks_reference=True)
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"terminal": terminal, "upi": upi})


@pytest.fixture
def refused(oms: Oms, register: Browser) -> tuple[str, str]:
    """An order whose card was refused, and that card's payment."""
    made = sold(oms, register, TestCard.DECLINED)
    processed(register, made.id)
    return made.id, made.payments[0].id


def pays(office: Office, refused: tuple[str, str], **fields: str) -> int:
    order_id, payment_id = refused
    return office.sends(f"orders/{order_id}/cards/{payment_id}/paid", **fields).status_code


def open_words(register: Browser, order_id: str) -> list[str]:
    return [each["words"] for each in register.get("/exceptions", order=order_id, resolved=False).json()["exceptions"]]


def test_the_error_stands_in_the_orders_description(refused: tuple[str, str], viewer: Office) -> None:
    """P5: whoever opens the order sees what is wrong and how much is owed."""
    page = viewer.opens(f"orders/{refused[0]}")

    assert [True] * 3 == [text in page for text in ("Description", "not enough money", "Unpaid")]


def test_the_dashboard_tells_it_from_what_was_paid(
    viewer: Office, refused: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day's money is the tender report's: a refused card is none, and stands under its own name."""
    monkeypatch.setattr("server.office.dashboard.now", lambda: NOW)
    page = viewer.opens("")

    assert (True, False) == (", refused<" in page, "to be processed" in page)


def test_the_session_tells_what_of_it_was_refused(oms: Oms, register: Browser, viewer: Office) -> None:
    """What was sold in an outage is not what it brought; the file has it in a column of its own."""
    register.push(opened(register))
    processed(register, sold(oms, register, TestCard.DECLINED).id)
    page, file = viewer.opens("sessions"), viewer.opens("sessions", format="csv")

    assert ["499.00 refused" in page, "Cards refused" in page, "Cards refused" in file] == [True, False, True]


def test_it_needs_attention(refused: tuple[str, str], viewer: Office) -> None:
    """Nobody looks for it by chance."""
    assert refused[0] in viewer.opens("attention")


def test_another_payment_makes_it_paid(oms: Oms, register: Browser, manager: Office, refused: tuple[str, str]) -> None:
    """P5: the money is where it came in, nothing is owed, nobody has to look any more."""
    status = pays(manager, refused, tender="upi", reference="UTR 987654")
    money = {name: amount for name, amount in ledger(oms, refused[0]).items() if amount > 0}
    page = manager.opens(f"orders/{refused[0]}")

    assert (303, {"tender:upi": 49_900}, []) == (status, money, open_words(register, refused[0]))
    assert [True, False] == ["Paid with upi UTR 987654" in page, "Mark Paid" in page]


def test_the_audit_tells_who_took_it_and_for_what(oms: Oms, manager: Office, refused: tuple[str, str]) -> None:
    """It is money, taken by hand."""
    pays(manager, refused, tender="cash")
    ((who, action, subject, before, after, _),) = trail(oms)

    assert ("manager", "mark paid", f"orders/{refused[0]}") == (who, action, subject)
    assert ("declined", "paid", "cash") == (before["payment"], after["payment"], after["tender"])


def test_it_is_paid_once(oms: Oms, manager: Office, refused: tuple[str, str]) -> None:
    """Two people at two desks, or one who pressed twice."""
    statuses = [pays(manager, refused, tender="cash") for _ in range(2)]

    assert ([303, 409], 1) == (statuses, len(trail(oms)))


@pytest.mark.parametrize(
    "fields",
    [{}, {"tender": "terminal"}, {"tender": "nothing"}, {"tender": "upi"}, {"tender": "upi", "reference": " "}],
)
def test_half_a_payment_is_none(oms: Oms, manager: Office, refused: tuple[str, str], fields: dict[str, str]) -> None:
    """Without a tender, by the terminal again, or without the reference it asks for."""
    assert (409, 49_900) == (pays(manager, refused, **fields), ledger(oms, refused[0])[RECEIVABLE])


def test_the_report_of_tenders_follows_the_money(oms: Oms, register: Browser, manager: Office) -> None:
    """What a bank has refused is no turnover of the terminal; what was paid instead is that tender's."""
    made = sold(oms, register, TestCard.DECLINED)
    pages = [manager.opens("reports", by="tender", since="2026-11-01", until="2026-11-30")]
    processed(register, made.id)
    pages.append(manager.opens("reports", by="tender", since="2026-11-01", until="2026-11-30"))
    pays(manager, (made.id, made.payments[0].id), tender="upi", reference="UTR 1")
    pages.append(manager.opens("reports", by="tender", since="2026-11-01", until="2026-11-30"))
    names = ("Cash at Store, to be processed", "Cash at Store, refused", "UPI at Store")

    assert [[at == turn for at in range(3)] for turn in range(3)] == [
        [name in page for page in pages] for name in names
    ]


def test_a_viewer_marks_nothing(oms: Oms, viewer: Office, refused: tuple[str, str]) -> None:
    """It is money."""
    assert (403, []) == (pays(viewer, refused, tender="cash"), trail(oms))


def test_a_card_that_was_approved_takes_no_other_payment(oms: Oms, register: Browser, manager: Office) -> None:
    """It would be paid twice."""
    made = sold(oms, register, TestCard.APPROVED)
    processed(register, made.id)

    assert 409 == pays(manager, (made.id, made.payments[0].id), tender="cash")


def test_a_refused_card_is_not_settled_by_a_click(register: Browser, manager: Office, refused: tuple[str, str]) -> None:
    """Otherwise an order is forgotten that nobody has paid for."""
    (found,) = register.get("/exceptions", order=refused[0]).json()["exceptions"]

    assert 409 == manager.sends(f"attention/{found['digest']}/{found['kind']}").status_code
    assert 1 == len(open_words(register, refused[0]))


def test_cards_are_processed_from_here_too(oms: Oms, register: Browser, manager: Office) -> None:
    """The register that took the card may have fallen into the sea."""
    made = sold(oms, register, TestCard.APPROVED)
    before = "Process now" in manager.opens(f"orders/{made.id}")
    manager.sends(f"orders/{made.id}/cards/process")

    assert (True, False) == (before, "Process now" in manager.opens(f"orders/{made.id}"))
    assert 49_900 == ledger(oms, made.id)["tender:terminal"]


def test_a_correction_of_the_order_leaves_the_money_where_it_is(
    oms: Oms, register: Browser, manager: Office, refused: tuple[str, str]
) -> None:
    """The ledger is written anew from order and cards, whichever of them changed."""
    pays(manager, refused, tender="cash")
    before = ledger(oms, refused[0])
    with oms.database.write() as session:
        rebook(session, refused[0])

    assert before == ledger(oms, refused[0])


def test_the_caps_reach_the_registers(oms: Oms, register: Browser, admin: Office) -> None:
    """P4: what a register may store is the store's to say."""
    admin.sends("settings/cards", **CAPS)
    cards = told(register, "settings")["DS01"]["cards"]

    assert (1_000_00, 2_000_00, 30_000_50, 12) == (
        cards["sale_cap"], cards["hard_cap"], cards["register_cap"], cards["hours"],
    )  # fmt: skip
    assert [("admin", "settings", "settings/DS01")] == [row[:3] for row in trail(oms)]


@pytest.mark.parametrize(
    "wrong", [{"hours": "0"}, {"hours": "73"}, {"hours": "²"}, {"sale_cap": "x"}, {"sale_cap": "3,000"}, {"hours": ""}]
)
def test_caps_that_make_no_sense_change_nothing(oms: Oms, admin: Office, wrong: dict[str, str]) -> None:
    """The form comes back with what was typed and why not."""
    assert (422, []) == (admin.sends("settings/cards", **{**CAPS, **wrong}).status_code, trail(oms))
