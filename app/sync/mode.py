"""How the register sells right now: one total function of what is known, and what follows from each mode.

Nobody asks "are we offline?" on their own: they ask for the mode, and for what is possible in it.
What people read about it stands in banner.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.sync.protocol import Dataset
from app.sync.room import Room
from app.sync.status import FolderState, Link

FOLDER = "folder"
"""What `missing` calls the folder that was never chosen."""
NEEDED_ONLINE = frozenset({Dataset.PRODUCTS, Dataset.RATES, Dataset.TENDERS, Dataset.STAFF, Dataset.SETTINGS})
"""Without these nothing can be sold at all; the rest is needed to be safe in an outage."""
WORDS = {
    Dataset.PRODUCTS: "catalogue",
    Dataset.STOCK: "inventory",
    Dataset.RATES: "taxes",
    Dataset.TENDERS: "payment modes",
    Dataset.STAFF: "staff",
    Dataset.CUSTOMERS: "customers",
    Dataset.SETTINGS: "settings",
    Dataset.PROMOTIONS: "promotions",
    Dataset.EXTENSIONS: "extras",
    Dataset.VOUCHERS: "vouchers",
    Dataset.ACCOUNTS: "house accounts",
    FOLDER: "a folder for offline sales",
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that the mode and its banner depend on."""

    feature: bool
    """"Allow Offline Mode" in the back office."""
    auto_detect: bool
    """"Allow Auto-Detect Online-Offline" in the back office."""
    manual: bool
    """The associate has switched Offline Mode on."""
    link: Link
    missing: tuple[str, ...]
    """Data sets that are not there yet, and FOLDER where none was ever chosen; nothing missing is ready."""
    pending: int = 0
    """Sales without a verdict."""
    beside: int = 0
    """All else without one: what came back, cash, shifts, corrections."""
    sending: int = 0
    """Sales that are being sent now."""
    just_synced: bool = False
    folder: FolderState = FolderState.OK
    failed: int = 0
    """Sales that the OMS refused and nobody has looked at."""
    clock_wrong: bool = False
    room: Room = Room.ENOUGH
    copied: bool = False
    """This browser's data is a copy of a register that went on elsewhere."""
    app_kept: bool = True
    """The browser keeps the app itself, so that the register also starts without a network."""
    torn: bool = False
    """The OMS has entries of this register that are gone from this browser, from behind what is the end here."""

    @property
    def ready(self) -> bool:
        return not self.missing

    @property
    def lasts(self) -> bool:
        """Whether selling goes on without a network, also after the page was closed."""
        return self.ready and self.app_kept

    @property
    def up(self) -> bool:
        return self.link is Link.UP

    @property
    def down(self) -> bool:
        return self.link in {Link.NO_SERVER, Link.NO_NETWORK}


class Mode(StrEnum):
    ONLINE = "online"
    CHECKING = "checking"
    """The register has just started and has not heard from the OMS: it sells as if offline, without alarm."""
    OFFLINE_AUTO = "offline_auto"
    OFFLINE_BY_HAND = "offline_by_hand"
    ANNOUNCED = "announced"
    """An outage without auto-detect: the associate has to switch."""
    PREPARING = "preparing"
    """What selling needs is still being loaded; or the line is not known yet, and not all is here for an outage."""
    NOT_READY = "not_ready"
    """An outage before everything was there."""
    NOT_ALLOWED = "not_allowed"
    """An outage on a register without Offline Mode."""
    REVOKED = "revoked"
    COPIED = "copied"
    """A copy of a register: every number that it gave would come twice."""
    TORN = "torn"
    """The end of the journal is gone from the browser: its numbers would come twice, until the folder gives it back."""

    @property
    def offline(self) -> bool:
        """Whether a sale made now is an offline sale: its invoice says so, and it belongs to a session."""
        return self in {Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND, Mode.CHECKING}


def mode(known: Known) -> Mode:
    """Decide how the register sells; total, and the order of the questions is the rule."""
    if known.link is Link.REVOKED:
        return Mode.REVOKED
    if known.copied:
        return Mode.COPIED
    if known.torn:
        return Mode.TORN
    if known.manual and known.feature and known.ready:
        return Mode.OFFLINE_BY_HAND
    if known.up:
        return Mode.PREPARING if NEEDED_ONLINE & set(known.missing) else Mode.ONLINE
    if known.link is Link.UNKNOWN:
        return Mode.CHECKING if known.feature and known.ready else Mode.PREPARING
    if not known.feature:
        return Mode.NOT_ALLOWED
    if not known.ready:
        return Mode.NOT_READY
    return Mode.OFFLINE_AUTO if known.auto_detect else Mode.ANNOUNCED


@dataclass(frozen=True, slots=True)
class Ability:
    """Allowed, or the reason why not, in words for the cashier."""

    reason: str = ""

    @property
    def allowed(self) -> bool:
        return not self.reason


YES = Ability()


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be done in a mode; all but `sell` needs the OMS (S10, S12, S16)."""

    sell: Ability
    delivery: Ability = YES
    promotions: Ability = YES
    coupons: Ability = YES
    product_updates: Ability = YES
    extensions: Ability = YES
    online_payment: Ability = YES
    live_stock: Ability = YES
    customer_scan: Ability = YES
    office: Ability = YES
    """Leaving for the back office: its pages are the server's (T2)."""
    sync: Ability = YES


COPY = "This is a copy of a register that went on elsewhere. Nothing can be sold here; what was saved is safe."
_NO_SALE = {
    Mode.ANNOUNCED: "Internet is not connected. Turn on Offline Mode to continue billing.",
    Mode.PREPARING: "The register is still getting ready. Billing starts by itself.",
    Mode.NOT_READY: "Internet is not connected, and this register was not ready yet. Billing has to wait.",
    Mode.NOT_ALLOWED: "Internet is not connected, and Offline Mode is not allowed here. Billing has to wait.",
    Mode.REVOKED: "This register was taken out of service. Ask the back office to enrol it again.",
    Mode.COPIED: f"{COPY} Set this browser up anew under Status.",
    Mode.TORN: (
        "The newest entries are gone from this browser, so nothing can be sold here: their numbers would be "
        "given again. The store’s server has them. Allow the folder again, or set this browser up anew."
    ),
}
_NO_SERVER = {
    Mode.CHECKING: "The connection is being checked. This comes back by itself when the register is online.",
    Mode.OFFLINE_BY_HAND: "Not available in Offline Mode. Turn it off to use this.",
}
_NO_INTERNET = "Not available while the internet is not connected. It comes back by itself."


def abilities(now: Mode) -> Abilities:
    """What can be done in a mode, and why the rest cannot."""
    if now is Mode.ONLINE:
        return Abilities(sell=YES)
    no = Ability(_NO_SALE.get(now) or _NO_SERVER.get(now, _NO_INTERNET))
    return Abilities(
        sell=no if now in _NO_SALE else YES,
        delivery=no,
        promotions=no,
        coupons=no,
        product_updates=no,
        extensions=no,
        online_payment=no,
        live_stock=no,
        customer_scan=no,
        office=no,
        # What is being loaded is no obstacle for what waits to be sent; and what was sold was paid for.
        sync=YES if now in {Mode.PREPARING, Mode.COPIED, Mode.TORN} else no,
    )


def is_over(sentence: str, now: Mode) -> bool:
    """Whether a sentence says why nothing can be sold in another mode than this: it was said a moment before."""
    return sentence in _NO_SALE.values() and sentence != _NO_SALE.get(now)


def turn_on(known: Known) -> Ability:
    """Whether Offline Mode can be switched on by hand; before everything is there it says what is missing (S3)."""
    if not known.feature:
        return Ability("Offline Mode is not allowed for this register. The back office can allow it.")
    if (now := mode(known)) in {Mode.REVOKED, Mode.COPIED, Mode.TORN}:
        return Ability(_NO_SALE[now])
    if known.ready:
        return YES
    return Ability(f"Offline Mode can be turned on when nothing is missing any more: {listed(known.missing)}.")


def turn_off(known: Known) -> Ability:
    """Whether Offline Mode can be switched off by hand: only while the internet is available (S7)."""
    return YES if known.up else Ability("Offline Mode can be turned off when the internet is back.")


def listed(missing: Sequence[str]) -> str:
    """Name what is missing as the cashier would."""
    return ", ".join(WORDS.get(name, name) for name in missing)
