"""Training mode: sales are made as always, bear numbers of their own series, and are booked nowhere.

What would be real all the same is not listened to: cash, customers, corrections, links on a customer's phone.
"""

from app.domain.policy import Action, may
from app.till.effects import KeepLocal
from app.till.events import (
    CashApproved,
    CashTouched,
    ClashSettled,
    CorrectionGiven,
    CountConfirmed,
    CouponApplied,
    CustomerSaved,
    DrawerAsked,
    Event,
    FeeAsked,
    LinkWanted,
    ParkedDiscarded,
    ParkedResumed,
    ProductSaved,
    SaleParked,
    ShiftBegun,
    TrainingSwitched,
)
from app.till.flow.local import OFF, ON, TRAINING
from app.till.flow.step import Handlers, Step, replace, troubled
from app.till.state import State

REAL = frozenset(
    {
        *(ShiftBegun, CashTouched, CashApproved, CountConfirmed),
        *(CustomerSaved, ClashSettled, CorrectionGiven, ProductSaved),
        *(CouponApplied, LinkWanted, FeeAsked),
        *(SaleParked, ParkedResumed, ParkedDiscarded),
        DrawerAsked,
    }
)
"""What a person can ask for that would not be practice: it reaches the drawer, the books, or a customer."""
NOT_IN_TRAINING = (
    "This is not part of training, because it would be real. Nothing was changed. Turn training off first."
)
OPEN_SALE = "A sale is open. Nothing was changed. Finish it or empty the cart, then switch training."
MANAGER = "Only a manager turns training on. Nothing was changed. Ask one to sign in."


def heard(state: State, event: Event) -> bool:
    """Whether an event may do anything: in training nothing real happens."""
    return not (state.training and type(event) in REAL)


def not_heard(state: State) -> Step:
    """Say why nothing happened."""
    return troubled(state, NOT_IN_TRAINING)


def training_switched(state: State, _: TrainingSwitched) -> Step:
    """On by a manager, off by anybody; never in the middle of a sale, which is either practice or real."""
    user = state.sign_in.user
    if user is None:
        return Step(state)
    if state.cart.lines or state.checkout is not None or state.exchange is not None:
        return troubled(state, OPEN_SALE)
    if not state.training and not may(user, Action.TRAIN):
        return troubled(state, MANAGER)
    return Step(replace(state, training=not state.training), (KeepLocal(TRAINING, OFF if state.training else ON),))


HANDLERS: Handlers = {TrainingSwitched: training_switched}
