"""Live stock in the dialog of a product: asked when wanted, with the time it was true."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

import htpy as h

from app.domain.product import Variant
from app.sync.mode import Ability
from app.sync.online import LiveStock
from app.till.events.page import EditAsked, LiveStockAsked
from app.till.slices.live import Live
from app.till.ui.language import t
from app.till.ui.parts import click, icon, note
from app.till.ui.words import clock, quantity


class Beside(TypedDict):
    """What is needed beside the product itself."""

    live: Live | None
    asking: bool
    ability: Ability
    editable: Ability
    zone: str
    synced_at: datetime | None


def beside(*, variant: Variant | None, weighed: bool, **more: Unpack[Beside]) -> h.Element:
    """What can be asked and done beside selling: live stock, and for a manager the product itself."""
    live = more["live"]
    ours = live if live is not None and variant is not None and live.sku == variant.sku else None
    return h.div(".beside")[
        h.div(".row")[
            _button(
                "live-stock",
                LiveStockAsked,
                "store",
                t("Check live stock"),
                more["ability"],
                variant,
                asking=more["asking"],
            ),
            _button("edit-product", EditAsked, "pencil", t("Edit product"), more["editable"], variant),
        ],
        h.div("#live-stock-said", role="status")[_said(ours, more["zone"], more["synced_at"], weighed=weighed)],
    ]


def _button(
    id_: str,
    event: type[EditAsked] | type[LiveStockAsked],
    name: str,
    title: str,
    ability: Ability,
    variant: Variant | None,
    *,
    asking: bool = False,
) -> h.Element:
    why = t(ability.reason) if not ability.allowed else "" if variant else t("Choose one of them first.")
    return h.div(".explained")[
        h.button(
            click(event),
            id=id_,
            class_="button",
            type="button",
            disabled=asking or bool(why),
            aria_describedby=f"{id_}-why" if why else None,
        )[icon(name), title],
        h.p(".why", id=f"{id_}-why")[why] if why else None,
    ]


def _said(live: Live | None, zone: str, synced_at: datetime | None, *, weighed: bool) -> h.Element | None:
    if live is None:
        return None
    if live.stock is not None:
        return _counts(live.stock, zone, weighed=weighed)
    time = clock(synced_at, zone) if synced_at else t("the last sync")
    sentence = t("Live stock could not be asked: the count of {time} is shown. You can sell on.", time=time)
    return note(sentence, tone="amber", name="triangle-alert")


def _counts(stock: LiveStock, zone: str, *, weighed: bool) -> h.Element:
    """In this store: 4 now · MG Road: 2 — and when that was."""
    here = t("not counted") if stock.here is None else t("{count} now", count=_count(stock.here, weighed=weighed))
    return h.dl(".live")[
        h.div[h.dt[t("In this store")], h.dd(".num.strong")[here]],
        [h.div[h.dt[each.name], h.dd(".num")[_count(each.quantity, weighed=weighed)]] for each in stock.elsewhere],
        h.div[h.dt(".quiet")[t("Asked at")], h.dd(".num.quiet")[clock(stock.at, zone)]],
    ]


def _count(count: Decimal, *, weighed: bool) -> str:
    return quantity(count, weighed=weighed)
