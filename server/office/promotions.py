"""Promotions: what the store takes off prices, and switching one on or off."""

import htpy as h
from fastapi import APIRouter, Response

from app.domain.promotion import AmountOff, BuyGet, PercentOff, Promotion
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import leads
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.people import Role
from server.office.records import one
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put, read_all

router = APIRouter()


def _offer(each: Promotion) -> str:
    match each.offer:
        case PercentOff(rate=rate):
            return f"{parts.plain(rate).rstrip('0').rstrip('.')} % off"
        case AmountOff(amount=amount):
            return f"{parts.money(amount)} off"
        case BuyGet(buy=buy, get=get):
            return f"buy {buy}, get {get}"


def _on(each: Promotion) -> str:
    if each.whole_order:
        return "the whole order"
    named = ", ".join(each.categories)
    goods = parts.many(len(each.products), "product") if each.products else ""
    return ", ".join(part for part in (named, goods) if part) or "everything"


def _days(each: Promotion) -> str:
    if each.starts is None and each.ends is None:
        return "always"
    return f"{each.starts or ''} – {each.ends or ''}"


def state(each: Promotion) -> str:
    return "On" if each.active else "Off"


def needs(each: Promotion) -> str:
    """Whether it takes a code."""
    return "coupon" if each.code else "none"


FILTERS = (
    Filter("state", "State", (("On", "On"), ("Off", "Off"))),
    Filter("coupon", "Coupon", (("coupon", "With a coupon"), ("none", "Without"))),
)


def _listing(visit: Visit) -> Listing[Promotion]:
    def switch(each: Promotion) -> h.Node:
        if not visit.may(Role.MANAGER):
            return parts.mark(state(each), "green" if each.active else "")
        words = "Turn off" if each.active else "Turn on"
        now = parts.mark(state(each), "green" if each.active else "")
        turn = h.button(".button", type="submit", aria_label=f"{words} {each.name}")[words]
        return parts.form(visit, to("promotions", each.id), now, turn, inline=True)

    columns: tuple[Column[Promotion], ...] = (
        Column("Name", lambda each: each.name),
        Column("Offer", _offer),
        Column("On", _on),
        Column("Coupon", lambda each: each.code or ""),
        Column("Days", _days),
        Column("State", state, switch),
    )
    return Listing("Promotions", "promotions", columns, search="Name or coupon", icon="ticket")


@router.get("/promotions")
def promotions(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List promotions."""
    with oms.database.read() as session:
        rows = sorted(read_all(session, Dataset.PROMOTIONS, Promotion), key=lambda each: each.name.casefold())
    fits = lambda each, text: text in f"{each.name} {each.code or ''}".casefold()  # noqa: E731
    found = some(rows, wanted, fits, state=state, coupon=needs)
    return show(_listing(visit), visit, wanted, found, filters=FILTERS)


@router.post("/promotions/{promotion_id}")
def switch(oms: WithOms, form: WithForm, promotion_id: str) -> Response:
    """Switch a promotion on or off."""
    with oms.database.write() as session:
        found = one(session, Dataset.PROMOTIONS, Promotion, promotion_id)
        if found is None:
            raise Failed(404, "There is no such promotion", "Somebody may have removed it.")
        there = found[0]
        changed = there.model_copy(update={"active": not there.active})
        put(session, Dataset.PROMOTIONS, {promotion_id: changed})
        audit.note(session, form.visit.name, "promotion", f"promotions/{promotion_id}", there, changed)
    return leads("promotions", said="saved")
