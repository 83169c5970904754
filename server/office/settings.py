"""Settings: features of the store, what associates may do at each register, and what invoices say of the seller."""

from collections.abc import Mapping, Sequence

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.gstin import wrong_gstin
from app.domain.settings import Channel, Seller, Settings
from app.domain.states import STATES
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import WithAsked
from server.office.people import Role
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.records import put, read_all
from server.oms.tables import Register

router = APIRouter()
OFFLINE, DETECT = "Allow Offline Mode", "Allow Auto-Detect Online-Offline"
POS = ("settings", "channels", "pos")
PRICING = ("settings", "pricing")
RETURNS = ("settings", "returns")
CASH = ("settings", "cash")
TABS = (
    (("settings",), "Features"),
    (POS, "Channels"),
    (PRICING, "Pricing"),
    (RETURNS, "Returns"),
    (CASH, "Cash"),
    (("settings", "store"), "Store"),
    (("settings", "cards"), "Cards"),
)
STATE_NAMES = tuple((code, f"{code} – {name}") for code, name in STATES.items())
DETECT_WHY = "Off: an outage is announced, and the associate turns Offline Mode on by hand."
OFFLINE_WHY = "Off: while the internet is away, billing has to wait."
SELLER = ("name", "legal_name", "address", "gstin", "state_code", "phone")
TEXTS = ("upi_vpa", "upi_name", "receipt_footer")


@router.get("/settings")
def features(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show the features of the store."""
    with oms.database.read() as session:
        there = the_settings(session)
    why = f"The same switch as “{OFFLINE}” in Channels → POS. {OFFLINE_WHY}"
    content = parts.form(
        visit,
        to("settings"),
        parts.tick("offline", "Enable POS Offline Mode", on=there.offline_mode, why=why),
        save_button(visit),
    )
    return settings_page(visit, TABS[0][0], "Features", parts.card("Features", content), said=wanted["said"])


@router.post("/settings")
def change_features(oms: WithOms, form: WithForm) -> Response:
    """Switch features."""
    with oms.database.write() as session:
        there = the_settings(session)
        put_settings(session, form, there, there.model_copy(update={"offline_mode": form.ticked("offline")}))
    return leads("settings", said="saved")


@router.get("/settings/channels/pos")
def channel(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show what associates may do, in the store and at each register."""
    with oms.database.read() as session:
        there, names = the_settings(session), _registers(session)
    every = h.fieldset(".stack.tight")[
        h.legend["Every register"],
        parts.tick("offline", OFFLINE, on=there.offline_mode, why=OFFLINE_WHY),
        parts.tick("detect", DETECT, on=there.auto_detect, why=DETECT_WHY),
    ]
    own = [_register(there, name) for name in names]
    form = parts.form(visit, to(*POS), every, h.div(".columns")[own], save_button(visit))
    way = h.nav(aria_label="Breadcrumb")[h.p(".quiet")["Settings › Channels › POS › Configuration"]]
    tab = h.div(".tabs", role="group", aria_label="Configuration")[h.strong["Sales Associate Controls"]]
    words = "A register may do what the store and its own switches allow. It has a change within a minute."
    content = h.section(".card.stack")[way, h.h2["Configuration"], tab, h.p(".quiet")[words], form]
    return settings_page(visit, POS, "POS", content, said=wanted["said"])


@router.post("/settings/channels/pos")
def change_channel(oms: WithOms, form: WithForm) -> Response:
    """Change what associates may do."""
    with oms.database.write() as session:
        there, names = the_settings(session), _registers(session)
        switches = (
            Channel(
                register=name, offline_mode=form.ticked(f"offline-{name}"), auto_detect=form.ticked(f"detect-{name}")
            )
            for name in names
            if form.ticked(f"known-{name}")  # one that was enrolled after the page was drawn keeps what it has
        )
        own = {each.register: each for each in (*there.channels, *switches)}
        less = tuple(each for _, each in sorted(own.items()) if not (each.offline_mode and each.auto_detect))
        update = {"offline_mode": form.ticked("offline"), "auto_detect": form.ticked("detect"), "channels": less}
        put_settings(session, form, there, there.model_copy(update=update))
    return leads(*POS, said="saved")


@router.get("/settings/store")
def store(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show what invoices say of the seller."""
    with oms.database.read() as session:
        there = the_settings(session)
    return _store(visit, _texts(there), said=wanted["said"])


@router.post("/settings/store")
def change_store(oms: WithOms, form: WithForm) -> Response:
    """Change what invoices say of the seller, from the next one on."""
    gstin = form["gstin"].upper()
    why = wrong_gstin(gstin) if gstin else ""
    if not form["name"] or not form["address"] or form["state_code"] not in STATES:
        why = "An invoice needs the store’s name, its address and its State."
    if why:
        return _store(form.visit, {name: form[name] for name in (*SELLER, *TEXTS)}, why)
    with oms.database.write() as session:
        there = the_settings(session)
        seller = Seller(**{name: form[name] for name in SELLER} | {"gstin": gstin})
        update = {"seller": seller, **{name: form[name] for name in TEXTS}}
        put_settings(session, form, there, there.model_copy(update=update))
    return leads("settings", "store", said="saved")


def the_settings(session: Session) -> Settings:
    return read_all(session, Dataset.SETTINGS, Settings)[0]


def _registers(session: Session) -> Sequence[str]:
    live = select(Register.id).where(Register.revoked_at.is_(None))
    return session.scalars(live.order_by(Register.enrolled_at, Register.id)).all()


def put_settings(session: Session, form: Form, before: Settings, after: Settings) -> None:
    if put(session, Dataset.SETTINGS, {after.store: after}):
        audit.note(session, form.visit.name, "settings", f"settings/{after.store}", before, after)


def _register(there: Settings, name: str) -> h.Element:
    own = next((each for each in there.channels if each.register == name), Channel(register=name))
    return h.fieldset(".stack.tight")[
        h.legend[f"Register {name}"],
        h.input(type="hidden", name=f"known-{name}", value="on"),
        parts.tick(f"offline-{name}", OFFLINE, on=own.offline_mode),
        parts.tick(f"detect-{name}", DETECT, on=own.auto_detect),
    ]


def _texts(there: Settings) -> Mapping[str, str]:
    own = {name: getattr(there, name) for name in TEXTS}
    return {**own, **{name: getattr(there.seller, name) for name in SELLER}}


def _store(visit: Visit, given: Mapping[str, str], why: str = "", *, said: str = "") -> Response:
    content = parts.form(
        visit,
        to("settings", "store"),
        parts.problem(why),
        h.div(".pair")[
            parts.field("name", "Name", given["name"], required=True),
            parts.field("legal_name", "Legal name", given["legal_name"]),
        ],
        parts.field("address", "Address", given["address"], required=True),
        h.div(".pair")[
            parts.select("state_code", "State", STATE_NAMES, given["state_code"]),
            parts.field("gstin", "GSTIN", given["gstin"]),
        ],
        h.div(".pair")[
            parts.field("phone", "Phone", given["phone"], inputmode="tel"),
            parts.field("upi_vpa", "UPI address", given["upi_vpa"]),
        ],
        parts.field("upi_name", "Name for UPI", given["upi_name"]),
        parts.field("receipt_footer", "Under every invoice", given["receipt_footer"]),
        save_button(visit),
    )
    return settings_page(visit, ("settings", "store"), "Store", parts.card("Store", content), said=said, why=why)


def save_button(visit: Visit) -> h.Node:
    return h.div[parts.button("Save", "circle-check")] if visit.may(Role.ADMIN) else None


def settings_page(
    visit: Visit, at: tuple[str, ...], title: str, content: h.Element, *, said: str = "", why: str = ""
) -> Response:
    """A page among the settings, under their tabs."""
    here = [h.a(href=to(*path), aria_current="page" if path == at else None)[name] for path, name in TABS]
    tabs = h.nav(".tabs", aria_label="Settings")[here]
    status = 422 if why else 200
    return page(visit, title, head("Settings"), tabs, content, at="settings", said=said, status=status)
