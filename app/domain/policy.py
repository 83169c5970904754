"""What a role may do at the till, as one table; what is not in it nobody may do."""

from enum import StrEnum

from app.domain.staff import Role, StaffMember


class Action(StrEnum):
    SELL = "sell"
    TURN_OFFLINE_ON = "turn_offline_on"
    TURN_OFFLINE_OFF = "turn_offline_off"
    CHOOSE_FOLDER = "choose_folder"
    SYNC = "sync"
    REPRINT = "reprint"
    EXPORT = "export"
    CHANGE_SETTINGS = "change_settings"
    """Settings of this register that outlast the shift, such as Auto-Sync."""
    OVERRIDE_STOCK = "override_stock"
    """Sell more than the last-synced stock says."""
    CONFIRM_CLOCK = "confirm_clock"
    """Sell under the date that a clock shows after it jumped."""
    EDIT_PRODUCT = "edit_product"
    """Change a product's name, price or count for everybody."""
    CORRECT_ORDER = "correct_order"
    """Correct what the law does not fix in an order that was made."""
    DISCARD_PARKED = "discard_parked"
    """Forget a sale that somebody else has parked."""
    MOVE_CASH = "move_cash"
    """Open and close a shift; put cash in, or take out what the settings allow."""
    RECOVER = "recover"
    """Bring the journal of a register that is lost, which takes that register out of service."""
    RESET_DATA = "reset_data"
    """Clear the local data while something waits to be sent, or somebody has parked a sale."""
    TRAIN = "train"
    """Turn training on, in which nothing is booked."""
    APPROVE_DISCOUNT = "approve_discount"
    """Let more be taken off by hand, or a price be changed further, than somebody may: up to one's own limit."""
    APPROVE_CASH_OUT = "approve_cash_out"
    """Let more cash be taken out than that."""
    EXCEED_LIMIT = "exceed_limit"
    """Put more on a house account than its limit."""
    APPROVE_CARD = "approve_card"
    """Let more be stored on a card than the settings allow, while nobody can be asked about it."""
    OPEN_DRAWER = "open_drawer"
    """Open the cash drawer without a sale; it is written down with a reason."""

    TAKE_BACK = "take_back"
    """Take goods back, for what the settings allow."""
    APPROVE_RETURN = "approve_return"
    """Let more be given back than that, or by another tender than the one that brought it."""
    VOID_SALE = "void_sale"
    """Take a whole sale back on its day."""


EVERYBODY = frozenset(Role)
MANAGERS = frozenset({Role.MANAGER})
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SELL: EVERYBODY,
    Action.TURN_OFFLINE_ON: EVERYBODY,
    Action.TURN_OFFLINE_OFF: EVERYBODY,
    Action.CHOOSE_FOLDER: EVERYBODY,
    Action.SYNC: EVERYBODY,
    Action.REPRINT: EVERYBODY,
    Action.EXPORT: EVERYBODY,
    Action.CHANGE_SETTINGS: EVERYBODY,
    Action.OVERRIDE_STOCK: MANAGERS,
    Action.CONFIRM_CLOCK: MANAGERS,
    Action.EDIT_PRODUCT: MANAGERS,
    Action.CORRECT_ORDER: MANAGERS,
    Action.DISCARD_PARKED: MANAGERS,
    Action.MOVE_CASH: EVERYBODY,
    Action.TRAIN: MANAGERS,
    Action.APPROVE_DISCOUNT: MANAGERS,
    Action.APPROVE_CASH_OUT: MANAGERS,
    Action.RECOVER: MANAGERS,
    Action.RESET_DATA: MANAGERS,
    Action.EXCEED_LIMIT: MANAGERS,
    Action.APPROVE_CARD: MANAGERS,
    Action.OPEN_DRAWER: EVERYBODY,
    Action.TAKE_BACK: EVERYBODY,
    Action.APPROVE_RETURN: MANAGERS,
    Action.VOID_SALE: MANAGERS,
}


def may(person: StaffMember | None, action: Action) -> bool:
    """Whether somebody may do something; nobody signed in, or no longer employed, may do nothing."""
    return person is not None and person.active and person.role in ALLOWED[action]
