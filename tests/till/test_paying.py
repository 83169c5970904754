"""Checkout and paying: every sum to the paisa, and a payment counts only once it is on disk."""

from dataclasses import replace

import pytest

from app.domain.payment import Payment
from app.till.selectors import left
from app.till.state import Checkout, Screen
from tests.till.till import Till


def checkout(till: Till) -> Checkout:
    found = till.state.checkout
    assert found is not None
    return found


def payments(till: Till) -> list[tuple[str, int, int]]:
    """Tender, what counts, and what was received of each payment of the last order."""
    return [shown(payment) for payment in till.orders()[-1].payments]


def shown(payment: Payment) -> tuple[str, int, int]:
    return payment.tender_id, payment.amount, payment.received


def test_the_amount_field_holds_what_is_due(selling: Till) -> None:
    """An exact payment is one key."""
    selling.picks().says("CheckoutOpened")
    cash = checkout(selling).amount

    selling.says("TenderChosen", tender_id="card")

    assert ("500.00", "499.50") == (cash, checkout(selling).amount)


def test_cash_is_rounded_to_the_coin_and_gives_change(selling: Till) -> None:
    """There are no paise coins; the invoice says what rounding did."""
    selling.picks().pays("cash", "2000")

    assert [("cash", 50_000, 200_000)] == payments(selling)
    assert (150_000, 50, 50_000) == (
        selling.orders()[0].payments[0].change,
        selling.orders()[0].totals.rounding,
        selling.orders()[0].totals.total,
    )


def test_a_card_pays_to_the_paisa(selling: Till) -> None:
    """The terminal knows paise; rounding there would differ from the slip."""
    selling.picks().pays("card")

    assert [("card", 49_950, 49_950)] == payments(selling)
    assert 0 == selling.orders()[0].totals.rounding


def test_exact_cash_needs_no_rounding(selling: Till) -> None:
    """Who has the exact sum pays the exact sum."""
    selling.picks().pays("cash", "499.50")

    assert ([("cash", 49_950, 49_950)], 0) == (payments(selling), selling.orders()[0].totals.rounding)


def test_less_than_what_is_due_is_taken_and_the_rest_asked_for(selling: Till) -> None:
    """A customer who pays in two ways is served with the same button."""
    selling.picks().pays("card", "200")
    between = (selling.state.screen, left(selling.state), checkout(selling).amount)

    selling.pays("cash")

    assert (Screen.CHECKOUT, 29_950, "299.50") == between
    assert [("card", 20_000, 20_000), ("cash", 30_000, 30_000)] == payments(selling)


def test_a_payment_in_the_draft_survives_a_crash(selling: Till) -> None:
    """The customer has paid a part: a browser that dies must not make her pay it again."""
    selling.picks().pays("card", "200")
    order_id = checkout(selling).order_id

    selling.starts_again().signs_in("ravi", "2222").says("DraftResumed")

    assert Screen.CHECKOUT is selling.state.screen
    assert [("card", 20_000, 20_000)] == [shown(payment) for payment in checkout(selling).payments]
    assert (order_id, 29_950) == (checkout(selling).order_id, left(selling.state))


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_a_payment_that_is_not_on_disk_does_not_count(selling: Till, fault: str) -> None:
    """What is shown as taken must be true after a crash too."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults = [fault]

    selling.pays("card", "200")

    assert ((), 49_950) == (checkout(selling).payments, left(selling.state))
    assert checkout(selling).problem


def test_a_payment_can_be_given_back(selling: Till) -> None:
    """Customers change their minds; the draft has to know it as soon as the cashier does."""
    selling.picks().pays("card", "200")

    selling.says("PaymentReturned", payment_id=checkout(selling).payments[0].id)
    back = checkout(selling).payments
    selling.starts_again().signs_in().says("DraftResumed").says("CheckoutOpened")

    assert ((), ()) == (back, checkout(selling).payments)


def test_add_payment_covers_all_and_complete_finishes(selling: Till) -> None:
    """Two steps or one: the order is the same."""
    selling.picks().says("CheckoutOpened").says("PaymentTaken")
    taken = (left(selling.state), selling.orders())

    selling.says("SaleCompleted")

    assert (0, []) == taken
    assert [("cash", 50_000, 50_000)] == payments(selling)


@pytest.mark.parametrize(
    ("tender", "amount", "problem"),
    [
        ("cash", "-5", "That is not an amount. Type digits, such as 250 or 250.50."),
        ("cash", "five", "That is not an amount. Type digits, such as 250 or 250.50."),
        ("cash", "1.234", "An amount has at most two digits after the point."),
        ("cash", "10000000000", "That amount is too large for a sale. Nothing was taken. Check the digits."),
        ("cash", "0", "Type the amount that was received."),
        ("card", "499.51", "Only ₹\N{NO-BREAK SPACE}499.50 is due, and only cash gives change."),
        ("upi", "499.50", "Type the reference of “UPI at Store”"),
    ],
)
def test_an_amount_that_is_none_takes_nothing(selling: Till, tender: str, amount: str, problem: str) -> None:
    """A slip of the finger is told at once, and money stays where it is."""
    selling.picks().pays(tender, amount)

    assert problem == checkout(selling).problem[: len(problem)]
    assert ([], ()) == (selling.orders(), checkout(selling).payments)


def test_the_reference_stands_in_the_order(selling: Till) -> None:
    """A UPI payment is found again in the bank's statement by its reference."""
    selling.picks().pays("upi", reference=" 412345678901 ")

    assert "412345678901" == selling.orders()[0].payments[0].reference


def test_what_needs_the_internet_is_refused_without_it(selling: Till) -> None:
    """A payment link that nobody can confirm is no payment."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link")
    selling.goes_offline()

    selling.says("SaleCompleted")

    assert [] == selling.orders()
    assert "Not available while the internet is not connected." == checkout(selling).problem[:50]


def test_pressed_twice_is_sold_once(selling: Till) -> None:
    """A nervous finger must not sell a thing twice."""
    selling.picks().says("CheckoutOpened")

    selling.says_at_once(*[("SaleCompleted", {})] * 5)

    assert (1, 1) == (len(selling.orders()), len(selling.entries()))


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("SaleCompleted", {}),
        ("PaymentTaken", {}),
        ("TenderChosen", {"tender_id": "card"}),
        ("AmountTyped", {"value": "1"}),
        ("NotesTyped", {"value": "later"}),
        ("CustomerSaved", {"name": "Later"}),
        ("CheckoutLeft", {}),
        ("LineRemoved", {"line": 0}),
        ("QuantityTyped", {"line": 0, "value": "1"}),
        ("CartEmptied", {}),
        ("SignedOut", {}),
        ("ScreenOpened", {"screen": "orders"}),
        ("DialogClosed", {}),
    ],
)
def test_a_sale_on_its_way_is_out_of_reach(selling: Till, event: str, fields: dict[str, object]) -> None:
    """Between the press and "saved" the state is the order: whatever changed it would be on no receipt."""
    selling.picks().picks().says("CheckoutOpened")
    on_its_way = replace(selling.state, checkout=replace(checkout(selling), saving=True))
    selling.register.loop.state = on_its_way

    selling.says(event, **fields)

    assert on_its_way == replace(selling.state, now=on_its_way.now, touched_at=on_its_way.touched_at)
    assert [] == selling.entries()


def test_nothing_changes_while_the_sale_is_being_saved(selling: Till) -> None:
    """What is added after the receipt was made would be on no receipt."""
    selling.picks().picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")

    selling.says_at_once(
        ("SaleCompleted", {}),
        ("LineRemoved", {"line": 0}),
        ("CartEmptied", {}),
        ("CheckoutLeft", {}),
        ("SignedOut", {}),
        ("ScreenOpened", {"screen": "orders"}),
        ("DialogClosed", {}),
    )

    assert (Screen.SAVED, [99_900]) == (selling.state.screen, [order.totals.total for order in selling.orders()])


def test_too_much_taken_has_to_be_given_back(selling: Till) -> None:
    """A cart that shrank after a payment owes money to the customer, and says how much."""
    selling.picks().picks().pays("card", "900").says("CheckoutLeft").says("QuantityTyped", line=0, value="1")

    selling.says("CheckoutOpened").says("SaleCompleted")

    assert "₹\N{NO-BREAK SPACE}400.50 more was taken than the sale costs." == checkout(selling).problem[:44]
    assert [] == selling.orders()


def test_a_cart_with_money_in_it_is_not_emptied(selling: Till) -> None:
    """Money must not vanish with the lines it was paid for."""
    selling.picks().pays("card", "200").says("CheckoutLeft")

    selling.says("CartEmptied")

    assert (1, 1) == (len(selling.state.cart.lines), len(checkout(selling).payments))
