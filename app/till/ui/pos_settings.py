"""Settings → POS settings: paper and printer, quick buttons, payment methods and delivery of this register."""

from dataclasses import dataclass

import htpy as h

from app.domain.order import Fulfilment
from app.domain.payment import Tender
from app.domain.preferences import SPEEDS, Layout, Paper, Size
from app.sync.mode import Ability
from app.till.events.printing import (
    PreferenceChosen,
    PrinterForgotten,
    PrinterPicked,
    PrinterRefused,
    PrinterTried,
    QuickAdded,
    QuickMoved,
    QuickRemoved,
    QuickTyped,
    TenderMoved,
    TenderOffered,
)
from app.till.ports import PrinterState
from app.till.slices.printing import Quick
from app.till.state import Tile
from app.till.ui.connectivity import switch
from app.till.ui.language import t
from app.till.ui.parts import Attributes, change, click, icon, mark, note, otherwise, safe_id, then, typing
from app.till.ui.printing import Press

PAPERS = {
    Paper.AUTO: "As the printer says",
    Paper.MM58: "58 mm receipt",
    Paper.MM80: "80 mm receipt",
    Paper.A5: "A5 sheet",
    Paper.A4: "A4 sheet",
}
LAYOUTS = {Layout.TILES: "Tiles with pictures", Layout.LIST: "List"}
SIZES = {Size.SMALL: "Small", Size.MEDIUM: "Medium", Size.LARGE: "Large"}
FULFILMENTS = {Fulfilment.SELF_PICKUP: "Self Pickup", Fulfilment.DELIVERY: "Delivery"}
STATES = {
    PrinterState.READY: ("connected", "green", "circle-check"),
    PrinterState.NONE: ("not plugged in", "amber", "triangle-alert"),
    PrinterState.FAILED: ("not answering", "red", "circle-alert"),
}
MOST_FOUND = 6


@dataclass(frozen=True, slots=True)
class Pos:
    """What the page shows."""

    press: Press
    quick: Quick
    tenders: tuple[Tender, ...]
    """All of the store's, in the order of this register."""


def pos_settings(pos: Pos, training: h.Element) -> h.Element:
    """What somebody sets up once for this register; it holds here alone."""
    return h.section(".stack", aria_labelledby="pos-title")[
        h.h2("#pos-title")[t("POS settings")],
        h.div(".columns")[
            h.div(".stack")[_printing(pos.press), _products(pos.press), _delivery(pos.press)],
            h.div(".stack")[_quick(pos), _tenders(pos), training],
        ],
    ]


def _choice(name: str, label: str, chosen: str, options: dict[str, str]) -> h.Element:
    id_ = f"pos-{name.replace('_', '-')}"
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.select(".input", change(PreferenceChosen, name=name), id=id_)[
            [h.option(value=value, selected=value == chosen)[word] for value, word in options.items()]
        ],
    ]


def _toggle(name: str, title: str, text: str, *, on: bool, reason: str = "") -> h.Element:
    sends = click(PreferenceChosen, name=name, value=str(not on).lower())
    return switch(sends, id_=f"pos-{name.replace('_', '-')}", title=title, on=on, text=text, ability=Ability(reason))


def _printing(press: Press) -> h.Element:
    wants = press.preferences
    no_printer = "" if wants.drives_printer else "Connect a receipt printer first."
    return h.div(".card.stack")[
        h.h3[t("Printing")],
        _choice("paper", t("Paper"), wants.paper, {paper: t(word) for paper, word in PAPERS.items()}),
        _printer(press),
        _toggle(
            "prints_itself",
            t("Print after each sale"),
            t("The invoice is printed as soon as the sale is saved."),
            on=wants.prints_itself,
        ),
        _toggle(
            "opens_drawer",
            t("Open the drawer for cash"),
            t("The cash drawer opens when a sale was paid in cash."),
            on=wants.opens_drawer,
            reason=no_printer,
        ),
    ]


def _printer(press: Press) -> h.Element:
    """A receipt printer is granted once, under a gesture; the browser remembers it."""
    wants = press.preferences
    if not wants.drives_printer:
        return h.div(".stack.tight")[
            h.p(".quiet")[
                t("Invoices are printed with the browser. A receipt printer on a cable prints without asking.")
            ],
            h.div(".row")[_pick("usb", t("USB printer")), _pick("serial", t("Serial printer"))],
            _trouble(press),
        ]
    word, tone, name = STATES[press.printing.printer]
    numbers = {str(count): str(count) for count in (1, 2, 3)}
    return h.div(".stack")[
        h.div(".row.apart")[h.span(".strong")[wants.printer], mark(word, tone=tone, name=name)],
        h.div(".pair")[
            _choice("copies", t("Copies"), str(wants.copies), numbers),
            _choice("speed", t("Speed of a serial line"), str(wants.speed), {str(each): str(each) for each in SPEEDS}),
        ],
        h.div(".row")[
            h.button("#printer-try.button", click(PrinterTried), type="button", disabled=bool(press.printing.job))[
                icon("printer"), t("Print a test")
            ],
            h.button("#printer-forget.button.plain", click(PrinterForgotten), type="button")[
                t("Print with the browser")
            ],
        ],
        _trouble(press),
    ]


def _pick(kind: str, title: str) -> h.Element:
    asks: Attributes = then(PrinterPicked) | otherwise(PrinterRefused) | {"data-kind": kind}
    return h.button(".button", asks, id=f"pick-{kind}", type="button", data_do="pick-device")[icon("printer"), title]


def _trouble(press: Press) -> h.Element:
    told = press.printing.problem
    return h.div("#printer-problem", role="alert")[note(told, tone="amber", name="info") if told else None]


def _products(press: Press) -> h.Element:
    wants = press.preferences
    return h.div(".card.stack")[
        h.h3[t("Products on the screen")],
        h.div(".pair")[
            _choice("layout", t("Shown as"), wants.layout, {value: t(word) for value, word in LAYOUTS.items()}),
            _choice("size", t("Size"), wants.size, {value: t(word) for value, word in SIZES.items()}),
        ],
    ]


def _delivery(press: Press) -> h.Element:
    wants = press.preferences
    options = {value.value: t(word) for value, word in FULFILMENTS.items()}
    return h.div(".card.stack")[
        h.h3[t("Delivery")],
        _toggle(
            "delivers",
            t("Offer Delivery"),
            t("Whether goods may be brought to the customer from this register."),
            on=wants.delivers,
        ),
        _choice("fulfilment", t("A checkout begins with"), wants.fulfilment, options) if wants.delivers else None,
    ]


def _tenders(pos: Pos) -> h.Element:
    hidden = pos.press.preferences.hidden
    return h.div(".card.stack")[
        h.h3[t("Payment methods")],
        h.p(".quiet")[t("Which of the store’s payment methods are offered here, the first one first.")],
        h.ul("#pos-tenders.arranged", role="list", aria_label=t("Payment methods"))[
            [_tender(tender, offered=tender.id not in hidden) for tender in pos.tenders]
        ],
    ]


def _tender(tender: Tender, *, offered: bool) -> h.Element:
    id_ = safe_id("offer", tender.id)
    return h.li[
        h.label(".choice.grow")[
            h.input(
                change(TenderOffered, tender_id=tender.id),
                id=id_,
                type="checkbox",
                name="offered",
                value="true",
                checked=offered,
                aria_labelledby=f"{id_}-label",
            ),
            h.span(".grow", id=f"{id_}-label")[tender.name],
        ],
        _up(click(TenderMoved, tender_id=tender.id, by=-1), safe_id("up", tender.id), tender.name),
    ]


def _up(sends: Attributes, id_: str, name: str) -> h.Element:
    return h.button(".button.plain.square", sends, id=id_, type="button", aria_label=t("Move {name} up", name=name))[
        icon("chevron-up")
    ]


def _quick(pos: Pos) -> h.Element:
    quick = pos.quick
    return h.div(".card.stack")[
        h.h3[t("Quick buttons")],
        h.p(".quiet")[t("Products that stand as buttons above all others: one tap sells them.")],
        h.ul("#quick-list.arranged", role="list", aria_label=t("Quick buttons"))[
            [_button(tile) for tile in quick.tiles]
        ]
        if quick.tiles
        else None,
        h.div(".field")[
            h.label(for_="quick-text")[t("Add a product")],
            h.input(
                "#quick-text.input",
                typing(QuickTyped),
                type="search",
                name="value",
                value=quick.text,
                placeholder=t("Name, brand, SKU or barcode"),
                autocomplete="off",
            ),
        ],
        _found(quick) if quick.text.strip() else None,
    ]


def _button(tile: Tile) -> h.Element:
    product = tile.product
    removes = click(QuickRemoved, product_id=product.id)
    return h.li[
        h.span(".grow")[product.name],
        _up(click(QuickMoved, product_id=product.id, by=-1), safe_id("quick-up", product.id), product.name),
        h.button(
            ".button.plain.square",
            removes,
            id=safe_id("quick-remove", product.id),
            type="button",
            aria_label=t("Remove {name}", name=product.name),
        )[icon("x")],
    ]


def _found(quick: Quick) -> h.Element:
    there = {tile.product.id for tile in quick.tiles}
    new = [tile.product for tile in quick.found if tile.product.id not in there]
    if not new:
        return h.p("#quick-found.quiet", role="status")[t("No other product fits. Check the spelling.")]
    return h.ul("#quick-found.arranged", role="list", aria_label=t("Products to add"))[
        [
            h.li[
                h.span(".grow")[product.name, h.span(".quiet")[f" · {product.brand}"] if product.brand else None],
                h.button(
                    ".button",
                    click(QuickAdded, product_id=product.id),
                    id=safe_id("quick-add", product.id),
                    type="button",
                    aria_label=t("Add {name}", name=product.name),
                )[icon("plus"), t("Add")],
            ]
            for product in new[:MOST_FOUND]
        ]
    ]
