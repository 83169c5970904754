"""Tenders with rules, vouchers and house accounts in the back office: each change reaches the till and the audit."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.numbers import indian_day
from app.domain.payment import TenderKind
from server.oms.oms import Oms
from server.oms.tables_shift import CashLedgerRow
from server.oms.times import now
from tests.conftest import customer, line, order, payment
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail

CARD = {"name": "Meal card", "kind": "custom", "asks_reference": "on", "label": "Approval code", "characters": "digits"}


def issues(office: Office, amount: str = "500", **fields: str) -> str:
    """Issue a voucher; return its code."""
    reply = office.sends("vouchers/new", amount=amount, issued="sold", **fields)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"]).split("/")[-1].partition("?")[0]


def sells(register: Browser, kind: TenderKind, **fields: object) -> None:
    """Sell a kurta, paid from a balance."""
    paid = payment(49_900, kind=kind, tender_id=kind.value, name=kind.value, **fields)
    register.push(register.sale(order(line(), payments=(paid,), customer=customer())))


def test_a_custom_tender_has_its_rules(register: Browser, manager: Office) -> None:
    """An older register reads a wallet; a new one reads the rules too."""
    manager.sends("tenders/new", **CARD, shortest="6", longest="6", cap_sale="2,000", cap_day="10000.50")
    value = next(value for value in told(register, "tenders").values() if value["name"] == "Meal card")

    assert ("wallet", True) == (value["kind"], value["custom"])
    assert {"label": "Approval code", "characters": "digits", "shortest": 6, "longest": 6} == value["rule"]
    assert (200_000, 1_000_050) == (value["cap_sale"], value["cap_day"])


@pytest.mark.parametrize(
    "fields",
    [
        {"shortest": "7", "longest": "6"},
        {"longest": "0"},
        {"longest": "1000"},
        {"shortest": "-1"},
        {"shortest": "²"},
        {"cap_sale": "much"},
        {"cap_day": "-5"},
    ],
)
def test_a_rule_that_makes_no_sense_is_not_saved(register: Browser, manager: Office, fields: dict[str, str]) -> None:
    """No payment would ever fit it."""
    assert 422 == manager.sends("tenders/new", **(CARD | fields)).status_code
    assert ["cash"] == list(told(register, "tenders"))


def test_a_voucher_is_issued_and_reaches_the_till(oms: Oms, register: Browser, manager: Office) -> None:
    """With a code of chance where none is given; the audit says who has made money."""
    code = issues(manager, "1,500.50", expires=(indian_day(now()) + timedelta(days=90)).isoformat())
    value = told(register, "vouchers")[code]

    assert (14, 150_050, "sold") == (len(code), value["balance"], value["issued"])
    assert ("manager", "voucher", f"vouchers/{code}") == trail(oms)[-1][:3]


@pytest.mark.parametrize(
    "fields", [{"amount": ""}, {"amount": "0"}, {"expires": "soon"}, {"expires": "2020-01-01"}, {"code": "../.."}]
)
def test_a_voucher_that_is_none_is_not_issued(register: Browser, manager: Office, fields: dict[str, str]) -> None:
    """What was typed stays in the form, and the sentence says what is wrong."""
    reply = manager.sends("vouchers/new", **({"amount": "500", "issued": "sold"} | fields))

    assert (422, {}) == (reply.status_code, told(register, "vouchers"))


def test_a_viewer_makes_no_money(register: Browser, viewer: Office) -> None:
    """Looking is all that a viewer does."""
    assert 403 == viewer.sends("vouchers/new", amount="500", issued="sold").status_code
    assert 403 == viewer.sends("accounts/c1", limit="500").status_code


def test_a_voucher_shows_what_was_spent_of_it(register: Browser, manager: Office) -> None:
    """Who calls and asks gets an answer: when, where, how much."""
    code = issues(manager)
    sells(register, TenderKind.VOUCHER, reference=code)
    shown = manager.opens(f"vouchers/{code}")

    assert "₹\N{NO-BREAK SPACE}1.00" in shown
    assert "-₹\N{NO-BREAK SPACE}499.00" in shown
    assert "Issued: sold" in shown


@pytest.mark.databases
def test_vouchers_are_found_by_code_and_state(register: Browser, manager: Office) -> None:
    """A thousand of them, and one customer on the phone; the file has the same rows."""
    live, stopped, spent = (issues(manager, "499", code=code) for code in ("GOOD-1", "STOP-1", "GONE-1"))
    manager.sends(f"vouchers/{stopped}")
    sells(register, TenderKind.VOUCHER, reference=spent)
    over = issues(manager, "100", code="OVER-1")
    sells(register, TenderKind.VOUCHER, reference=over)
    found = {
        state: [code for code in (live, stopped, spent, over) if code in manager.opens("vouchers", state=state)]
        for state in ("live", "stopped", "empty", "overdrawn", "expired", "")
    }
    file = manager.opens("vouchers", format="csv", text="good")

    assert {"live": [live], "stopped": [stopped], "empty": [spent], "overdrawn": [over]} == {
        state: found[state] for state in ("live", "stopped", "empty", "overdrawn")
    }
    assert ([], 4) == (found["expired"], len(found[""]))
    assert ("GOOD-1" in file, "STOP-1" in file) == (True, False)


def test_a_stopped_voucher_reaches_the_till(oms: Oms, register: Browser, manager: Office) -> None:
    """One that was lost must not be spent by whoever found it; its balance stays."""
    code = issues(manager)
    manager.sends(f"vouchers/{code}")
    value = told(register, "vouchers")[code]

    assert (False, 50_000) == (value["active"], value["balance"])
    assert ({"active": True}, {"active": False}) == trail(oms)[-1][3:5]


def test_a_house_account_is_opened_and_reaches_the_till(oms: Oms, register: Browser, manager: Office) -> None:
    """From the customer's page, with a limit."""
    assert "accounts/c1" in manager.opens("customers/c1")
    manager.sends("accounts/c1", limit="5,000")

    assert 500_000 == told(register, "accounts")["c1"]["limit"]
    assert ("house account", "accounts/c1") == trail(oms)[-1][1:3]


def test_a_payment_towards_it_lowers_what_is_owed(oms: Oms, register: Browser, manager: Office) -> None:
    """Both sides are booked, so the ledger still sums to zero; sent twice it counts once."""
    manager.sends("accounts/c1", limit="5000")
    sells(register, TenderKind.ACCOUNT, account="c1")
    sent = [manager.sends("accounts/c1/settle", amount="200", how="Cash", seen="49900") for _ in range(2)]
    with oms.database.read() as session:
        booked = session.scalar(select(func.sum(CashLedgerRow.amount)))
        debit = session.scalar(select(func.max(CashLedgerRow.amount)))

    assert ([303, 422], 29_900) == ([each.status_code for each in sent], told(register, "accounts")["c1"]["owed"])
    assert (0, 20_000) == (booked, debit)
    assert "Paid: Cash" in manager.opens("accounts/c1")


def test_an_account_is_closed_only_when_nothing_is_owed(register: Browser, manager: Office) -> None:
    """What is owed would be forgotten with it."""
    manager.sends("accounts/c1", limit="5000")
    sells(register, TenderKind.ACCOUNT, account="c1")
    early = manager.sends("accounts/c1", limit="5000", close="on").status_code
    manager.sends("accounts/c1/settle", amount="499", how="UPI", seen="49900")
    manager.sends("accounts/c1", limit="5000", close="on")

    assert (422, None) == (early, told(register, "accounts")["c1"])


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("accounts/c1", {"limit": "much"}),
        ("accounts/c1", {"limit": "-5"}),
        ("accounts/c1/settle", {"amount": "0", "how": "Cash", "seen": "0"}),
        ("accounts/c1/settle", {"amount": "5", "how": "Magic", "seen": "0"}),
    ],
)
def test_what_is_no_amount_changes_nothing(
    register: Browser, manager: Office, path: str, fields: dict[str, str]
) -> None:
    """A slip of the keys must not make somebody owe something."""
    manager.sends("accounts/c1", limit="100")

    assert 422 == manager.sends(path, **fields).status_code
    assert (10_000, 0) == tuple(told(register, "accounts")["c1"][name] for name in ("limit", "owed"))
