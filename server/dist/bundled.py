"""Lets the app be imported in a browser. A memory snapshot has it all imported; a plain start does it then.

Lies beside the packages there (see packages.py).
"""

import dataclasses
import inspect
import os
import random
import sys
from collections.abc import Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from typing import Any

EXTENSION = "pydantic_core._pydantic_core"
"""The one compiled module; its package lies in a zip, from where nothing compiled is loaded."""

PYSCRIPT = "pyscript"


class Compiled:
    """Finds the one compiled module where it lies."""

    def __init__(self, path: str) -> None:
        self._path = path

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Say how the module is loaded; None where it is another one."""
        if name != EXTENSION:
            return None
        return spec_from_file_location(name, self._path, loader=ExtensionFileLoader(name, self._path))


class Packed:
    """Finds PyScript's own package where it lies compiled: at each start its source is written down, and comes first."""

    def __init__(self, archive: str) -> None:
        self._archive = archive

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Say how the package is loaded; None for any other module, and where the package is not in the archive."""
        return PathFinder.find_spec(name, [self._archive]) if name == PYSCRIPT else None


class Unsigned:
    """`inspect` without signatures: `dataclasses` writes one as the docstring of each class that has none."""

    def __getattr__(self, name: str) -> Any:
        return (lambda *_, **__: "") if name == "signature" else getattr(inspect, name)


def begin(app: str, compiled: str, packages: str) -> None:
    """Let everything in the zip `app` be imported, the module in the file `compiled`, and PyScript out of `packages`.

    A snapshot remembers the state of `random`: without new seed every register would draw the same numbers.
    """
    random.seed()
    if app in sys.path:  # as the snapshot has it
        return
    sys.path.append(app)
    sys.meta_path[:0] = Compiled(compiled), Packed(packages)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # it looks through all packages for one
    # The module finds this name in itself before the one that is built in.
    setattr(dataclasses, "inspect", Unsigned())  # noqa: B010
