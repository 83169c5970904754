"""Makes the app's bundle (see bundled.py), with what `dataclasses` write while it is imported compiled ahead.

Runs inside Pyodide (see generated.mjs), because code belongs to the interpreter that will run it.
"""

import dataclasses
import importlib
import marshal
import zipfile
from types import CodeType
from typing import Any

ONLY_IN_BROWSER = ("app.browser", "app.till.main", "app.courier.main")


HEADER = 16
"""Bytes before the code in a .pyc."""


def app_of(app: str) -> bytes:
    """Everything in app.zip as a start reads it: its modules, and what its dataclasses are made of."""
    with zipfile.ZipFile(app) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".pyc")}
    codes = {module_of(name): (name.endswith("__init__.pyc"), data[HEADER:]) for name, data in files.items()}
    return marshal.dumps((codes, generated(app)))


def generated(app: str) -> dict[str, CodeType]:
    """Import everything in app.zip; return each text that was compiled for a dataclass, with its code."""
    codes: dict[str, CodeType] = {}

    def keep(text: str, *spaces: dict[str, Any]) -> None:
        codes[text] = compile(text, "<string>", "exec", dont_inherit=True, optimize=2)
        exec(codes[text], *spaces)  # noqa: S102  # nosec B102

    # The module finds this name in itself before the one that is built in.
    setattr(dataclasses, "exec", keep)  # noqa: B010
    for name in modules(app):
        importlib.import_module(name)
    return codes


def modules(app: str) -> list[str]:
    """Every module in app.zip that needs no page."""
    with zipfile.ZipFile(app) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".pyc"))
    return [name for each in names if not (name := module_of(each)).startswith(ONLY_IN_BROWSER)]


def module_of(file: str) -> str:
    """How the module in a file is called, such as "app.till" in "app/till/__init__.pyc"."""
    return file.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
