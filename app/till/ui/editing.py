"""The dialog in which a manager changes a product for all registers."""

import htpy as h

from app.domain.money import format_money
from app.till.events.page import DialogClosed, ProductSaved
from app.till.slices.editing import Editing
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, note, problem, submit


def edit_product(*, slice_: Editing, asking: bool, why: str) -> h.Element:
    """Name, price and a correction of the count; what the catalogue says stands under each field."""
    product, variant = slice_.product, slice_.variant
    price = t("No price") if variant.price is None else format_money(variant.price)
    body = [
        h.p(".quiet")[" · ".join(part for part in (product.name, variant.label, variant.sku) if part)],
        h.form(".stack", submit(ProductSaved), id="edit-form")[
            _field("name", t("Name"), slice_.name, t("In the catalogue: {value}", value=product.name), focus=True),
            h.div(".pair")[
                _field("price", t("Price"), slice_.price, t("In the catalogue: {value}", value=price), "decimal"),
                _field("stock", t("Stock correction"), slice_.stock, t("Added to the count: -2 when two are missing")),
            ],
            _field("reason", t("Reason"), slice_.reason, t("For whoever asks later, such as “counted”")),
            note(t(why), tone="amber", name="wifi-off") if why else None,
            problem(t(slice_.problem) if slice_.problem else "", id_="edit-problem"),
            h.div(".actions")[
                h.button("#edit-cancel.button", click(DialogClosed), type="button")[t("Cancel")],
                h.button("#edit-save.button.primary", type="submit", disabled=asking or bool(why))[
                    t("Saving") if asking else t("Save")
                ],
            ],
        ],
    ]
    return dialog(id_="product-edit", title=t("Edit product"), body=body, sends_on_close=click(DialogClosed))


def _field(name: str, label: str, value: str, hint: str, inputmode: str = "text", *, focus: bool = False) -> h.Element:
    return h.div(".field")[
        h.label(for_=f"edit-{name}")[label],
        h.input(
            ".input",
            id=f"edit-{name}",
            name=name,
            type="text",
            value=value,
            inputmode=inputmode,
            autocomplete="off",
            maxlength="500",
            data_focus=focus,
            aria_describedby=f"edit-{name}-hint",
        ),
        h.p(".hint", id=f"edit-{name}-hint")[hint],
    ]
