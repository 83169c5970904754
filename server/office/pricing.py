"""Settings of pricing at the till: what each role may take off by hand, whether it may change prices, and why."""

from collections.abc import Mapping

import htpy as h
from fastapi import APIRouter, Response

from app.domain.invoice import rate_text
from app.domain.leeway import Leeway, Leeways
from app.domain.money import AmountError, parse_money
from app.domain.settings import Settings
from app.domain.tax import BASIS
from server.office import parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import WithAsked
from server.office.settings import PRICING, put_settings, save_button, settings_page, the_settings
from server.office.visits import Visit
from server.oms.doors import WithOms

router = APIRouter()
ROLES = (("associate", "Associates"), ("manager", "Managers, and what their PIN lets pass"))
LIMITS = (
    ("line", "Off a line, %", "Of what promotions have left of it. 0: not at all."),
    ("order", "Off the whole order, %", "Of what everything before has left. 0: not at all."),
    ("below", "Price below the catalogue’s, %", "0: not at all."),
    ("above", "Price above the catalogue’s, %", "0: not at all. Nothing packed may be sold above its MRP."),
)
NAMES = (*(f"{role}-{limit}" for role, _ in ROLES for limit, _, _ in LIMITS), "reasons")
MOST_REASONS, LONGEST_REASON = 12, 60


@router.get("/settings/pricing")
def pricing(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show who may take how much off, and change prices how far."""
    with oms.database.read() as session:
        there = the_settings(session)
    return _page(visit, _texts(there), said=wanted["said"])


@router.post("/settings/pricing")
def change_pricing(oms: WithOms, form: WithForm) -> Response:
    """Change it; every register has it within a minute."""
    leeways, reasons = _leeways(form), read_reasons(form["reasons"])
    why = next((each for each in (leeways, reasons) if isinstance(each, str)), "")
    if why:
        return _page(form.visit, {name: form[name] for name in NAMES}, why)
    with oms.database.write() as session:
        there = the_settings(session)
        put_settings(session, form, there, there.model_copy(update={"leeways": leeways, "discount_reasons": reasons}))
    return leads(*PRICING, said="saved")


def _leeways(form: Form) -> Leeways | str:
    """Read every limit, or say which is none."""
    read: dict[str, Leeway] = {}
    for role, _ in ROLES:
        shares: dict[str, int] = {}
        for limit, label, _ in LIMITS:
            share = _share(form[f"{role}-{limit}"])
            if share is None:
                return f"“{label}” is a number from 0 to 100, such as 10 or 12.5. Nothing was saved."
            shares[limit] = share
        read[role] = Leeway(**shares)
    return Leeways(**read)


def _share(text: str) -> int | None:
    """Basis points: a per cent has as many as a rupee has paise."""
    try:
        share = parse_money(text.removesuffix("%") or "0")
    except AmountError:
        return None
    return share if share <= BASIS else None


def read_reasons(text: str, name: str = "reasons") -> tuple[str, ...] | str:
    """Reasons (or what `name` says) with commas between them, each once; or the sentence that says what is wrong."""
    reasons = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(reasons) > MOST_REASONS or any(len(reason) > LONGEST_REASON for reason in reasons):
        return f"At most {MOST_REASONS} {name} of {LONGEST_REASON} letters fit on the till. Nothing was saved."
    return reasons


def _texts(there: Settings) -> Mapping[str, str]:
    shares = {
        f"{role}-{limit}": rate_text(getattr(getattr(there.leeways, role), limit)).rstrip("%").strip()
        for role, _ in ROLES
        for limit, _, _ in LIMITS
    }
    return shares | {"reasons": ", ".join(there.discount_reasons)}


def _page(visit: Visit, given: Mapping[str, str], why: str = "", *, said: str = "") -> Response:
    words = (
        "How far people at the till may go by their own hand. Beyond it they ask a manager, whose PIN lets pass what "
        "managers may. Discounts come after promotions, and never off what is charged for delivery or extras."
    )
    content = parts.form(
        visit,
        to(*PRICING),
        parts.problem(why),
        h.p(".quiet")[words],
        h.div(".columns")[[_role(role, title, given) for role, title in ROLES]],
        parts.field("reasons", "Common reasons", given["reasons"], hint="With commas between them. Others are typed."),
        save_button(visit),
    )
    return settings_page(visit, PRICING, "Pricing", parts.card("Pricing", content), said=said, why=why)


def _role(role: str, title: str, given: Mapping[str, str]) -> h.Element:
    return h.fieldset(".stack.tight")[
        h.legend[title],
        [
            parts.field(f"{role}-{limit}", label, given[f"{role}-{limit}"], hint=hint, inputmode="decimal")
            for limit, label, hint in LIMITS
        ],
    ]
