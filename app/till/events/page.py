"""What people do: the names that `data-event` carries in the HTML.

Fields `at` (UTC) and `fresh` (a new id) are stamped at the door, the others come from the element.
"""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.bargain import *  # noqa: F403
from app.till.events.base import Event
from app.till.events.cards import *  # noqa: F403
from app.till.events.checkout import *  # noqa: F403
from app.till.events.coupon import *  # noqa: F403
from app.till.events.customers import *  # noqa: F403
from app.till.events.extras import *  # noqa: F403
from app.till.events.language import *  # noqa: F403
from app.till.events.locking import *  # noqa: F403
from app.till.events.news import *  # noqa: F403
from app.till.events.online import *  # noqa: F403
from app.till.events.orders import *  # noqa: F403
from app.till.events.parking import *  # noqa: F403
from app.till.events.printing import *  # noqa: F403
from app.till.events.recovering import *  # noqa: F403
from app.till.events.returning import *  # noqa: F403
from app.till.events.sessions import *  # noqa: F403
from app.till.events.shift import *  # noqa: F403
from app.till.events.syncing import *  # noqa: F403
from app.till.events.training import *  # noqa: F403
from app.till.events.upkeep import *  # noqa: F403
from app.till.state import Screen


@dataclass(frozen=True, slots=True)
class ScreenOpened(Event):
    """The navigation was used."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class CodeGiven(Event):
    """An enrolment code was typed."""

    code: str


@dataclass(frozen=True, slots=True)
class StaffChosen(Event):
    """A name was touched at sign-in."""

    staff_id: str


@dataclass(frozen=True, slots=True)
class PinGiven(Event):
    """A PIN was entered for the chosen name."""

    at: datetime
    pin: str


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    """The open sale waits for whoever signs in next; `fresh` becomes the id of another draft."""

    fresh: str


@dataclass(frozen=True, slots=True)
class SearchTyped(Event):
    """Each keystroke in the search box."""

    value: str


@dataclass(frozen=True, slots=True)
class SearchEntered(Event):
    """Enter in the search box: a code, or the only hit."""

    value: str


@dataclass(frozen=True, slots=True)
class CategoryChosen(Event):
    """A category was chosen; empty means all."""

    category: str


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    """The scanner read a code, whatever had the focus; `fresh` becomes the id of a question, if it takes one."""

    code: str
    fresh: str


@dataclass(frozen=True, slots=True)
class ProductPicked(Event):
    """A tile was touched."""

    product_id: str


@dataclass(frozen=True, slots=True)
class VariantPicked(Event):
    """A size or colour was chosen in the dialog."""

    variant_id: str


@dataclass(frozen=True, slots=True)
class WeightTyped(Event):
    """A weight was typed in the dialog, in kilograms."""

    value: str


@dataclass(frozen=True, slots=True)
class ChoiceConfirmed(Event):
    """ "Add to cart" in the dialog."""


@dataclass(frozen=True, slots=True)
class DialogClosed(Event):
    """Any dialog was left: by its button, by Esc, or by a click beside it."""


@dataclass(frozen=True, slots=True)
class QuantityTyped(Event):
    """The quantity of a line of the cart was changed."""

    line: int
    value: str


@dataclass(frozen=True, slots=True)
class LineRemoved(Event):
    """A line was taken out of the cart."""

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
    """On a phone: the cart was opened or closed."""


@dataclass(frozen=True, slots=True)
class CartEmptied(Event):
    """The whole cart was emptied."""


@dataclass(frozen=True, slots=True)
class OfflineSwitched(Event):
    """The switch "Offline Mode", or the icon P2."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class OfflineTurnedOff(Event):
    """ "Turn Off" in the banner."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class AutoSyncSwitched(Event):
    """The switch "Auto-Sync"."""


@dataclass(frozen=True, slots=True)
class SyncAsked(Event):
    """ "Sync now"."""


@dataclass(frozen=True, slots=True)
class ReadinessAsked(Event):
    """The blue cloud was clicked."""


@dataclass(frozen=True, slots=True)
class FolderPicked(Event):
    """The page has put a handle into its store; or permission was granted again."""


@dataclass(frozen=True, slots=True)
class FolderRefused(Event):
    """No folder was granted; `why` is what the browser said."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class TroubleSeen(Event):
    """The sentence was read."""
