"""The dialog that asks for size and colour, or for a weight."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Unpack

import htpy as h

from app.domain.money import format_money
from app.domain.product import Variant
from app.till.events.page import ChoiceConfirmed, DialogClosed, VariantPicked, WeightTyped
from app.till.state import Choice
from app.till.ui.language import t
from app.till.ui.live import Beside, beside
from app.till.ui.parts import change, click, dialog, picture, problem, radio, submit, typing
from app.till.ui.sell import SOLD_OUT
from app.till.ui.words import quantity


@dataclass(frozen=True, slots=True)
class Option:
    """A size, a colour or a variant that can be chosen, and the variant that choosing it leads to."""

    title: str
    variant: Variant
    checked: bool
    why: str = ""


def choice(*, slice_: Choice, **more: Unpack[Beside]) -> h.Element:
    """Ask what is needed before the product can go into the cart."""
    product = slice_.tile.product
    body = [
        h.div(".chosen")[
            picture(name=product.name, sha256=product.picture),
            h.div[h.p(".strong")[product.name], h.p(".quiet")[product.brand], _facts(slice_)],
        ],
        h.form(".stack", submit(ChoiceConfirmed), id="choice-form")[
            _variants(slice_) if len(product.variants) > 1 else None,
            _weight(slice_) if product.weighed else None,
            problem(slice_.problem, id_="choice-problem"),
            h.button("#add-to-cart.button.primary.big", type="submit", disabled=not slice_.variant_id)[
                t("Add to cart")
            ],
        ],
        beside(variant=_chosen(slice_), weighed=product.weighed, **more),
    ]
    title = t("Choose size") if len(product.variants) > 1 else t("Weight") if product.weighed else t("Product")
    return dialog(id_="choice", title=title, body=body, sends_on_close=click(DialogClosed))


def _chosen(slice_: Choice) -> Variant | None:
    return next((one for one in slice_.tile.product.variants if one.id == slice_.variant_id), None)


def _facts(slice_: Choice) -> h.Element | None:
    chosen = _chosen(slice_)
    if chosen is None and slice_.tile.product.weighed:
        chosen = slice_.tile.product.variants[0]
    if chosen is None:
        return None
    price = t("No price") if chosen.price is None else format_money(chosen.price)
    per = t(" / kg") if slice_.tile.product.weighed else ""
    return h.p(".num")[h.span(".strong")[price, per], h.span(".quiet")[_left(slice_, chosen, "  ·  ")]]


def _left(slice_: Choice, variant: Variant, before: str = "") -> str:
    left = slice_.tile.available.get(variant.id)
    if left is None:
        return ""
    if left <= Decimal(0):
        return before + t(SOLD_OUT)
    return before + t("{count} left", count=quantity(left, weighed=slice_.tile.product.weighed))


def _weight(slice_: Choice) -> h.Element:
    return h.div(".field")[
        h.label(for_="weight")[t("Weight in kg")],
        h.input(
            "#weight.input.money.num",
            typing(WeightTyped),
            name="weight",
            type="text",
            inputmode="decimal",
            value=slice_.weight,
            placeholder="0.000",
            autocomplete="off",
            data_focus=True,
            aria_describedby="choice-problem",
        ),
    ]


def _variants(slice_: Choice) -> list[h.Element]:
    variants = slice_.tile.product.variants
    sizes = list(dict.fromkeys(one.size for one in variants if one.size))
    colours = list(dict.fromkeys(one.colour for one in variants if one.colour))
    told_apart = len({(one.size, one.colour) for one in variants}) == len(variants)
    complete = all(bool(one.size) == bool(sizes) and bool(one.colour) == bool(colours) for one in variants)
    if not (told_apart and complete and (sizes or colours)):
        return [_group(slice_, "Variant", _each(slice_), focus=True)]
    groups = [_group(slice_, "Size", _sizes(slice_, sizes), focus=True)] if sizes else []
    return [*groups, _group(slice_, "Colour", _colours(slice_, colours), focus=not sizes)] if colours else groups


def _each(slice_: Choice) -> list[Option]:
    """Variants that size and colour do not tell apart: their SKU does."""
    variants = slice_.tile.product.variants
    return [Option(" ".join(filter(None, (one.label, one.sku))), one, one.id == slice_.variant_id) for one in variants]


def _sizes(slice_: Choice, sizes: list[str]) -> list[Option]:
    chosen = _chosen(slice_)
    options = []
    for size in sizes:
        made = [one for one in slice_.tile.product.variants if one.size == size]
        # Changing the size keeps the colour where there is one of it; else the first that is in stock.
        same = [one for one in made if chosen and one.colour == chosen.colour]
        there = [one for one in made if _left(slice_, one) != t(SOLD_OUT)]
        options.append(Option(size, (same or there or made)[0], chosen is not None and chosen.size == size))
    return options


def _colours(slice_: Choice, colours: list[str]) -> list[Option]:
    chosen = _chosen(slice_)
    options = []
    for colour in colours:
        made = [one for one in slice_.tile.product.variants if one.colour == colour]
        fits = [one for one in made if chosen is None or one.size == chosen.size]
        why = "" if fits else "not in this size"
        options.append(Option(colour, (fits or made)[0], chosen is not None and chosen.colour == colour, why))
    return options


def _group(slice_: Choice, title: str, options: list[Option], *, focus: bool) -> h.Element:
    """Radios under a title; ids go by place, because what stands behind a size changes with the colour."""
    name = title.lower()
    start = next((place for place, option in enumerate(options) if option.checked), 0)
    return h.fieldset[
        h.legend[t(title)],
        h.div(".options")[
            [
                radio(
                    id_=f"{name}-{place}",
                    name=name,
                    value=option.title,
                    checked=option.checked,
                    sends=change(VariantPicked, variant_id=option.variant.id),
                    label=option.title,
                    why=option.why,
                    hint="" if option.why else _left(slice_, option.variant),
                    focus=focus and place == start,
                )
                for place, option in enumerate(options)
            ]
        ],
    ]
