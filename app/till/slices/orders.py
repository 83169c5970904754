"""Looking back at orders: what the list is narrowed to, and the correction that is being made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.amendment import Correction


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What the list of orders is narrowed to; what is empty does not narrow."""

    text: str = ""
    """Words of number, customer, phone, item or SKU, as typed."""
    state: str = ""
    made: str = ""
    """ "offline" or "online"."""
    since: str = ""
    """Days of the store, as the browser writes them: 2026-11-21."""
    until: str = ""
    employee: str = ""
    tender: str = ""
    goods: frozenset[str] = frozenset()
    """Variants whose item number, SKU or barcode the text is; looked up in the catalogue, not chosen."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """The dialog in which an order is corrected."""

    order_id: str
    edits: tuple[Correction, ...] = ()
    """What was typed so far, one for each field that differs."""
    staff_id: str = ""
    """Whose PIN will be given; empty stands for the first manager."""
    reason: str = ""
    """Why, as it was given with the PIN that is being checked."""
    entry_id: str = ""
    checking: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LookingBack:
    filter: OrderFilter = OrderFilter()
    filters_open: bool = False
    """On a phone the filters are folded away."""
    correcting: Correcting | None = None
    again: Mapping[str, str] = field(default_factory=dict)
    """Entries to be sent once more: by digest the id of the asking, so that each asking counts once."""
