"""Settings of returns: how much comes back without a manager, and the reasons that are offered."""

from collections.abc import Mapping

import htpy as h
from fastapi import APIRouter, Response

from app.domain.money import AmountError, format_plain, parse_money
from app.domain.settings import Settings
from server.office import parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import WithAsked
from server.office.pricing import read_reasons
from server.office.settings import RETURNS, put_settings, save_button, settings_page, the_settings
from server.office.visits import Visit
from server.oms.doors import WithOms

router = APIRouter()
LIMIT = "Without a manager at most, ₹"


@router.get("/settings/returns")
def returns(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show how much may come back without a manager, and the reasons."""
    with oms.database.read() as session:
        there = the_settings(session)
    return _page(visit, _texts(there), said=wanted["said"])


@router.post("/settings/returns")
def change_returns(oms: WithOms, form: WithForm) -> Response:
    """Change it, from the next return on; every register has it within a minute."""
    typed = {"limit": form["limit"], "reasons": form["reasons"]}
    reasons = read_reasons(typed["reasons"])
    if isinstance(reasons, str):
        return _page(form.visit, typed, reasons)
    try:
        limit = parse_money(typed["limit"])
    except AmountError as error:
        return _page(form.visit, typed, f"“{LIMIT}”: {error} Nothing was saved.")
    with oms.database.write() as session:
        there = the_settings(session)
        after = there.model_copy(update={"return_limit": limit, "return_reasons": reasons})
        put_settings(session, form, there, after)
    return leads(*RETURNS, said="saved")


def _texts(there: Settings) -> Mapping[str, str]:
    return {"limit": format_plain(there.return_limit), "reasons": ", ".join(there.return_reasons)}


def _page(visit: Visit, given: Mapping[str, str], why: str = "", *, said: str = "") -> Response:
    words = (
        "Goods worth more than this come back only with a manager’s PIN; so does money that goes back another way than "
        "it was paid. It holds for each return, offline too."
    )
    hint = "0: every return asks for a manager."
    content = parts.form(
        visit,
        to(*RETURNS),
        parts.problem(why),
        h.p(".quiet")[words],
        parts.field("limit", LIMIT, given["limit"], hint=hint, required=True, inputmode="decimal"),
        parts.field("reasons", "Common reasons", given["reasons"], hint="With commas between them. Others are typed."),
        save_button(visit),
    )
    return settings_page(visit, RETURNS, "Returns", parts.card("Returns", content), said=said, why=why)
