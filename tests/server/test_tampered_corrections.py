"""Corrections that no till makes: money that moved elsewhere stays where it is, the books balance, a person is told."""

import pytest

from app.domain.amendment import Correctable, Correction
from app.domain.payment import Payment, TenderKind
from app.sync.entry import Entry, Kind, parse
from app.sync.protocol import Dataset, VerdictKind
from app.sync.sandbox_card import TestCard
from server.oms.findings import resolve
from server.oms.oms import Oms
from server.oms.records import put
from tests.conftest import customer, order, payment, tender
from tests.server.browser import Browser, digest
from tests.server.cards import authorised, on_card
from tests.server.online import customer_decides, link_for, paid_by, standing
from tests.server.test_amending import NAME, correction, detail, ledger, sold
from tests.server.test_balances import balance, by, by_voucher, owed, with_account, with_voucher


def called(kind: str, payment_id: str = "pay-1") -> tuple[Correction, ...]:
    """A payment is called another tender's, name and kind along with it."""
    fields = Correctable.TENDER, Correctable.TENDER_NAME, Correctable.TENDER_KIND
    return tuple(Correction(field=field, payment_id=payment_id, before="", after=kind) for field in fields)


CASH = payment()
VOUCHER, ACCOUNT = by_voucher(), by(TenderKind.ACCOUNT)
REFERENCE = Correction(field=Correctable.REFERENCE, payment_id="pay-1", before="", after="OTHER-CODE")
CASES = {
    "a voucher called cash": (VOUCHER, called("cash")),
    "a house account called cash": (ACCOUNT, called("cash")),
    "cash called a voucher": (CASH, called("voucher")),
    "cash called a house account": (CASH, called("account")),
    "cash called a payment link": (CASH, called("online")),
    "another voucher's code": (VOUCHER, (REFERENCE,)),
    "a payment that is not there": (CASH, called("card", "pay-9")),
}


def sells(register: Browser, paid: Payment) -> bytes:
    return register.sale(order(id="sold", customer=customer(), payments=(paid,)))


def told(register: Browser) -> list[tuple[str, str]]:
    found = register.get("/exceptions", resolved=False).json()["exceptions"]
    return [(each["kind"], each["order_id"]) for each in found]


@pytest.mark.databases
@pytest.mark.parametrize("late", [False, True], ids=["after its order", "before its order"])
def test_what_was_charged_elsewhere_stays_so(oms: Oms, register: Browser, late: bool) -> None:
    """Else a cashier takes cash for a voucher's sale and corrects it, and neither drawer nor balance fits the books."""
    with_voucher(oms)
    with_account(oms, limit=100_000)
    sale = sells(register, VOUCHER)
    moved = correction(register, sale, *called("cash"), NAME)
    said = [verdict for entry in ((moved, sale) if late else (sale, moved)) for verdict in register.push(entry)]

    assert [VerdictKind.ACCEPTED] * 2 == [verdict.kind for verdict in said]
    assert {"tender:voucher": 49_900, "sales": -42_288, "tax:cgst": -3_806, "tax:sgst": -3_806} == ledger(oms)
    assert (50_100, 0, [("amendment", "sold")]) == (balance(oms), owed(oms), told(register))


@pytest.mark.parametrize("name", CASES)
def test_a_correction_that_does_not_fit_the_money_is_not_applied(oms: Oms, register: Browser, name: str) -> None:
    """Nor any other part of it: whoever made it up is not believed by halves."""
    paid, corrections = CASES[name]
    with_voucher(oms)
    with_account(oms, limit=100_000)
    sale = sells(register, paid)
    register.push(sale)
    before = ledger(oms), balance(oms), owed(oms)
    register.push(correction(register, sale, NAME, *corrections))
    found = detail(register)

    assert (before, 0) == ((ledger(oms), balance(oms), owed(oms)), sum(ledger(oms).values()))
    assert (found["order"], False) == (found["corrected"], found["amendments"][0]["applied"])
    assert [("amendment", "sold")] == told(register)


def test_the_corrections_beside_it_hold(oms: Oms, register: Browser) -> None:
    """One that does not fit stands in no other's way; what a person has settled is not asked again."""
    with_voucher(oms)
    sale = sells(register, VOUCHER)
    wrong = correction(register, sale, *called("cash"))
    register.push(sale, wrong)
    with oms.database.write() as session:
        assert resolve(session, digest(wrong), "amendment")
    register.push(correction(register, sale, NAME))

    assert "Mira Iyer" == detail(register)["corrected"]["customer"]["name"]
    assert [] == told(register)


def test_an_amount_is_refused(oms: Oms, register: Browser) -> None:
    """What was paid is no field of a correction: a made-up one is not even read."""
    sale = sold(register)
    register.push(sale)
    before = ledger(oms)
    entry = parse(correction(register, sale, NAME))
    assert isinstance(entry, Entry)
    body = b'{"kind":"amended","order_id":"sold","original":"%s","reason":"","staff_id":"","staff_name":"",' % (
        digest(sale).encode()
    )
    amount = b'"corrections":[{"field":"payment.amount","payment_id":"pay-1","before":"49900","after":"100"}]}'
    (verdict,) = register.push(register.seal(entry.header, body + amount).line)

    assert (VerdictKind.REFUSED, Kind.AMENDED, before) == (verdict.kind, entry.header.kind, ledger(oms))


def test_a_paid_link_stays_one(oms: Oms, register: Browser) -> None:
    """Called cash, the drawer would lack it, and the link would be listed as money to give back."""
    link = link_for(register, "sold")
    customer_decides(register, link)
    sale = register.sale(paid_by(standing(register, link)))
    register.push(sale, correction(register, sale, *called("cash", link.id)))

    assert (49_900, [("amendment", "sold")]) == (ledger(oms)["tender:link"], told(register))
    assert [] == register.get("/payments/links").json()["links"]


@pytest.mark.parametrize(("card", "applied"), [(TestCard.APPROVED, False), (TestCard.DECLINED, True)])
def test_a_card_that_the_processor_approved_stays_one(
    oms: Oms, register: Browser, card: TestCard, applied: bool
) -> None:
    """Its money comes from the bank; what nobody has approved may well have been paid in cash after all."""
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"terminal": tender("terminal", name="Card on Terminal", terminal=True)})
    asked = on_card(oms, card)
    authorised(register, asked)
    sale = sells(register, asked.model_copy(update={"stored": None}))
    register.push(sale, correction(register, sale, *called("cash", asked.id)))

    assert applied is detail(register)["amendments"][0]["applied"]
    assert 49_900 == ledger(oms)["tender:cash" if applied else "tender:terminal"]
