"""Whatever people, the internet and bad luck do, in whatever order: no money taken is lost, no entry comes twice."""

import json
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.numbers import parse_number
from app.domain.payment import TenderKind
from app.sync.chain import check_chain
from app.sync.status import FolderState, Link
from app.till.selectors import LONGEST_WAIT, priced
from app.till.state import Screen
from tests.till.till import Till

FAULTS = ("full", "breaks before", "breaks after")


class Shop(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.till = Till()
        self.till.signs_in()
        self.taken: dict[str, int] = {}
        """Payments that the till has shown as taken, and nobody has given back."""

    def teardown(self) -> None:
        self.till.close()

    # ------------------------------------------------------------ filling the cart

    @rule(product=st.sampled_from(["kurta", "shirt", "rice", "gift", "no such"]))
    def picks(self, product: str) -> None:
        self.till.says("ProductPicked", product_id=product)

    @rule(variant=st.sampled_from(["shirt-m", "shirt-l", "kurta-v"]), weight=st.sampled_from(["", "1.25", "0", "x"]))
    def chooses(self, variant: str, weight: str) -> None:
        self.till.says("VariantPicked", variant_id=variant).says("WeightTyped", value=weight).says("ChoiceConfirmed")

    @rule(code=st.sampled_from(["SKU-kurta-v", "SKU-rice-v", "2812345012501", "nothing"]))
    def scans(self, code: str) -> None:
        self.till.says("CodeScanned", code=code)

    @rule(line=st.integers(0, 3), value=st.sampled_from(["0", "1", "3", "7", "0.5", "999999", "-1", "a lot"]))
    def changes_a_quantity(self, line: int, value: str) -> None:
        self.till.says("QuantityTyped", line=line, value=value)

    @rule(line=st.integers(0, 3))
    def removes(self, line: int) -> None:
        self.till.says("LineRemoved", line=line)

    @rule(pin=st.sampled_from(["2222", "2222", "0000"]), who=st.sampled_from(["ravi", "asha"]))
    def overrides(self, pin: str, who: str) -> None:
        self.till.says("OverrideGiven", staff_id=who, pin=pin)

    @rule(event=st.sampled_from(["CartEmptied", "DialogClosed", "CheckoutLeft", "SaleLeft", "ReadinessAsked"]))
    def leaves(self, event: str) -> None:
        self.till.says(event)

    # ------------------------------------------------------------ paying

    @rule()
    def goes_to_checkout(self) -> None:
        self.till.says("CheckoutOpened")

    @rule(state_code=st.sampled_from(["", "29", "27"]))
    def names_the_customer(self, state_code: str) -> None:
        self.till.says("CustomerAsked").says("CustomerSaved", name="Meera", state_code=state_code)

    @rule(
        tender=st.sampled_from(["cash", "card", "upi", "link"]),
        amount=st.sampled_from(["", "1", "100", "499.50", "2000", "9999999999", "-5", "much"]),
        event=st.sampled_from(["SaleCompleted", "PaymentTaken"]),
    )
    def pays(self, tender: str, amount: str, event: str) -> None:
        self.till.says("TenderChosen", tender_id=tender).says("ReferenceTyped", value="123456")
        if amount:
            self.till.says("AmountTyped", value=amount)
        self.till.says(event)

    @rule()
    def presses_everything_at_once(self) -> None:
        complete: tuple[str, dict[str, object]] = ("SaleCompleted", {})
        self.till.says_at_once(complete, ("LineRemoved", {"line": 0}), complete, ("SignedOut", {}), complete)

    @precondition(lambda self: self.till.state.checkout and self.till.state.checkout.payments)
    @rule()
    def gives_a_payment_back(self) -> None:
        checkout = self.till.state.checkout
        assert checkout is not None
        payment = checkout.payments[0]
        self.till.says("PaymentReturned", payment_id=payment.id)
        after = self.till.state.checkout
        if after is not None and payment.id not in [each.id for each in after.payments]:
            self.taken.pop(payment.id, None)

    # ------------------------------------------------------------ people, the internet, bad luck

    @rule(who=st.sampled_from([("asha", "1111"), ("ravi", "2222"), ("asha", "9999")]))
    def signs_in(self, who: tuple[str, str]) -> None:
        self.till.signs_in(*who)

    @rule()
    def signs_out(self) -> None:
        self.till.says("SignedOut")

    @rule(event=st.sampled_from(["DraftResumed", "DraftResumed", "DraftDiscarded"]))
    def answers_for_a_draft(self, event: str) -> None:
        self.till.says(event)

    @rule(screen=st.sampled_from(Screen))
    def looks_around(self, screen: Screen) -> None:
        self.till.says("ScreenOpened", screen=screen.value)

    @rule(link=st.sampled_from([Link.UP, Link.UP, Link.NO_SERVER, Link.NO_NETWORK, Link.UNKNOWN]))
    def the_link_changes(self, link: Link) -> None:
        self.till.link_is(link)
        self.till.hears("status")

    @rule(event=st.sampled_from(["OfflineSwitched", "OfflineTurnedOff"]))
    def switches(self, event: str) -> None:
        self.till.says(event)

    @rule()
    def the_oms_answers(self) -> None:
        self.till.is_judged()

    @rule(fault=st.sampled_from(FAULTS))
    def the_next_write_fails(self, fault: str) -> None:
        self.till.device.disk.faults = [fault]

    @rule(state=st.sampled_from([FolderState.OK, FolderState.LOST, FolderState.PROMPT]))
    def the_folder_changes(self, state: FolderState) -> None:
        self.till.device.folder.fault = state

    @rule()
    def the_folder_is_mended(self) -> None:
        self.till.device.folder.fault = FolderState.OK
        self.till.says("FolderPicked")

    @rule()
    def time_passes(self) -> None:
        self.till.time_passes(LONGEST_WAIT)

    @rule()
    def it_crashes(self) -> None:
        self.till.device.disk.faults = []
        self.till.starts_again()

    @rule()
    def it_crashes_in_the_middle_of_a_press(self) -> None:
        """The message is in, nothing of what follows is done: the old worker is gone with its tasks."""
        self.till.device.disk.faults = []

        async def cut() -> None:
            self.till.register.receive(json.dumps({"event": "SaleCompleted"}))
            for task in list(self.till.register.runner._tasks):
                task.cancel()

        self.till._loop.run_until_complete(cut())
        self.till._loop.run_until_complete(self.till.device.ports.journal.take_over())
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
        assert self.taken == {each.id: each.amount for each in noted if each.id in self.taken}

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
        assert [entry.digest for entry in self.till.entries()] == [kept.digest for kept in self.till.state.journal.kept]

    @invariant()
    def every_order_is_paid_to_the_paisa(self) -> None:
        for order in self.till.orders():
            exact = sum(line.total for line in order.lines)
            assert order.totals.total == order.paid == exact + order.totals.rounding
            cash = bool(order.payments) and order.payments[-1].kind is TenderKind.CASH
            assert abs(order.totals.rounding) < 100 if cash else order.totals.rounding == 0

    @invariant()
    def the_cart_adds_up(self) -> None:
        sums = priced(self.till.state)
        lines = getattr(sums, "lines", ())
        assert len(self.till.state.cart.lines) == len(lines)
        assert sum(line.total for line in lines) == sums.totals.total  # type: ignore[union-attr]
        assert all(line.quantity > Decimal(0) for line in self.till.state.cart.lines)

    @invariant()
    def whatever_is_in_the_folder_is_in_the_journal(self) -> None:
        lines = {entry.line for entry in self.till.entries()}
        assert {content for path, content in self.till.device.folder.files.items() if len(path) > 1} <= lines


TestShop = Shop.TestCase
TestShop.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestShop.__doc__ = "A state that nobody thought of is found here, before a cashier finds it with a queue behind her."
