"""What the open sale supplies: its goods and what is charged beside them, where they go, and so whose tax it is."""

from app.domain.cart import Cart
from app.domain.delivery import Arrangement, charged
from app.domain.order import Fulfilment
from app.till.state import State


def delivery(state: State) -> Arrangement | None:
    """What is agreed about the delivery of the open sale; None where the customer takes the goods along."""
    checkout = state.checkout
    return checkout.delivery if checkout is not None and checkout.fulfilment is Fulfilment.DELIVERY else None


def with_charges(state: State) -> Cart:
    """The cart, and what is charged beside its goods."""
    arrangement = delivery(state)
    return charged(state.cart, arrangement.quote) if arrangement is not None else state.cart


def place_of_supply(state: State) -> str:
    """The State whose tax it is (IGST Act s.10(1)): where the goods are brought to (a), else that of the customer's
    recorded address, else the seller's (ca)."""
    settings, arrangement = state.people.settings, delivery(state)
    if arrangement is not None and arrangement.address.state_code:
        return arrangement.address.state_code
    customer = state.checkout.customer if state.checkout else None
    return (customer.state_code if customer else "") or (settings.seller.state_code if settings else "")


def inter_state(state: State) -> bool:
    settings = state.people.settings
    return settings is not None and place_of_supply(state) != settings.seller.state_code
