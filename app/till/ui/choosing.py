"""The dialog that asks for size and colour, or for a weight."""

from decimal import Decimal

import htpy as h

from app.domain.money import format_money
from app.domain.product import Variant
from app.till.events.page import ChoiceConfirmed, DialogClosed, VariantPicked, WeightTyped
from app.till.state import Choice
from app.till.ui.parts import change, click, dialog, picture, problem, radio, submit, typing
from app.till.ui.words import quantity


def choice(*, slice_: Choice) -> h.Element:
    """Ask what is needed before the product can go into the cart."""
    product = slice_.tile.product
    body = [
        h.div(".chosen")[
            picture(name=product.name, sha256=product.picture),
            h.div[h.p(".strong")[product.name], h.p(".quiet")[product.brand], _facts(slice_)],
        ],
        h.form(".stack", submit(ChoiceConfirmed), id="choice-form")[
            _weight(slice_) if product.weighed else _variants(slice_),
            problem(slice_.problem, id_="choice-problem"),
            h.button(
                "#add-to-cart.button.primary.big", type="submit", disabled=not product.weighed and not slice_.variant_id
            )["Add to cart"],
        ],
    ]
    title = "Weight" if product.weighed and len(product.variants) == 1 else "Choose size"
    return dialog(id_="choice", title=title, body=body, sends_on_close=click(DialogClosed))


def _chosen(slice_: Choice) -> Variant | None:
    return next((one for one in slice_.tile.product.variants if one.id == slice_.variant_id), None)


def _facts(slice_: Choice) -> h.Element | None:
    chosen = _chosen(slice_)
    if chosen is None and slice_.tile.product.weighed:
        chosen = slice_.tile.product.variants[0]
    if chosen is None:
        return None
    price = "No price" if chosen.price is None else format_money(chosen.price)
    per = " / kg" if slice_.tile.product.weighed else ""
    return h.p(".num")[h.span(".strong")[price, per], h.span(".quiet")[_left(slice_, chosen, "  ·  ")]]


def _left(slice_: Choice, variant: Variant, before: str = "") -> str:
    left = slice_.tile.available.get(variant.id)
    if left is None:
        return ""
    text = f"{quantity(left, weighed=slice_.tile.product.weighed)} left" if left > Decimal(0) else "sold out"
    return before + text


def _weight(slice_: Choice) -> h.Element:
    return h.div(".field")[
        h.label(for_="weight")["Weight in kg"],
        h.input(
            "#weight.input.money.num", typing(WeightTyped), name="weight", type="text", inputmode="decimal",
            value=slice_.weight, placeholder="0.000", autocomplete="off", data_focus=True, aria_describedby="choice-problem",
        ),
    ]


def _variants(slice_: Choice) -> list[h.Element]:
    variants = slice_.tile.product.variants
    pairs = {(one.size, one.colour) for one in variants}
    sizes = list(dict.fromkeys(one.size for one in variants if one.size))
    colours = list(dict.fromkeys(one.colour for one in variants if one.colour))
    if len(pairs) < len(variants) or not (sizes or colours):
        return [_each(slice_)]
    return [*([_sizes(slice_, sizes)] if sizes else []), *([_colours(slice_, colours)] if colours else [])]


def _each(slice_: Choice) -> h.Element:
    """Variants that size and colour do not tell apart: their SKU does."""
    options = [(one, " ".join(part for part in (one.label, one.sku) if part)) for one in slice_.tile.product.variants]
    return _group("Variant", [_option(slice_, "variant", label, one, one.id == slice_.variant_id) for one, label in options])


def _sizes(slice_: Choice, sizes: list[str]) -> h.Element:
    chosen = _chosen(slice_)
    colour = chosen.colour if chosen else None
    rows = []
    for size in sizes:
        made = [one for one in slice_.tile.product.variants if one.size == size]
        # Changing the size keeps the colour where there is one of it; else the first that is in stock.
        same = [one for one in made if one.colour == colour] or [one for one in made if _left(slice_, one) != "sold out"]
        rows.append(_option(slice_, "size", size, (same or made)[0], chosen is not None and chosen.size == size))
    return _group("Size", rows)


def _colours(slice_: Choice, colours: list[str]) -> h.Element:
    chosen = _chosen(slice_)
    rows = []
    for colour in colours:
        made = [one for one in slice_.tile.product.variants if one.colour == colour]
        fits = [one for one in made if chosen is None or one.size == chosen.size]
        why = "" if fits else "not in this size"
        checked = chosen is not None and chosen.colour == colour
        rows.append(_option(slice_, "colour", colour, (fits or made)[0], checked, why))
    return _group("Colour", rows)


def _option(slice_: Choice, group: str, title: str, variant: Variant, checked: bool, why: str = "") -> h.Element:
    left = "" if why else _left(slice_, variant)
    return radio(
        id_=f"{group}-{variant.id}",
        name=group,
        value=variant.id,
        checked=checked,
        sends=change(VariantPicked, variant_id=variant.id),
        label=title,
        why=why,
        hint=left,
    )


def _group(title: str, options: list[h.Element]) -> h.Element:
    return h.fieldset(".stack.tight")[h.legend[title], h.div(".options")[options]]
