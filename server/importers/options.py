"""Size and colour out of options that every shop names in its own way."""

from collections.abc import Iterable

SIZES = {"size", "sizes"}
COLOURS = {"color", "colour", "colors", "colours"}
NOTHING = {"", "default title", "default"}


def size_and_colour(options: Iterable[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Read (name, value) pairs; what is neither size nor colour joins the size, so that the label tells it."""
    colour: str | None = None
    sizes: list[str] = []
    others: list[str] = []
    for name, value in options:
        kind = _last_word(name)
        if value.casefold() in NOTHING:
            continue
        if kind in COLOURS and colour is None:
            colour = value
        elif kind in SIZES:
            sizes.append(value)
        else:
            others.append(value)
    return " / ".join([*sizes, *others]) or None, colour


def _last_word(name: str) -> str:
    """Return "size" of "Rim Size" and of "size:shoe-size"."""
    words = name.casefold().partition(":")[0].split()
    return words[-1] if words else ""
