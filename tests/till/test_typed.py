"""What is typed is the register's to keep, sealed, and nobody else's."""

import ast
from pathlib import Path

SCREENS = Path(__file__).parents[2] / "app" / "till" / "ui"
CHOSEN = {"radio", "checkbox", "hidden", "date", "file"}
"""Where nothing is typed."""


def test_no_field_is_remembered_by_the_browser() -> None:
    """It writes what stands in a field into its session file, in the clear, to restore the tab after a crash."""
    remembered = [
        f"{path.name}:{call.lineno}"
        for path in sorted(SCREENS.glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"input", "textarea"}
        for given in [{each.arg: ast.unparse(each.value) for each in call.keywords}]
        if given.get("type", "").strip("'") not in CHOSEN and given.get("autocomplete") != "'off'"
    ]

    assert [] == remembered
