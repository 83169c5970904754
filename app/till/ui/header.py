"""The header: where one is, which register this is, and the icons that say whether it is safe."""

from datetime import datetime

import htpy as h

from app.domain.staff import StaffMember
from app.sync.mode import Known, Mode, mode, turn_off, turn_on
from app.till.events.page import OfflineSwitched, ReadinessAsked, ScreenLocked, ScreenOpened, SignedOut, SyncListOpened
from app.till.risk import Risk
from app.till.state import CatalogueInfo, Screen
from app.till.ui.cards import at_risk
from app.till.ui.language import spoken, t
from app.till.ui.part import Part
from app.till.ui.parts import Attributes, click, icon, unseen
from app.till.ui.training import training_mark
from app.till.ui.words import age

IN_ORDERS = frozenset({Screen.ORDERS, Screen.ORDER, Screen.RETURN, Screen.CREDIT_NOTE})
PLACES = (
    (Screen.SELL, "Sell", "shopping-cart", frozenset({Screen.SELL, Screen.CHECKOUT, Screen.SAVED})),
    (Screen.ORDERS, "Orders", "receipt-text", IN_ORDERS),
    (Screen.CUSTOMERS, "Customers", "users", frozenset({Screen.CUSTOMERS, Screen.CUSTOMER})),
    (Screen.SHIFT, "Shift", "banknote", frozenset({Screen.SHIFT})),
    (Screen.SETTINGS, "Settings", "settings", frozenset({Screen.SETTINGS})),
    (Screen.STATUS, "Status", "activity", frozenset({Screen.STATUS})),
)
"""From every other screen nothing can be gone to."""


def header(
    *,
    place: Screen | None,
    store: str,
    register: str,
    user: StaffMember | None,
    known: Known,
    popup: bool,
    synced: datetime | None,
    catalogue: CatalogueInfo | None,
    now: datetime | None,
    risk: Risk,
    training: bool = False,
) -> h.Element:
    """The bar on top, and under it the line that a banner covers."""
    inside = user is not None and place is not None
    return h.header("#header", lang=spoken(), data_inside=inside, data_training=training)[
        h.div(".bar", data_risk=inside and bool(risk.amount))[
            h.span(".brand")[icon("store"), h.span(".brand-name")["Store OS"]],
            _nav(place) if inside else None,
            _who(store, register, user.name if user and inside else "", training=training and inside),
            at_risk(risk) if inside else None,
            states(known=known, popup=popup) if inside else None,
            _corner() if inside else None,
        ],
        strip(synced=synced, catalogue=catalogue, now=now) if inside else None,
    ]


def _who(store: str, register: str, person: str, *, training: bool) -> h.Element:
    return h.span(".who")[
        training_mark() if training else None,
        h.span(".where")[store] if store else None,
        h.span(".here")[
            h.span(".register")[register] if register else None,
            h.span(".person")[person] if person else None,
        ],
    ]


def place_of(screen: Screen) -> Screen | None:
    """Where one is, as the navigation has it; None where nothing can be gone to."""
    return next((place for place, _, _, within in PLACES if screen in within), None)


def _nav(here: Screen | None) -> h.Element:
    return h.nav(".nav", aria_label="Store OS")[
        [
            h.a(
                click(ScreenOpened, screen=place),
                id=f"nav-{place}",
                href="#main",
                aria_current="page" if place is here else None,
            )[icon(name), h.span[t(title)]]
            for place, title, name, _ in PLACES
        ]
    ]


def states(*, known: Known, popup: bool) -> h.Element:
    """Whether it is safe, as icons."""
    saved = t("Saved on this device: {count}", count=known.pending)
    return h.div("#states.states")[
        h.span(
            "#saved-here.saved-here", role="status", title=t("Sales that only this device has until they are synced")
        )[icon("hard-drive"), h.span[saved]],
        _cloud(known, popup) if known.feature else None,
        _line(known) if known.feature else None,
        _sync(known),
    ]


def _cloud(known: Known, popup: bool) -> h.Element:
    title = t("Offline ready") if known.lasts else t("Preparing for offline")
    return _state_button(
        click(ReadinessAsked),
        id_="offline-ready",
        title=title,
        name="cloud-check" if known.lasts else "cloud-download",
        tone="blue" if known.lasts else "",
        pressed=popup,
    )


def _line(known: Known) -> h.Element:
    offline = mode(known) in {Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND}
    reason = (turn_off(known) if known.manual else turn_on(known)).reason
    return _state_button(
        click(OfflineSwitched),
        id_="line",
        title=t("Offline") if offline else t("Online"),
        hint=reason,
        name="wifi-off" if offline else "wifi",
        tone="red" if offline else "",
    )


def _sync(known: Known) -> h.Element:
    button = _state_button(
        click(SyncListOpened),
        id_="sync-to-server",
        title=t("Sync to Server"),
        name="cloud-upload",
        tone="red" if known.pending else "",
    )
    return button[icon("cloud-upload"), unseen(t("Sync to Server")), h.span(".badge.num")[str(known.pending)]]


def _state_button(
    sends: Attributes, *, id_: str, title: str, name: str, tone: str, hint: str = "", pressed: bool | None = None
) -> h.Element:
    expanded = None if pressed is None else str(pressed).lower()
    return h.button(
        sends,
        id=id_,
        type="button",
        class_=["state", tone],
        title=f"{title}. {t(hint)}" if hint else title,
        aria_expanded=expanded,
        aria_disabled="true" if hint else None,
    )[icon(name), unseen(title)]


def _corner() -> list[h.Element]:
    return [
        h.button("#keys-button.state.keys-button", type="button", popovertarget="keys", data_key="?", title=t("Keys"))[
            icon("keyboard"), unseen(t("Keys"))
        ],
        h.button("#lock-screen.state", click(ScreenLocked), type="button", title=t("Lock"))[
            icon("lock"), unseen(t("Lock"))
        ],
        h.button("#sign-out.state", click(SignedOut), type="button", title=t("Sign out"))[
            icon("log-out"), unseen(t("Sign out"))
        ],
    ]


def strip(*, synced: datetime | None, catalogue: CatalogueInfo | None, now: datetime | None) -> h.Element:
    """What one wants to know while nothing is wrong."""
    if catalogue is None:
        return h.p("#strip.strip")[icon("cloud-download"), h.span[t("The catalogue is being loaded.")]]
    return h.p("#strip.strip")[
        icon("circle-check"),
        h.span[t("Synced {age}", age=age(synced, now))],
        h.span(".num")[t("{products:,} products", products=catalogue.products)],
    ]


PARTS = (
    Part("states", states, frozenset({"known", "popup"})),
    Part("strip", strip, frozenset({"synced", "catalogue", "now"})),
)
"""A sale changes only these."""
