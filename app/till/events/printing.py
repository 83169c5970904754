"""What people do about paper, the drawer, and the POS settings of this register."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class InvoicePrinted(Event):
    """ "Print invoice": a second time it is a reprint, and says so."""

    at: datetime
    fresh: str
    order_id: str
    by: str = ""
    """ "page" where the browser has printed it already."""


@dataclass(frozen=True, slots=True)
class OrderPrinted(Event):
    """ "Print" in the list of orders."""

    at: datetime
    fresh: str
    order_id: str


@dataclass(frozen=True, slots=True)
class ReportPrinted(Event):
    """ "Print report", where a receipt printer prints it; a report is no original, so none is counted."""

    shift_id: str


@dataclass(frozen=True, slots=True)
class DrawerAsked(Event):
    """ "Open drawer", with a reason; `fresh` becomes the id of its entry."""

    at: datetime
    fresh: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrinterPicked(Event):
    """The browser granted a receipt printer."""


@dataclass(frozen=True, slots=True)
class PrinterRefused(Event):
    """It granted none; `why` is what it said."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class PrinterForgotten(Event):
    """Print with the browser again."""


@dataclass(frozen=True, slots=True)
class PrinterTried(Event):
    """ "Print a test"."""


@dataclass(frozen=True, slots=True)
class PreferenceChosen(Event):
    """One of the POS settings was chosen, by its name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TenderOffered(Event):
    """A payment method is offered at this register, or not any more."""

    tender_id: str
    value: str


@dataclass(frozen=True, slots=True)
class TenderMoved(Event):
    """A payment method goes up or down in the order of this register."""

    tender_id: str
    by: int


@dataclass(frozen=True, slots=True)
class QuickTyped(Event):
    """A product is looked for that is to have a quick button."""

    value: str


@dataclass(frozen=True, slots=True)
class QuickAdded(Event):
    """It gets one."""

    product_id: str


@dataclass(frozen=True, slots=True)
class QuickRemoved(Event):
    """Its quick button goes away."""

    product_id: str


@dataclass(frozen=True, slots=True)
class QuickMoved(Event):
    """Its quick button goes up or down."""

    product_id: str
    by: int
