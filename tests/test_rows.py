"""The list of end-to-end tests reads as the list of promises: each row of a system has tests that carry its name."""

import ast
from functools import lru_cache
from pathlib import Path

import pytest

E2E = Path(__file__).parent.parent / "e2e"
SYSTEMS = {"s": 20, "o": 6, "p": 7, "t": 11}
"""Store OS, O2VEND, POS Offline Transactions and Tracksales: by the letter of their rows, how many there are."""
ROWS = [f"{letter}{number:02d}" for letter, most in SYSTEMS.items() for number in range(1, most + 1)]


@lru_cache
def names_of_tests() -> list[str]:
    """Every end-to-end test, as `test_s01_s07_by_hand_the_banner_is_green`."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(E2E.glob("test_*.py"))]
    return [node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_a_system_is_tested_in_the_browser(row: str) -> None:
    """What a system promises is done when a person can do it in the browser, and a test does it too."""
    rows = [name.removeprefix("test_").split("_") for name in names_of_tests() if name.startswith("test_")]

    assert [] != [words for words in rows if row in words]
