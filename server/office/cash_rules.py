"""Settings of cash: what leaves a drawer without a manager, shifts, what they are counted in, and common notes."""

from collections.abc import Mapping
from itertools import pairwise

import htpy as h
from fastapi import APIRouter, Response

from app.domain.money import AmountError, format_plain, parse_money
from app.domain.settings import Settings
from server.office import parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import WithAsked
from server.office.pricing import read_reasons
from server.office.settings import CASH, put_settings, save_button, settings_page, the_settings
from server.office.visits import Visit
from server.oms.doors import WithOms

router = APIRouter()
LIMIT, PIECES = "Cash out without a manager at most, ₹", "Notes and coins, ₹"
MOST_KINDS, LARGEST = 20, 10_000_00
"""Rows that a count shows at most, and the largest note, minor units: more is a slip of the keys."""
NAMES = ("limit", "required", "denominations", "notes")


@router.get("/settings/cash")
def cash(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show the rules of drawers and shifts."""
    with oms.database.read() as session:
        there = the_settings(session)
    return _page(visit, _texts(there), said=wanted["said"])


@router.post("/settings/cash")
def change_cash(oms: WithOms, form: WithForm) -> Response:
    """Change them; every register has them within a minute."""
    limit, kinds = _limit(form["limit"]), read_denominations(form["denominations"])
    notes = read_reasons(form["notes"], "notes")
    why = next((each for each in (limit, kinds, notes) if isinstance(each, str)), "")
    if why:
        return _page(form.visit, {name: form[name] for name in NAMES}, why)
    update = {
        "cash_out_limit": limit,
        "shift_required": form.ticked("required"),
        "denominations": kinds,
        "common_notes": notes,
    }
    with oms.database.write() as session:
        there = the_settings(session)
        put_settings(session, form, there, there.model_copy(update=update))
    return leads(*CASH, said="saved")


def _limit(text: str) -> int | str:
    try:
        return parse_money(text)
    except AmountError as error:
        return f"“{LIMIT}”: {error} Nothing was saved."


def read_denominations(text: str) -> tuple[int, ...] | str:
    """Amounts with commas between them, largest first, minor units; or the sentence that says what is wrong.

    The order is asked for, not made: “2,000” would become two coins in silence.
    """
    try:
        kinds = tuple(parse_money(part) for part in text.split(",") if part.strip())
    except AmountError as error:
        return f"“{PIECES}”: {error} Nothing was saved."
    if not 1 <= len(kinds) <= MOST_KINDS:
        return f"“{PIECES}”: type 1 to {MOST_KINDS} amounts. Nothing was saved."
    if any(not 0 < kind <= LARGEST for kind in kinds):
        return f"“{PIECES}”: each is more than 0 and at most {format_plain(LARGEST)}. Nothing was saved."
    if any(larger <= smaller for larger, smaller in pairwise(kinds)):
        return f"“{PIECES}”: the largest comes first, and each once. Write 2000, not 2,000. Nothing was saved."
    return kinds


def _texts(there: Settings) -> Mapping[str, str]:
    return {
        "limit": format_plain(there.cash_out_limit),
        "required": "on" if there.shift_required else "",
        "denominations": ", ".join(format_plain(kind).removesuffix(".00") for kind in there.denominations),
        "notes": ", ".join(there.common_notes),
    }


def _page(visit: Visit, given: Mapping[str, str], why: str = "", *, said: str = "") -> Response:
    pieces = "Largest first, with commas between them. A shift is counted in them; change them while nobody counts."
    content = parts.form(
        visit,
        to(*CASH),
        parts.problem(why),
        h.p(".quiet")["How drawers and shifts are handled at every register, offline too."],
        parts.tick("required", "Nothing is sold before a shift was opened", on=bool(given["required"])),
        parts.field(
            "limit",
            LIMIT,
            given["limit"],
            hint="More asks for a manager’s PIN. 0: every time.",
            required=True,
            inputmode="decimal",
        ),
        parts.field("denominations", PIECES, given["denominations"], hint=pieces, required=True),
        parts.field(
            "notes", "Common notes on an order", given["notes"], hint="With commas between them. Others are typed."
        ),
        save_button(visit),
    )
    return settings_page(visit, CASH, "Cash", parts.card("Cash", content), said=said, why=why)
