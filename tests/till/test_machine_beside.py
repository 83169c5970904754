"""What goes on beside the sale, among everything else: parked sales, the cash of a shift, and discounts by hand."""

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.domain.money import portion, times
from app.domain.shift import Closed
from app.domain.tax import BASIS
from app.sync.bodies import Shift
from app.till.shifts import all_shifts
from app.till.state import Screen
from tests.till.machine_online import at
from tests.till.test_machine import Shop
from tests.till.walks import Said

CASH: tuple[Said, ...] = (
    ("ShiftBegun", {"amount": "1000"}),
    ("ShiftBegun", {"amount": "much"}),
    ("CashTouched", {"direction": "in", "amount": "200", "reason": "Change"}),
    ("CashTouched", {"direction": "out", "amount": "300", "reason": "Tea"}),
    ("CashTouched", {"direction": "out", "amount": "5000", "reason": "Bank"}),
    ("CashApproved", {"staff_id": "ravi", "pin": "2222"}),
    ("CountBegun", {}),
    ("PiecesTyped", {"denomination": 500_00, "value": "3"}),
    ("CountConfirmed", {}),
)


class BusyShop(Shop):
    """The shop of the other machine, with all that happens there."""

    def __init__(self) -> None:
        super().__init__()
        self.parked: dict[str, dict[str, Decimal]] = {}
        """What lies on the disk as parked, by the id of its draft: how many of each."""

    @at(Screen.SELL)
    @rule(name=st.sampled_from(["Meera", ""]), code=st.sampled_from(["SKU-kurta-v", "SKU-shirt-m"]))
    def parks(self, name: str, code: str) -> None:
        """What was told not to be written is open to a crash; all else has to be there again."""
        self.till.says("DialogClosed").says("CodeScanned", code=code)
        draft_id, lines = self.till.state.draft_id, self.till.quantities()
        self.till.says("TroubleSeen").says("ParkAsked").says("SaleParked", name=name)
        if draft_id in self.waiting() and not self.till.state.trouble:
            self.parked[draft_id] = lines

    @precondition(lambda self: self.till.state.parking.parked)
    @at(Screen.SELL)
    @rule(event=st.sampled_from(["ParkedResumed", "ParkedResumed", "ParkedDiscarded"]), which=st.integers(0, 5))
    def goes_back_to_a_parked_sale(self, event: str, which: int) -> None:
        waiting = list(self.waiting())
        draft_id = waiting[which % len(waiting)]
        open_id, lines = self.till.state.draft_id, self.till.quantities()
        self.till.says("TroubleSeen").says("ParkedListed").says(event, draft_id=draft_id).says("DialogClosed")
        if draft_id in self.waiting():
            return
        before = self.parked.pop(draft_id, None)
        if event == "ParkedResumed":
            assert self.till.state.draft_id == draft_id
            assert before in (None, self.till.quantities())
            if open_id in self.waiting() and not self.till.state.trouble:
                self.parked[open_id] = lines

    @rule(first=st.sampled_from(CASH), then=st.sampled_from(CASH))
    def moves_cash(self, first: Said, then: Said) -> None:
        """One after the other, before the disk has answered the first."""
        self.till.says_at_once(first, then)

    @at(Screen.SELL)
    @rule(
        line=st.sampled_from([-1, 0, 0, 2]),
        value=st.sampled_from(["10", "25", "49.99", "500", "much"]),
        way=st.sampled_from(["percent", "amount", "price"]),
        pin=st.sampled_from(["", "2222", "9999"]),
        end=st.sampled_from(["", "BargainMade", "BargainRemoved", "CheckoutOpened", "DialogClosed"]),
    )
    def bargains(self, line: int, value: str, way: str, pin: str, end: str) -> None:
        """A dialog filled in, with what may come before the PIN is checked."""
        self.till.says("BargainAsked", line=line).says("BargainWayChosen", value=way)
        self.till.says("BargainTyped", value=value).says("BargainReasonTyped", value="Tag lost")
        self.till.says_at_once(("BargainMade", {"staff_id": "ravi", "pin": pin}), (end or "DialogClosed", {}))

    @invariant()
    def nothing_by_hand_is_beyond_its_limit(self) -> None:
        for order in self.till.orders():
            full = sum(times(line.unit_price, line.quantity) for line in order.lines)
            for each in order.discounts:
                most = 5_000 if each.given.approver_id or each.given.staff_id == "ravi" else 1_000
                assert each.given.most == most
                assert 0 < each.amount <= portion(full, most, BASIS)

    def waiting(self) -> dict[str, dict[str, Decimal]]:
        """What the till says is parked."""
        drafts = self.till.state.parking.parked
        return {each.id: {line.variant_id: line.quantity for line in each.cart.lines} for each in drafts}

    @invariant()
    def nothing_parked_is_lost_or_open_as_well(self) -> None:
        state, waiting = self.till.state, self.waiting()
        assert self.parked.items() <= waiting.items()
        drafts = [draft for draft in (state.found_draft, *state.more_drafts) if draft is not None]
        assert not waiting.keys() & {state.draft_id, *(draft.id for draft in drafts)}
        assert not any(draft.payments for draft in state.parking.parked)

    @invariant()
    def shifts_follow_each_other(self) -> None:
        """None without its beginning, none closed twice, and the journal says of each what the screen says."""
        ends = [body.happened for body in self.till.bodies() if isinstance(body, Shift)]
        assert [each.what for each in ends] == [("opened", "closed")[turn % 2] for turn in range(len(ends))]
        numbers = [each.number for each in ends if isinstance(each, Closed)]
        assert numbers == list(range(1, len(numbers) + 1))
        folded = all_shifts(self.till.state)
        assert all(shift.expected == shift.closed.expected for shift in folded if shift.closed)


TestBusyShop = BusyShop.TestCase
TestBusyShop.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBusyShop.__doc__ = "A cart put aside and a drawer full of cash have to survive whatever the shop's day brings."
