"""Settings of this register: how products stand on the screen."""

from enum import StrEnum

import htpy as h

from app.till.events.base import Event
from app.till.events.display import LayoutChosen, SizeChosen
from app.till.slices.display import Display, Layout, Size
from app.till.ui.language import t
from app.till.ui.parts import change, radio

LAYOUTS = {Layout.TILES: "Tiles with pictures", Layout.LIST: "List"}
SIZES = {Size.SMALL: "Small", Size.MEDIUM: "Medium", Size.LARGE: "Large"}


def display_card(*, display: Display) -> h.Element:
    """The choice holds for this register alone, and at once."""
    return h.section(".card.stack", aria_labelledby="display-title")[
        h.h3("#display-title")[t("Products on the screen")],
        _choice("layout", t("Shown as"), LayoutChosen, LAYOUTS, display.layout, "two"),
        _choice("size", t("Size"), SizeChosen, SIZES, display.size, ""),
    ]


def _choice(
    name: str, legend: str, event: type[Event], titles: dict[Layout, str] | dict[Size, str], chosen: StrEnum, look: str
) -> h.Element:
    return h.fieldset(".stack.tight")[
        h.legend[legend],
        h.div(class_=["options", look])[
            [
                radio(
                    id_=f"{name}-{value}",
                    name=name,
                    value=value.value,
                    checked=value is chosen,
                    sends=change(event),
                    label=t(title),
                )
                for value, title in titles.items()
            ]
        ],
    ]
