"""Selling: search, categories, and the products as tiles."""

from decimal import Decimal

import htpy as h

from app.domain.money import format_money
from app.domain.preferences import Layout, Size
from app.sync.status import Progress
from app.till.events.page import CategoryChosen, LookUpSwitched, ProductPicked, SearchEntered, SearchTyped
from app.till.state import Browse, CatalogueInfo, Tile
from app.till.ui.language import t
from app.till.ui.parking import parked_button
from app.till.ui.parts import click, empty, icon, key, note, picture, safe_id, submit, typing
from app.till.ui.starting import transfer
from app.till.ui.words import quantity

MOST = 30
"""Tiles drawn at most: more would not be seen, and would slow every keystroke."""
CHIPS = 24
SOLD_OUT = "sold out"


def sell(
    *,
    browse: Browse,
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
        h.div(".search-row")[_search(browse.text), parked_button(parked), _look_up(looking_up=browse.looking_up)],
        _quick(quick) if quick else None,
        _chips(catalogue, browse.category) if catalogue else None,
        h.div("#sell-notice", role="status")[
            note(waits, name="cloud-download") if waits else None,
            h.div(".card")[transfer(progress)] if progress else None,
            note(t("Tap or scan a product to look at it; nothing is put into the cart."), name="search-check")
            if browse.looking_up
            else None,
            note(browse.notice, tone="amber", name="info") if browse.notice else None,
        ],
        _results(browse, catalogue, layout, size),
    ]


def _search(text: str) -> h.Element:
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


def _results(browse: Browse, catalogue: CatalogueInfo | None, layout: Layout, size: Size) -> h.Element:
    if not browse.tiles:
        return _nothing(browse, catalogue)
    return h.div[
        h.ul(
            "#products.tiles",
            role="list",
            aria_label=t("Products"),
            data_layout=layout.value,
            data_size=size.value,
        )[[tile(slice_=one) for one in browse.tiles[:MOST]]],
        h.p(".quiet.more")[t("More products match. Type another word to find them.")]
        if len(browse.tiles) >= MOST
        else None,
    ]


def _nothing(browse: Browse, catalogue: CatalogueInfo | None) -> h.Element:
    if catalogue is None:
        return h.ul(".tiles", aria_hidden="true")[[h.li(".tile.waiting") for _ in range(10)]]
    if browse.text:
        text = t("Check the spelling, or type part of the name, the brand or the SKU.")
        return empty(name="search-x", title=t("Nothing found for “{text}”", text=browse.text[:60]), text=text)
    return empty(name="package-open", title=t("No products"), text=t("There is nothing to sell in this category."))


def tile(*, slice_: Tile) -> h.Element:
    """A product: picture, name, price, and how many are left.

    The button is called after the product alone; its touch area covers the tile, by style.
    """
    product = slice_.product
    base = safe_id("product", product.id)
    left = left_of(slice_)
    return h.li(class_=["tile", {"sold-out": left == t(SOLD_OUT)}])[
        picture(name=product.name, sha256=product.picture),
        h.button(
            ".tile-name.covers",
            click(ProductPicked, product_id=product.id),
            id=base,
            type="button",
            aria_describedby=f"{base}-facts",
        )[h.span[product.name]],
        h.span(".tile-brand.quiet")[product.brand] if product.brand else None,
        h.span(".tile-facts", id=f"{base}-facts")[h.span(".num.strong")[price_of(slice_)], h.span(".quiet.num")[left]],
    ]


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
