"""Size and colour out of options that every shop names in its own way."""

import pytest

from server.importers.options import size_and_colour


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([("Size", "M"), ("Color", "Blue")], ("M", "Blue")),
        ([("COLOUR", "Blue"), ("SIZE", "M")], ("M", "Blue")),
        ([("Material", "Wool"), ("Size", "M")], ("M / Wool", None)),
        ([("material", "Mesh"), ("size:shoe-size", "40")], ("40 / Mesh", None)),
        ([("Frame Color", "Red"), ("Rim Size", "50mm"), ("Arm Length", "165mm")], ("50mm / 165mm", "Red")),
        ([("Color", "Blue"), ("Band Color", "Gold")], ("Gold", "Blue")),
        ([("Title", "Default Title"), ("", ""), ("", "")], (None, None)),
    ],
)
def test_options_become_size_and_colour(
    options: list[tuple[str, str]], expected: tuple[str | None, str | None]
) -> None:
    """The dialog shows size, then colour: whatever order and words the shop chose, no option may get lost."""
    actual = size_and_colour(options)

    assert expected == actual
