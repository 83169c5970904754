"""What people do with customers: find, write down, correct, decide; on their screen and at checkout."""

from dataclasses import dataclass

from app.domain.customer import Field
from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class CustomersSearched(Event):
    """Each keystroke in the search box of the screen, or of the dialog."""

    value: str


@dataclass(frozen=True, slots=True)
class CustomersEntered(Event):
    """Enter in that box: the only hit is meant."""

    value: str


@dataclass(frozen=True, slots=True)
class CustomerOpened(Event):
    """A customer of the list: opened on the screen, put on the sale in the dialog."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class CustomerAdded(Event):
    """ "New customer"."""


@dataclass(frozen=True, slots=True)
class CustomerAsked(Event):
    """The customer dialog was opened."""


@dataclass(frozen=True, slots=True)
class CustomerSaved(Event):
    """ "Save" in the dialog or on a customer's page; `fresh` becomes the id of the entry, and of a new customer.

    What a form does not ask for is None, and stays as it is.
    """

    fresh: str
    name: str
    phone: str = ""
    gstin: str = ""
    state_code: str = ""
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerRemoved(Event):
    """ "Remove customer": the sale is nobody's in particular again."""


@dataclass(frozen=True, slots=True)
class ClashSettled(Event):
    """A field was changed here and in the back office: somebody chose one of the two."""

    fresh: str
    detail: Field
    ours: bool


@dataclass(frozen=True, slots=True)
class CameraRefused(Event):
    """Nothing was read; `why` is what the browser said."""

    why: str = ""
