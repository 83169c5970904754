"""Reads the app as it was bundled: each module's code by its name, and what its dataclasses are made of.

Runs in the browser, out of the memory snapshot (see preload.py). A zip would be searched for each of three hundred
modules, and what a dataclass writes for itself compiled at each start.
"""

import dataclasses
import inspect
import marshal
import os
import random
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

EXTENSION = "pydantic_core._pydantic_core"
"""The one compiled module; its package lies in a zip, from where nothing compiled is loaded."""


class Bundled:
    """Finds and loads modules of one bundle."""

    def __init__(self, codes: Mapping[str, tuple[bool, bytes]], extension: str) -> None:
        """`codes` is, for each module, whether it is a package, and its code as `marshal` has it."""
        self._codes = dict(codes)
        self._extension = extension

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Say how a module is loaded; None where it is none of ours."""
        if name == EXTENSION:
            loader = ExtensionFileLoader(name, self._extension)
            return spec_from_file_location(name, self._extension, loader=loader)
        if name not in self._codes:
            return None
        return ModuleSpec(name, self, is_package=self._codes[name][0])  # type: ignore[arg-type]

    def create_module(self, _spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run its code, which is not needed a second time."""
        exec(marshal.loads(self._codes.pop(module.__name__)[1]), module.__dict__)  # noqa: S102, S302  # nosec


class Unsigned:
    """`inspect` without signatures: `dataclasses` writes one as the docstring of each class that has none."""

    def __getattr__(self, name: str) -> Any:
        return (lambda *_, **__: "") if name == "signature" else getattr(inspect, name)


def begin(bundle: str, extension: str) -> None:
    """Let everything in the bundle be imported; the file goes, it has been read.

    A snapshot remembers the state of `random`: without new seed every register would draw the same numbers.
    """
    random.seed()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # it looks through all packages for one
    file = Path(bundle)
    codes, made = marshal.loads(file.read_bytes())  # noqa: S302  # nosec
    file.unlink()
    sys.meta_path.insert(0, Bundled(codes, extension))
    dataclasses_are_made_of(made)


def dataclasses_are_made_of(made: Mapping[str, CodeType]) -> None:
    """Take what a dataclass writes for itself from there; anything else is compiled, as ever, now."""
    # The module finds these names in itself before those that are built in.
    setattr(dataclasses, "exec", lambda text, *spaces: exec(made.get(text, text), *spaces))  # noqa: B010, S102  # nosec
    setattr(dataclasses, "inspect", Unsigned())  # noqa: B010
