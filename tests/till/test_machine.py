"""Whatever people, the internet and bad luck do, in whatever order: no money taken is lost, no entry comes twice."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.domain.cart import Cart
from app.domain.coupon import Granted
from app.domain.delivery import FEE
from app.domain.money import format_money
from app.domain.numbers import parse_number
from app.domain.payment import TenderKind
from app.sync.chain import check_chain
from app.sync.prices import AskCoupon
from app.sync.protocol import ExtensionChange, ProductChange, PromotionChange
from app.sync.questions import Given
from app.sync.status import FolderState, Link
from app.till.selectors import LONGEST_WAIT, locked, priced, total
from app.till.state import Screen
from tests.conftest import product, variant
from tests.till.machine_online import Online, at
from tests.till.till import Till
from tests.till.walks import (
    AMOUNTS,
    BESIDE,
    CHOOSING,
    COUPON,
    EXTRAS,
    FAULTS,
    FILLING,
    HAPPENINGS,
    OVERRIDING,
    TENTH,
    WRAP,
    Said,
)


class Shop(Online):
    """Few rules with many choices each: hypothesis leaves whole rules out of a walk, and none may go without sales."""

    def __init__(self) -> None:
        super().__init__()
        self.till = Till().signs_in()
        self.news = 100
        """Revision of the newest change that the courier has put down."""
        offers = [PromotionChange(id="tenth", revision=50, value=TENTH)]
        self.till.gets([*offers, ExtensionChange(id="wrap", revision=51, value=WRAP)])
        self.till.hears("changes")
        self.agreed: dict[str, tuple[Cart, int]] = {}
        """What an open order with money taken for it held and cost, by its id."""
        self.taken: dict[str, int] = {}
        """Payments that the till has shown as taken, and nobody has given back."""
        self.returned: set[str] = set()  # whether a broken storage has written that it does not say

    @at(Screen.SELL)
    @rule(
        filling=st.sampled_from(FILLING),
        choosing=st.sampled_from(CHOOSING),
        overriding=st.sampled_from(OVERRIDING),
        extras=st.sampled_from(EXTRAS),
    )
    def fills_the_cart(self, filling: Said, choosing: Said, overriding: Said, extras: Said) -> None:
        """What can be pressed depends on the dialog that is open; a draft that was found is answered first."""
        browse = self.till.state.browse
        event, fields = choosing if browse.choice else overriding if browse.override else filling
        if self.till.state.extras_of:
            event, fields = extras
        self.till.says(event, **fields)

    @at(Screen.CHECKOUT)
    @rule(
        tender=st.sampled_from(["cash", "cash", "card", "upi", "link"]),
        amount=st.sampled_from(AMOUNTS),
        event=st.sampled_from(["SaleCompleted", "SaleCompleted", "PaymentTaken"]),
    )
    def pays(self, tender: str, amount: str, event: str) -> None:
        """Fill in a payment and press."""
        self.till.says("TenderChosen", tender_id=tender).says("ReferenceTyped", value="123456")
        if amount:
            self.till.says("AmountTyped", value=amount)
        self.till.says(event)

    @at(Screen.SELL)
    @rule(
        code=st.sampled_from(["SKU-kurta-v", "SKU-shirt-m"]),
        tender=st.sampled_from(["cash", "card"]),
        amount=st.sampled_from(AMOUNTS),
    )
    def rings_something_up(self, code: str, tender: str, amount: str) -> None:
        """What a shop does all day, in one rule, so that every walk comes to sales."""
        self.till.says("CodeScanned", code=code).says("CheckoutOpened")
        self.pays(tender, amount, "SaleCompleted")

    @at(Screen.SELL)
    @rule(extras=st.booleans(), link=st.sampled_from([Link.UP, Link.NO_SERVER]), amount=st.sampled_from(AMOUNTS))
    def rings_something_up_with_all_that_is_there(self, extras: bool, link: Link, amount: str) -> None:
        """An extra, a coupon, and perhaps the line goes before it is paid."""
        self.till.says("CodeScanned", code="SKU-kurta-v")
        if extras:
            self.till.says("ExtrasAsked", line=0).says("ExtraToggled", extension_id="wrap").says("DialogClosed")
        self.till.says("CheckoutOpened").says("CouponApplied", value="ten")
        self.the_oms_grants_the_coupon()
        self.till.link_is(link)
        self.till.hears("status")
        if self.till.state.screen is Screen.CHECKOUT:
            self.pays("card", amount, "SaleCompleted")

    def the_oms_grants_the_coupon(self) -> None:
        if any(isinstance(each.question, AskCoupon) for each in self.till.state.asked.values()):
            until = self.till.device.clock.at + timedelta(minutes=2)
            self.till.is_answered(Given(body=Granted(promotion=COUPON, until=until).model_dump_json()))

    @at(Screen.CHECKOUT)
    @rule(beside=st.sampled_from(BESIDE))
    def does_something_beside(self, beside: Said) -> None:
        self.till.says(beside[0], **beside[1])

    @at(Screen.CHECKOUT)
    @rule(between=st.sampled_from(BESIDE), again=st.sampled_from(["SaleCompleted", "PaymentTaken"]))
    def presses_everything_at_once(self, between: Said, again: str) -> None:
        self.till.says_at_once(("SaleCompleted", {}), between, (again, {}), ("SignedOut", {}), (again, {}))

    @precondition(lambda self: self.till.state.checkout and self.till.state.checkout.payments)
    @rule()
    def gives_a_payment_back(self) -> None:
        checkout = self.till.state.checkout
        assert checkout is not None
        payment = checkout.payments[0]
        self.returned.add(payment.id)
        self.till.says("PaymentReturned", payment_id=payment.id)
        after = self.till.state.checkout
        if after is not None and payment.id not in [each.id for each in after.payments]:
            self.taken.pop(payment.id, None)

    @precondition(lambda self: self.till.state.screen is Screen.SIGN_IN or locked(self.till.state))
    @rule(who=st.sampled_from([("asha", "1111"), ("ravi", "2222"), ("ravi", "2222"), ("asha", "9999")]))
    def signs_in(self, who: tuple[str, str]) -> None:
        self.till.signs_in(*who)

    @precondition(lambda self: self.till.state.found_draft)
    @rule(event=st.sampled_from(["DraftResumed", "DraftResumed", "DraftDiscarded"]))
    def answers_for_a_draft(self, event: str) -> None:
        self.till.says(event)

    @at(Screen.SAVED, Screen.ORDERS, Screen.ORDER, Screen.SETTINGS, Screen.STATUS)
    @rule(event=st.sampled_from(["SaleLeft", "InvoicePrinted", "Sell", "OrderSentAgain"]), correct=st.booleans())
    def goes_on(self, event: str, correct: bool) -> None:
        last = self.till.orders()[-1].id if self.till.orders() else "none"
        if correct:
            self.till.says("OrderOpened", order_id=last).says("CorrectionAsked", order_id=last)
            self.till.says("CorrectionTyped", field="notes", value="Two bags")
            self.till.says("CorrectionGiven", reason="Forgotten", staff_id="ravi", pin="2222").says("DialogClosed")
        self.till.says("ScreenOpened", screen="sell") if event == "Sell" else self.till.says(event, order_id=last)

    @rule(
        what=st.sampled_from(HAPPENINGS),
        link=st.sampled_from([Link.UP, Link.NO_SERVER, Link.NO_NETWORK, Link.UNKNOWN]),
        fault=st.sampled_from(FAULTS),
        folder=st.sampled_from([FolderState.LOST, FolderState.PROMPT]),
        screen=st.sampled_from(Screen),
        unreadable=st.sampled_from([0, 0, 1]),
    )
    def something_happens(
        self, what: str, link: Link, fault: str, folder: FolderState, screen: Screen, unreadable: int
    ) -> None:
        match what:
            case "link":
                self.till.link_is(link)
                self.till.hears("status")
            case "switch":
                self.till.says("OfflineSwitched")
            case "verdicts":
                self.till.is_judged()
            case "fault":
                self.till.device.disk.faults, self.till.device.disk.unreadable = [fault], unreadable
            case "folder":
                self.till.device.folder.fault = folder
            case "mend":
                self.till.device.folder.fault, self.till.device.disk.unreadable = FolderState.OK, 0
                self.till.says("FolderPicked")
            case "time":
                self.till.time_passes(LONGEST_WAIT)
            case "price":
                self.news += 1
                dearer = product("kurta", variant("kurta-v", price=49_950 + self.news % 3 * 100))
                self.till.gets([ProductChange(id="kurta", revision=self.news, value=dearer)])
                self.till.hears("changes")
            case "answer":
                self.the_oms_grants_the_coupon()
            case "look":
                self.till.says("ScreenOpened", screen=screen.value)

    @precondition(lambda self: self.till.state.cart.lines)
    @rule(pressed=st.sampled_from(["SaleCompleted", "PaymentTaken", "SignedOut", ""]), steps=st.integers(1, 12))
    def it_crashes(self, pressed: str, steps: int) -> None:
        """The message is in, but only some of what follows is done: the worker is gone with the rest."""
        self.till.device.disk.faults, self.till.device.disk.unreadable = [], 0
        self.till.dies_after(pressed, steps)
        self.till.starts_again()

    # ------------------------------------------------------------ what always holds

    @invariant()
    def no_bug_was_met(self) -> None:
        assert "report" not in self.till.device.disk.local, self.till.device.disk.local

    @invariant()
    def nothing_taken_is_forgotten(self) -> None:
        state = self.till.state
        if state.checkout is not None:
            self.taken |= {payment.id: payment.amount for payment in state.checkout.payments}
        drafts = [draft for draft in (state.found_draft, *state.more_drafts) if draft is not None]
        noted = [payment for draft in drafts for payment in draft.payments]
        noted += state.checkout.payments if state.checkout is not None else ()
        noted += [payment for order in self.till.orders() for payment in order.payments]
        here = {each.id: each.amount for each in noted}
        gone = {key: of for key, of in self.taken.items() if key not in self.returned and here.get(key) != of}
        assert not gone or f"{format_money(sum(gone.values()))} was taken after that" in state.trouble, gone
        self.returned |= gone.keys()

    @invariant()
    def no_sale_comes_twice(self) -> None:
        orders = self.till.orders()
        payments = [payment.id for order in orders for payment in order.payments]
        assert len(orders) == len({order.id for order in orders})
        assert len(payments) == len(set(payments))

    @invariant()
    def numbers_follow_each_other(self) -> None:
        numbers = [parse_number(order.number) for order in self.till.orders()]
        assert list(range(1, len(numbers) + 1)) == [number.counter for number in numbers if number]

    @invariant()
    def the_chain_is_whole(self) -> None:
        assert check_chain(self.till.entries()).ok

    @invariant()
    def the_screen_knows_what_the_disk_holds(self) -> None:
        """All of it; while the storage does not answer, all but what it has not said."""
        entries = [entry.digest for _, entry in sorted(self.till.device.disk.journal.items())]
        kept = [kept.digest for kept in self.till.state.journal.kept]
        assert kept == entries[: len(kept)]
        assert len(entries) - len(kept) <= (self.till.register._recorder._head is None)

    @invariant()
    def every_order_is_paid_to_the_paisa(self) -> None:
        for order in self.till.orders():
            exact = sum(line.total for line in order.lines)
            assert order.totals.total == order.paid == exact + order.totals.rounding
            cash = bool(order.payments) and order.payments[-1].kind is TenderKind.CASH
            assert abs(order.totals.rounding) < 100 if cash else order.totals.rounding == 0

    @invariant()
    def every_discount_has_a_name(self) -> None:
        for order in self.till.orders():
            named = [each.amount for each in order.promotions] + [each.amount for each in order.discounts]
            assert sum(line.discount for line in order.lines) == sum(named)

    @invariant()
    def a_price_that_money_was_taken_for_stays(self) -> None:
        state = self.till.state
        checkout = state.checkout
        if checkout is None:
            return
        before = self.agreed.pop(checkout.order_id, None)
        if checkout.payments and not checkout.keeping:
            now = state.cart, total(state)
            assert before is None or before[0] != now[0] or before == now
            self.agreed[checkout.order_id] = now

    @invariant()
    def extras_follow_their_line(self) -> None:
        lines = {line.key: line for line in self.till.state.cart.lines}
        extras = [line for line in lines.values() if line.parent]
        assert [line.quantity for line in extras] == [lines[line.parent].quantity for line in extras]

    @invariant()
    def the_cart_adds_up(self) -> None:
        sums = priced(self.till.state)
        lines = getattr(sums, "lines", ())
        goods = [line for line in lines if line.variant_id != FEE]
        assert len(self.till.state.cart.lines) == len(goods)
        assert sum(line.total for line in lines) == sums.totals.total  # type: ignore[union-attr]
        assert all(line.quantity > Decimal(0) for line in self.till.state.cart.lines)

    @invariant()
    def whatever_is_in_the_folder_is_in_the_journal(self) -> None:
        lines = {entry.line for entry in self.till.entries()}
        assert {content for path, content in self.till.device.folder.files.items() if len(path) > 1} <= lines


TestShop = Shop.TestCase
TestShop.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestShop.__doc__ = "A state that nobody thought of is found here, before a cashier finds it with a queue behind her."
