"""The dialog that asks what is to be sold with a line: a warranty, a gift wrap."""

import htpy as h

from app.domain.cart import Cart, Line
from app.domain.extension import Extension
from app.domain.money import format_money
from app.sync.mode import Ability
from app.till.events.page import DialogClosed, ExtraToggled
from app.till.ui.language import t
from app.till.ui.parts import change, click, dialog, note, safe_id


def extras(*, cart: Cart, line: Line, offered: tuple[Extension, ...], ability: Ability) -> h.Element:
    """Check what the customer wants; it is in the cart at once."""
    chosen = {one.product_id for one in cart.extensions_of(line)}
    body = [
        note(t(ability.reason), name="wifi-off", id_="extras-dialog-why") if not ability.allowed else None,
        h.div(".stack.tight")[[_extra(one, one.id in chosen, ability) for one in offered]],
        h.p(".quiet")[t("As many as there are pieces of it. Tax is in the price of each.")],
        h.button("#extras-done.button.primary.big", click(DialogClosed), type="button", data_focus=True)[t("Done")],
    ]
    title = t("Extras for {name}", name=line.full_name)
    return dialog(id_="extras", title=title, body=body, sends_on_close=click(DialogClosed))


def _extra(one: Extension, chosen: bool, ability: Ability) -> h.Element:
    id_ = safe_id("extra", one.id)
    return h.label(".choice")[
        h.input(
            change(ExtraToggled, extension_id=one.id),
            id=id_,
            type="checkbox",
            name="extra",
            value=one.id,
            checked=chosen,
            disabled=not ability.allowed,
            aria_labelledby=f"{id_}-name",
            aria_describedby=f"{id_}-price",
        ),
        h.span(".grow", id=f"{id_}-name")[one.name],
        h.span(".num.strong", id=f"{id_}-price")[format_money(one.price)],
    ]
