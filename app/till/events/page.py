"""What people do: the names that `data-event` carries in the HTML.

Fields `at` (UTC) and `fresh` (a new id) are stamped at the door, the others come from the element.
"""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event
from app.till.state import Screen


@dataclass(frozen=True, slots=True)
class ScreenOpened(Event):
    screen: Screen


@dataclass(frozen=True, slots=True)
class CodeGiven(Event):
    """An enrolment code was typed."""

    code: str


@dataclass(frozen=True, slots=True)
class StaffChosen(Event):
    staff_id: str


@dataclass(frozen=True, slots=True)
class PinGiven(Event):
    at: datetime
    pin: str


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    """The open sale waits for whoever signs in next; `fresh` becomes the id of another draft."""

    fresh: str


@dataclass(frozen=True, slots=True)
class SearchTyped(Event):
    value: str


@dataclass(frozen=True, slots=True)
class SearchEntered(Event):
    """Enter in the search box: a code, or the only hit."""

    value: str


@dataclass(frozen=True, slots=True)
class CategoryChosen(Event):
    category: str


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    code: str


@dataclass(frozen=True, slots=True)
class ProductPicked(Event):
    product_id: str


@dataclass(frozen=True, slots=True)
class VariantPicked(Event):
    variant_id: str


@dataclass(frozen=True, slots=True)
class WeightTyped(Event):
    value: str


@dataclass(frozen=True, slots=True)
class ChoiceConfirmed(Event):
    pass


@dataclass(frozen=True, slots=True)
class DialogClosed(Event):
    """Any dialog was left: by its button, by Esc, or by a click beside it."""


@dataclass(frozen=True, slots=True)
class QuantityTyped(Event):
    line: int
    value: str


@dataclass(frozen=True, slots=True)
class LineRemoved(Event):
    line: int


@dataclass(frozen=True, slots=True)
class OverrideGiven(Event):
    """A manager's PIN, to sell more than the stock says."""

    at: datetime
    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True)
class ClockConfirmed(Event):
    """A manager's PIN, to sell under the date that the device shows."""

    at: datetime
    fresh: str
    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True)
class CartToggled(Event):
    pass


@dataclass(frozen=True, slots=True)
class CartEmptied(Event):
    pass


@dataclass(frozen=True, slots=True)
class CheckoutOpened(Event):
    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class CheckoutLeft(Event):
    pass


@dataclass(frozen=True, slots=True)
class TenderChosen(Event):
    tender_id: str


@dataclass(frozen=True, slots=True)
class AmountTyped(Event):
    value: str


@dataclass(frozen=True, slots=True)
class ReferenceTyped(Event):
    value: str


@dataclass(frozen=True, slots=True)
class FulfilmentChosen(Event):
    value: str


@dataclass(frozen=True, slots=True)
class EmployeeChosen(Event):
    value: str


@dataclass(frozen=True, slots=True)
class NotesTyped(Event):
    value: str


@dataclass(frozen=True, slots=True)
class CustomerAsked(Event):
    pass


@dataclass(frozen=True, slots=True)
class CustomerSaved(Event):
    fresh: str
    name: str
    phone: str = ""
    gstin: str = ""
    state_code: str = ""


@dataclass(frozen=True, slots=True)
class PaymentTaken(Event):
    """Part of the sum was paid: "Add payment"."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class PaymentReturned(Event):
    """A payment of the open sale was given back."""

    payment_id: str


@dataclass(frozen=True, slots=True)
class SaleCompleted(Event):
    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class SaleLeft(Event):
    """"New sale": the invoice was looked at."""


@dataclass(frozen=True, slots=True)
class DraftResumed(Event):
    pass


@dataclass(frozen=True, slots=True)
class DraftDiscarded(Event):
    pass


@dataclass(frozen=True, slots=True)
class OrderOpened(Event):
    order_id: str


@dataclass(frozen=True, slots=True)
class OrdersFiltered(Event):
    value: str


@dataclass(frozen=True, slots=True)
class InvoicePrinted(Event):
    """The paper went out; a second time it is a reprint, and says so."""

    at: datetime
    fresh: str
    order_id: str


@dataclass(frozen=True, slots=True)
class OfflineSwitched(Event):
    """The switch "Offline Mode", or the icon P2."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class OfflineTurnedOff(Event):
    """"Turn Off" in the banner."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class AutoSyncSwitched(Event):
    pass


@dataclass(frozen=True, slots=True)
class SyncAsked(Event):
    pass


@dataclass(frozen=True, slots=True)
class ReadinessAsked(Event):
    """The blue cloud was clicked."""


@dataclass(frozen=True, slots=True)
class FolderPicked(Event):
    """The page has put a handle into its store; or permission was granted again."""


@dataclass(frozen=True, slots=True)
class FolderRefused(Event):
    why: str = ""


@dataclass(frozen=True, slots=True)
class ToastFaded(Event):
    pass


@dataclass(frozen=True, slots=True)
class TroubleSeen(Event):
    """The sentence was read."""
