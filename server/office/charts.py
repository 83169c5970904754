"""Charts as SVG that the server draws: bars along a time, and ranks. No script, no inline style, widths in per cent.

Whoever can't see them reads the same in the table beside; so can everybody who wants the exact sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h

from app.domain.money import portion
from server.office import parts

TALL = 200
"""Pixels of the highest bar; above it room for the scale, below it for the names."""
ABOVE, BELOW = 12, 28
STEPS = 4
LABELS = 6
"""Names along the time; a phone has room for every second of them."""
TOP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, in short under it and in full where one points at it; minor units."""

    short: str
    name: str
    amount: int
    before: int | None = None
    """What it is compared with."""

    @property
    def told(self) -> str:
        compared = "" if self.before is None else f", before {parts.money(self.before)}"
        return f"{self.name}: {parts.money(self.amount)}{compared}"


def along(title: str, bars: Sequence[Bar], now: str = "", before: str = "") -> h.Element:
    """Bars along a time, with a scale; `now` and `before` name two rows of bars that stand side by side."""
    top = scale_of(max((max(bar.amount, bar.before or 0) for bar in bars), default=0))
    legend = h.p(".legend.quiet")[_key("before", before), _key("now", now)] if before else None
    told = f"{title}. {max(bars, key=lambda bar: bar.amount).told} is the most." if bars else title
    size = {"height": str(ABOVE + TALL + BELOW)}
    drawn = h.svg({"class": "bars", "role": "img", "aria-label": told, "width": "100%", **size})[
        [_line(step) for step in range(STEPS + 1)],
        [_bar(bar, place, len(bars), top) for place, bar in enumerate(bars)],
        [
            _label(bars[place].short, place, len(bars), second=bool(at % 2))
            for at, place in enumerate(labelled(len(bars)))
        ],
    ]
    scale = h.svg({"class": "scale", "aria-hidden": "true", "width": "88", **size})[
        [_amount(step, top) for step in range(STEPS + 1)]
    ]
    return h.figure(".card.chart")[h.figcaption(".row.apart")[h.h2[title], legend], h.div(".plot")[scale, drawn]]


def ranks(title: str, rows: Sequence[tuple[str, int]]) -> h.Element:
    """The first few by how much they brought, each with its share of the first one."""
    most = max((amount for _, amount in rows), default=0)
    listed = [
        h.li[h.span(".name")[name], h.span(".num")[parts.money(amount)], share(amount, most)]
        for name, amount in rows[:TOP]
    ]
    return h.figure(".card.chart")[h.figcaption[h.h2[title]], h.ol(".ranks")[listed]]


def share(amount: int, most: int) -> h.Element:
    """A bar that shows a part of a whole."""
    wide = portion(max(amount, 0), 100, max(most, 1))
    bar = {"class": "bar", "viewBox": "0 0 100 8", "preserveAspectRatio": "none", "aria-hidden": "true"}
    return h.svg(bar)[h.rect(width=str(min(wide, 100)), height="8")]


def scale_of(most: int) -> int:
    """The end of a scale: the smallest 1, 2 or 5 with noughts, times the steps, that holds the highest bar."""
    step = 100
    while step * STEPS < most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step * STEPS


def labelled(count: int) -> list[int]:
    """Which bars have their name under them: the first, and then as many as fit, equally far apart."""
    apart = max(1, -(-count // LABELS))
    return list(range(0, count, apart))


def _at(place: int, count: int, of: int = 100) -> str:
    """Where a bar stands, in per cent; `of` is how far into its room, from 0 to 100."""
    hundredths = (place * 100 + of) * 100 // max(count, 1)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _bar(bar: Bar, place: int, count: int, top: int) -> h.Element:
    if bar.before is None:
        return h.g[h.title[bar.told], _rect("now", bar.amount, top, _at(place, count, 15), _at(0, count, 70))]
    return h.g[
        h.title[bar.told],
        _rect("before", bar.before, top, _at(place, count, 12), _at(0, count, 36)),
        _rect("now", bar.amount, top, _at(place, count, 52), _at(0, count, 36)),
    ]


def _rect(kind: str, amount: int, top: int, x: str, width: str) -> h.Element:
    tall = portion(max(amount, 0), TALL, top)
    return h.rect(
        {"class": kind, "x": x, "width": width, "y": str(ABOVE + TALL - tall), "height": str(tall), "rx": "2"}
    )


def _line(step: int) -> h.Element:
    y = str(ABOVE + TALL - step * TALL // STEPS)
    return h.line({"class": "rule", "x1": "0", "x2": "100%", "y1": y, "y2": y})


def _amount(step: int, top: int) -> h.Element:
    y = str(ABOVE + TALL - step * TALL // STEPS + 4)
    return h.text({"x": "80", "y": y, "text-anchor": "end"})[parts.money(top * step // STEPS).removesuffix(".00")]


def _label(text: str, place: int, count: int, *, second: bool) -> h.Element:
    first = place == 0 and count > LABELS
    where = {"x": "0" if first else _at(place, count, 50), "text-anchor": "start" if first else "middle"}
    return h.text({**where, "y": str(ABOVE + TALL + 20), "class": "second" if second else None})[text]


def _key(kind: str, name: str) -> h.Element:
    return h.span[
        h.svg({"class": "swatch", "width": "12", "height": "12", "aria-hidden": "true"})[
            h.rect({"class": kind, "width": "12", "height": "12", "rx": "3"})
        ],
        name,
    ]
