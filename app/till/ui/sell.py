"""Selling: search, categories, and the products as tiles."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import htpy as h
from markupsafe import Markup

from app.domain.money import format_money
from app.domain.preferences import Layout, Size
from app.sync.status import Progress
from app.till.events.page import CategoryChosen, LookUpSwitched, ProductPicked, SearchEntered, SearchTyped
from app.till.state import CatalogueInfo, Tile
from app.till.ui.language import t
from app.till.ui.parking import parked_button
from app.till.ui.part import Part
from app.till.ui.parts import click, empty, framed, icon, initials, key, note, safe_id, submit, tint, typing
from app.till.ui.starting import transfer
from app.till.ui.words import quantity

MOST = 30
"""Tiles drawn at most: more would not be seen, and would slow every keystroke."""
FIRST = 15
"""Three rows of five, which is what a screen of 1280 by 800 shows: the rest is drawn when these can be seen."""
CHIPS = 24
SOLD_OUT = "sold out"


def sell(
    *,
    text: str,
    category: str,
    tiles: tuple[Tile, ...],
    sought: str,
    looking_up: bool,
    notice: str,
    catalogue: CatalogueInfo | None,
    waits: str,
    progress: Progress | None,
    parked: int,
    quick: tuple[Tile, ...],
    layout: Layout = Layout.TILES,
    size: Size = Size.MEDIUM,
) -> h.Element:
    """What can be sold; while the store's data is being loaded, how far it is."""
    return h.div(".sell", data_arrows=True)[
        h.h1(".unseen")[t("Sell")],
        h.div(".search-row")[search(text=text), parked_button(parked), _look_up(looking_up=looking_up)],
        _quick(quick) if quick else None,
        _chips(catalogue, category) if catalogue else None,
        _notice(waits, progress, notice, looking_up=looking_up),
        shelf(tiles=tiles, sought=sought, catalogue=catalogue, layout=layout, size=size),
    ]


def _notice(waits: str, progress: Progress | None, notice: str, *, looking_up: bool) -> h.Element:
    return h.div("#sell-notice", role="status")[
        note(waits, name="cloud-download") if waits else None,
        h.div(".card")[transfer(progress)] if progress else None,
        note(t("Tap or scan a product to look at it; nothing is put into the cart."), name="search-check")
        if looking_up
        else None,
        note(notice, tone="amber", name="info") if notice else None,
    ]


def search(*, text: str) -> h.Element:
    """The search box, with what was typed."""
    return h.form(".search", submit(SearchEntered), id="search-form", role="search")[
        icon("search"),
        h.input(
            "#search.input",
            typing(SearchTyped),
            name="value",
            type="search",
            value=text,
            aria_label=t("Search products"),
            placeholder=t("Name, brand, SKU or barcode"),
            autocomplete="off",
            spellcheck="false",
            enterkeyhint="search",
            data_focus=True,
            data_key="/",
        ),
        key("/"),
    ]


def _look_up(*, looking_up: bool) -> h.Element:
    """Look at the next product instead of selling it: its live stock, and for a manager its data."""
    return h.button("#look-up.button", click(LookUpSwitched), type="button", aria_pressed=str(looking_up).lower())[
        icon("search-check"), h.span[t("Look up")]
    ]


def _quick(quick: tuple[Tile, ...]) -> h.Element:
    """What is sold all day long: one tap each, with its price."""
    return h.div("#quick.quick", role="group", aria_label=t("Quick buttons"))[
        [
            h.button(
                ".button",
                click(ProductPicked, product_id=one.product.id),
                id=safe_id("quick", one.product.id),
                type="button",
            )[h.span(".quick-name")[one.product.name], h.span(".num.quiet")[price_of(one)]]
            for one in quick
        ]
    ]


def _chips(catalogue: CatalogueInfo, chosen: str) -> h.Element:
    chips = [("", t("All")), *((name, name) for name, _ in catalogue.categories[:CHIPS])]
    return h.div(".chips", role="group", aria_label=t("Categories"))[
        [
            h.button(
                click(CategoryChosen, category=value),
                id=safe_id("category", value or "all"),
                type="button",
                class_="chip",
                aria_pressed=str(value == chosen).lower(),
            )[title]
            for value, title in chips
        ]
    ]


def shelf(
    *, tiles: tuple[Tile, ...], sought: str, catalogue: CatalogueInfo | None, layout: Layout, size: Size
) -> h.Element:
    """The products that were found; where there are none, `sought` says for what."""
    beginning = tiles[0].product.id if tiles else sought
    return h.div("#shelf", data_top=beginning)[_found(tiles, layout, size) if tiles else _nothing(sought, catalogue)]


SHELF = Part("shelf", shelf, frozenset({"tiles", "sought", "catalogue", "layout", "size"}))
PARTS = (Part("search-form", search, frozenset({"text"})), SHELF)
"""A letter changes only these."""


def first(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Cut what is drawn first to the tiles that a screen shows; nobody scrolled through others than those before."""
    tiles = now["tiles"]
    if len(tiles) <= FIRST or _beginning(before.get("tiles", ())) == _beginning(tiles):
        return now
    return {**now, "tiles": tiles[:FIRST]}


def _beginning(tiles: tuple[Tile, ...]) -> list[str]:
    return [tile.product.id for tile in tiles[:FIRST]]


def _found(tiles: tuple[Tile, ...], layout: Layout, size: Size) -> list[h.Element | None]:
    kind = {"data_layout": layout.value, "data_size": size.value}
    return [
        h.ul("#products.tiles", role="list", aria_label=t("Products"), **kind)[
            Markup("").join(tile(slice_=one) for one in tiles[:MOST])
        ],
        h.p(".quiet.more")[t("More products match. Type another word to find them.")] if len(tiles) >= MOST else None,
    ]


def _nothing(sought: str, catalogue: CatalogueInfo | None) -> h.Element:
    if catalogue is None:
        return h.ul(".tiles", aria_hidden="true")[[h.li(".tile.waiting") for _ in range(10)]]
    if sought:
        text = t("Check the spelling, or type part of the name, the brand or the SKU.")
        return empty(name="search-x", title=t("Nothing found for “{text}”", text=sought[:60]), text=text)
    return empty(name="package-open", title=t("No products"), text=t("There is nothing to sell in this category."))


def tile(*, slice_: Tile) -> Markup:
    """A product: picture, name, price, and how many are left."""
    product, left = slice_.product, left_of(slice_)
    mould = _mould(sold_out=left == t(SOLD_OUT), pictured=bool(product.picture), branded=bool(product.brand))
    return mould % {
        "id": product.id,
        "base": safe_id("product", product.id),
        "name": product.name,
        "brand": product.brand,
        "sha256": product.picture,
        "tint": tint(product.name),
        "initials": initials(product.name),
        "price": price_of(slice_),
        "left": left,
    }


@lru_cache
def _mould(*, sold_out: bool, pictured: bool, branded: bool) -> Markup:
    """A tile with places where the product's own words go: thirty of them put together anew cost a letter its frame.

    The button is called after the product alone; its touch area covers the tile, by style.
    """
    drawn = h.li(class_=["tile", {"sold-out": sold_out}])[
        framed(initials="%(initials)s", tint="%(tint)s", sha256="%(sha256)s" if pictured else None),
        h.button(
            ".tile-name.covers",
            click(ProductPicked, product_id="%(id)s"),
            id="%(base)s",
            type="button",
            aria_describedby="%(base)s-facts",
            data_alone=not branded,
        )[h.span["%(name)s"]],
        h.span(".tile-brand.quiet")["%(brand)s"] if branded else None,
        h.span(".tile-facts", id="%(base)s-facts")[
            h.span(".num.strong")["%(price)s"], h.span(".quiet.num")["%(left)s"]
        ],
    ]
    return drawn.__html__()


def price_of(slice_: Tile) -> str:
    """The price, or the least of several; a weighed product's is for a kilogram."""
    prices = sorted({variant.price for variant in slice_.product.variants if variant.price is not None})
    if not prices:
        return t("No price")
    text = format_money(prices[0])
    if slice_.product.weighed:
        text += t(" / kg")
    return t("from {price}", price=text) if len(prices) > 1 else text


def left_of(slice_: Tile) -> str:
    """How many may still be sold of all variants together; nothing where one of them is not limited."""
    counts = [slice_.available.get(variant.id) for variant in slice_.product.variants]
    if any(count is None for count in counts):
        return ""
    left = sum((max(count, Decimal(0)) for count in counts if count is not None), Decimal(0))
    return t("{count} left", count=quantity(left, weighed=slice_.product.weighed)) if left > 0 else t(SOLD_OUT)
