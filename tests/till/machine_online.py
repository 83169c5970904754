"""The part of the machine that asks the OMS: payment links and delivery fees, answered well, badly, or not at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.payment import LinkState, PaymentLink
from app.till.flow import pruning
from app.till.state import Screen
from tests.till.online import given, link_for, quote_for, silence
from tests.till.till import Till
from tests.till.walks import AMOUNTS


def at(*screens: Screen) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Offer a rule only where it means something: else most walks would never reach a sale."""
    return precondition(lambda shop: shop.till.state.screen in screens)


class Online(RuleBasedStateMachine):
    """A shop whose till asks for what exists only online."""

    till: Till

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, PaymentLink] = {}
        """Payment links as the OMS knows them."""
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("app.till.recorder.EVERY", 3)  # most starts of a walk go on from a checkpoint
        self.patch.setattr(pruning, "KEPT", timedelta(days=9999))

    def teardown(self) -> None:
        self.till.close()
        self.patch.undo()

    @precondition(lambda self: self.till.device.disk.journal)
    @rule(start=st.booleans())
    def old_entries_go(self, start: bool) -> None:
        """The OMS takes in what waits, and it is old at once; then the courier drops the verdicts of what went."""
        self.till.is_judged()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pruning, "KEPT", timedelta(0))
            patch.setattr(pruning, "PAUSE", timedelta(0))
            self.till.hears()
        for gone in self.till.device.disk.removed.values():
            self.till.device.shelf.kept_verdicts.pop(gone.digest, None)
        self.till.hears("verdicts")
        if start:
            self.till.device.disk.faults, self.till.device.disk.unreadable = [], 0
            self.till.starts_again()

    @invariant()
    def what_went_lies_in_the_folder(self) -> None:
        gone = {each.line for each in self.till.device.disk.removed.values()}
        assert gone <= set(self.till.device.folder.files.values())

    @at(Screen.CHECKOUT)
    @rule(amount=st.sampled_from(AMOUNTS))
    def asks_for_a_link(self, amount: str) -> None:
        self.till.says("TenderChosen", tender_id="link")
        if amount:
            self.till.says("AmountTyped", value=amount)
        self.till.says("LinkWanted")

    @precondition(lambda self: self.till.asked())
    @rule(well=st.sampled_from([True, True, False]), status=st.sampled_from([*LinkState, LinkState.PAID]))
    def the_oms_answers(self, well: bool, status: LinkState) -> None:
        """What it says of a link does not change any more once it was paid."""
        path = self.till.asked()[0].path
        if not well:
            self.till.is_answered(silence())
        elif path == "/delivery/quote":
            self.till.is_answered(given(quote_for(self.till)))
        elif path == "/payments/links":
            link = link_for(self.till, id=f"link-{len(self.links)}")
            self.links[link.id] = link
            self.till.is_answered(given(link))
        elif path.startswith("/payments/links/"):
            link = self.links[path.split("/")[3]]
            if link.status is LinkState.PENDING:
                withdrawn = path.endswith("/cancel") and status is LinkState.PENDING
                after = LinkState.CANCELLED if withdrawn else status
                link = link.model_copy(update={"status": after, "reference": "SBX" if after is LinkState.PAID else ""})
                self.links[link.id] = link
            self.till.is_answered(given(link))
        else:
            self.till.is_answered(silence())
