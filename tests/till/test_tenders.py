"""Rules of tenders at the till: references, caps, and vouchers with a balance."""

from datetime import date

import pytest

from app.domain.account import Account
from app.domain.payment import Tender, TenderKind
from app.domain.reference import Characters, ReferenceRule
from app.domain.voucher import Voucher
from app.sync.protocol import AccountChange, TenderChange, VerdictKind, VoucherChange
from app.till.balances import balance_told, voucher_left
from tests.conftest import tender
from tests.till.till import CARD, Till, people_changes

MEAL = tender(
    "meal",
    TenderKind.WALLET,
    name="Meal card",
    custom=True,
    asks_reference=True,
    rule=ReferenceRule(label="Approval code", characters=Characters.DIGITS, shortest=6, longest=6),
    position=5,
)
VOUCHER = tender("voucher", TenderKind.VOUCHER, name="Gift Voucher", position=6)
ACCOUNT = tender("account", TenderKind.ACCOUNT, name="House Account", position=7)
NBSP = "\N{NO-BREAK SPACE}"


def with_tenders(till: Till, *tenders: Tender) -> Till:
    """Let the back office's tenders arrive; one that is there already is changed."""
    changes = people_changes(tenders=tenders)
    till.gets([each.model_copy(update={"revision": 20}) for each in changes if isinstance(each, TenderChange)])
    till.hears("changes")
    return till


def voucher(till: Till, balance: int, revision: int = 30, **fields: object) -> None:
    """Let a voucher arrive, as the OMS has it."""
    value = Voucher.model_validate({"code": "GV-1234", "balance": balance, "revision": revision, **fields})
    till.gets([VoucherChange(id=value.code, revision=revision, value=value)])
    till.hears("changes")


def account(till: Till, limit: int, owed: int = 0, revision: int = 30, **fields: object) -> None:
    """Let Meera's house account arrive."""
    value = Account.model_validate({"customer_id": "c1", "limit": limit, "owed": owed, "revision": revision, **fields})
    till.gets([AccountChange(id="c1", revision=revision, value=value)])
    till.hears("changes")


def problem(till: Till) -> str:
    assert till.state.checkout is not None
    return till.state.checkout.problem


def amount(till: Till) -> str:
    assert till.state.checkout is not None
    return till.state.checkout.amount


def left_of(till: Till) -> int:
    """What the till would take from the voucher now."""
    return voucher_left(till.state, till.state.people.vouchers["GV-1234"])


@pytest.fixture
def shop(selling: Till) -> Till:
    return with_tenders(selling, MEAL, VOUCHER, ACCOUNT)


@pytest.mark.parametrize(
    ("reference", "fits"), [("123456", True), ("123 456", True), ("12345", False), ("12345a", False)]
)
def test_a_custom_tender_has_its_own_rule_for_its_reference(shop: Till, reference: str, fits: bool) -> None:
    """A code with a digit missing cannot be claimed from whoever issued the card."""
    shop.picks().pays("meal", reference=reference)

    assert fits == bool(shop.orders())
    if not fits:
        assert "“Approval code” does not fit. It has 6 digits. Nothing was taken." == problem(shop)


def test_a_reference_that_is_asked_for_has_to_be_there(shop: Till) -> None:
    """The sentence names the field as the store calls it."""
    shop.picks().pays("meal")

    assert "Type “Approval code” for “Meal card”. It has 6 digits. Nothing was taken." == problem(shop)


def test_a_cap_of_a_sale_holds_over_a_split_payment(selling: Till) -> None:
    """Two payments of the half would be the whole."""
    shop = with_tenders(selling, CARD.model_copy(update={"cap_sale": 30_000}))
    shop.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    offered = amount(shop)
    shop.pays("card", "200").pays("card", "150")

    assert "300.00" == offered
    assert problem(shop).startswith(
        f"At most ₹{NBSP}300.00 of a sale may be paid with “Card Swipe at Store”; ₹{NBSP}100.00 is left."
    )
    assert [] == shop.orders()


def test_a_cap_of_a_day_counts_what_was_taken_today(selling: Till) -> None:
    """What the bank pays back at most is a sum a day, not a sum a sale; tomorrow it begins anew."""
    shop = with_tenders(selling, CARD.model_copy(update={"cap_day": 60_000}))
    shop.picks().pays("card").says("SaleLeft")
    shop.picks().pays("card", "499.50")
    refused = problem(shop)
    shop.starts_again().time_passes(86_400)
    shop.signs_in().says("DraftResumed").says("CheckoutOpened").pays("card", "499.50")

    assert "₹" + NBSP + "100.50 is left today." in refused
    assert 2 == len(shop.orders())


def test_a_cap_of_a_day_holds_over_a_split_payment(selling: Till) -> None:
    """What lies in the open sale was taken today, too."""
    shop = with_tenders(selling, CARD.model_copy(update={"cap_day": 30_000}))
    shop.picks().pays("card", "200").pays("card", "150")

    assert f"₹{NBSP}100.00 is left today." in problem(shop)


def test_a_voucher_offers_what_is_left_of_it(shop: Till) -> None:
    """The cashier need not know the balance, and cannot take more than it."""
    voucher(shop, 20_000, expires=date(2026, 12, 31))
    shop.picks().says("CheckoutOpened").says("TenderChosen", tender_id="voucher")
    shop.says("ReferenceTyped", value="gv-1234 ")
    told, offered = balance_told(shop.state), amount(shop)
    shop.says("AmountTyped", value="499.50").says("SaleCompleted")

    assert (f"₹{NBSP}200.00 is left on this voucher. It may be spent until 31-12-2026.", "200.00") == (told, offered)
    assert problem(shop).startswith(f"Only ₹{NBSP}200.00 is left on this voucher.")
    assert [] == shop.orders()


def test_a_scanner_reads_the_voucher_that_is_paid_with(shop: Till) -> None:
    """Whatever has the focus, as everywhere; and with another tender it changes nothing."""
    voucher(shop, 20_000)
    shop.picks().says("CheckoutOpened").says("CodeScanned", code="GV-1234")
    nothing = shop.state.checkout.reference if shop.state.checkout else "none"
    shop.says("TenderChosen", tender_id="voucher").says("CodeScanned", code="GV-1234")

    assert ("", "200.00") == (nothing, amount(shop))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "GV-9999"}, "There is no voucher with this code here."),
        ({"expires": date(2026, 11, 20)}, "This voucher expired on 20-11-2026."),
        ({"active": False}, "The back office has stopped this voucher."),
        ({"balance": 0}, "Nothing is left on this voucher."),
        ({"balance": -500}, "Nothing is left on this voucher."),
    ],
)
def test_a_voucher_that_is_worth_nothing_is_refused(shop: Till, fields: dict[str, object], said: str) -> None:
    """Each for its reason, because the customer stands there and asks."""
    given = {"balance": 100_000} | fields
    voucher(shop, **given)  # type: ignore[arg-type]
    shop.picks().pays("voucher", reference="GV-1234")

    assert problem(shop).startswith(said)
    assert problem(shop).endswith("Nothing was taken.")
    assert [] == shop.orders()


def test_the_last_day_of_a_voucher_still_counts(shop: Till) -> None:
    """It says "until": that day is in it."""
    voucher(shop, 100_000, expires=date(2026, 11, 21))
    shop.picks().pays("voucher", reference="GV-1234")

    assert 1 == len(shop.orders())


def test_what_a_voucher_paid_here_is_gone_before_the_next_sync(shop: Till) -> None:
    """Offline it could be spent in every sale of the day otherwise."""
    voucher(shop, 60_000)
    shop.goes_offline()
    shop.picks().pays("voucher", reference="GV-1234").says("SaleLeft")
    shop.starts_again().signs_in()
    shop.picks().says("CheckoutOpened").says("TenderChosen", tender_id="voucher").says(
        "ReferenceTyped", value="GV-1234"
    )

    assert "100.50" == amount(shop)


def test_a_balance_that_holds_the_sale_is_not_charged_twice(shop: Till) -> None:
    """Verdict and balance come one after the other: in between nothing is free, after it nothing is lost."""
    voucher(shop, 60_000)
    shop.picks().pays("voucher", reference="GV-1234").says("SaleLeft")
    shop.is_judged(revision=31)
    between = left_of(shop)
    voucher(shop, 10_050, revision=32)

    assert (10_050, 10_050) == (between, left_of(shop))


def test_a_balance_that_is_newer_holds_only_what_was_judged(shop: Till) -> None:
    """Sales are sent in any order: another register's spending brings a new balance, and ours is not in it yet."""
    voucher(shop, 100_000)
    shop.picks().pays("voucher", reference="GV-1234").says("SaleLeft")
    voucher(shop, 90_000, revision=31)

    assert 40_050 == left_of(shop)


def test_a_sale_that_was_refused_still_counts_against_the_voucher(shop: Till) -> None:
    """The customer has spent it; that the balance is newer says nothing about this sale."""
    voucher(shop, 100_000)
    shop.picks().pays("voucher", reference="GV-1234").says("SaleLeft")
    shop.is_judged(VerdictKind.REFUSED)
    voucher(shop, 100_000, revision=31)

    assert 50_050 == left_of(shop)


def test_a_voucher_is_spent_once_in_a_split_payment(shop: Till) -> None:
    """Twice in one sale is twice spent, too."""
    voucher(shop, 30_000)
    shop.picks().pays("voucher", "200", "GV-1234").pays("voucher", "200", "gv-1234")

    assert problem(shop).startswith(f"Only ₹{NBSP}100.00 is left on this voucher.")


def test_an_unfinished_sale_holds_its_voucher(shop: Till) -> None:
    """The money was taken and lies in the draft: the next customer cannot have it."""
    voucher(shop, 30_000)
    shop.picks().pays("voucher", "200", "GV-1234").says("SignedOut").signs_in("ravi", "2222")

    assert 10_000 == left_of(shop)


def test_the_code_stands_in_the_order_and_on_no_paper(shop: Till) -> None:
    """A receipt that is thrown away must not be as good as money."""
    voucher(shop, 60_000)
    shop.picks().pays("voucher", reference=" gv-1234")

    payment = shop.orders()[0].payments[0]
    assert ("GV-1234", "…1234") == (payment.reference, payment.shown)


def test_nothing_about_vouchers_is_kept_in_the_clear(shop: Till) -> None:
    """Whoever copies the profile would have the money otherwise: pages, drafts, journal, nothing shows a code."""
    voucher(shop, 60_000)
    shop.picks().pays("voucher", "100", "GV-1234")
    disk, shelf = shop.device.disk, shop.device.shelf
    draft = list(disk.drafts.values())
    shop.pays("voucher", reference="GV-1234")
    lines = [entry.line for entry in disk.journal.values()]

    clear = repr((draft, lines, disk.local, shelf.pages, shelf.records, shelf.kept_verdicts))
    assert draft
    assert lines
    assert "GV-1234" not in clear


def test_a_voucher_that_arrives_after_its_code_is_offered(shop: Till) -> None:
    """It was issued a moment ago, at the desk: nobody has to type the code again; an amount that was typed stays."""
    shop.picks().says("CheckoutOpened").says("TenderChosen", tender_id="voucher").says(
        "ReferenceTyped", value="GV-1234"
    )
    voucher(shop, 20_000)
    offered = amount(shop)
    shop.says("AmountTyped", value="50")
    voucher(shop, 10_000, revision=31)

    assert ("200.00", "50") == (offered, amount(shop))


def test_what_comes_from_a_balance_is_not_corrected_into_something_else(shop: Till) -> None:
    """The voucher would stay spent for a sale that says it was paid by card."""
    voucher(shop, 60_000)
    shop.picks().pays("voucher", reference="GV-1234").says("SaleLeft")
    order = shop.orders()[0]
    shop.says("ScreenOpened", screen="orders").says("OrderOpened", order_id=order.id)
    shop.says("CorrectionAsked", order_id=order.id)
    given = {"field": "payment.tender_id", "payment_id": order.payments[0].id}
    shop.says("CorrectionTyped", value="card", **given)

    dialog = shop.state.looking_back.correcting
    assert dialog is not None
    assert () == dialog.edits
