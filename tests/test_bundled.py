"""How the app comes to be imported in a browser: out of one zip, with the one compiled module beside it."""

import dataclasses
import os
import random
import sys
from collections.abc import Iterator
from importlib.machinery import ExtensionFileLoader
from pathlib import Path

import pytest

from server.dist.bundle import bundle
from server.dist.bundled import EXTENSION, Compiled, begin

JAR = """from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jar:
    size: int
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The zip of a small app, as dist/ has it; nothing of it is imported."""
    (tmp_path / "source" / "pantry").mkdir(parents=True)
    (tmp_path / "source" / "pantry" / "__init__.py").write_text('"""Doc."""\nfrom pantry.jars import Jar\n')
    (tmp_path / "source" / "pantry" / "jars.py").write_text(JAR)
    bundle(str(tmp_path / "source"), str(tmp_path / "app.zip"))
    monkeypatch.setattr(dataclasses, "inspect", dataclasses.inspect)  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    yield tmp_path / "app.zip"
    for name in [name for name in sys.modules if name.partition(".")[0] == "pantry"]:
        del sys.modules[name]


def test_the_app_is_imported_out_of_its_zip(app: Path) -> None:
    """A browser has no folder with it; and what nobody reads there, such as docstrings, does not travel."""
    begin(str(app), "compiled.wasm")

    import pantry  # type: ignore[import-not-found]
    import pantry.jars  # type: ignore[import-not-found]

    assert (pantry.Jar(3), None, "Jar") == (pantry.jars.Jar(3), pantry.__doc__, pantry.Jar.__doc__)
    assert str(pantry.jars.__file__).startswith(str(app))


def test_the_compiled_module_is_loaded_from_where_it_lies() -> None:
    """Its package lies in a zip, and nothing that is compiled can be loaded out of one."""
    spec = Compiled("/lib/compiled.wasm").find_spec(EXTENSION)

    assert spec is not None
    assert (ExtensionFileLoader, "/lib/compiled.wasm") == (type(spec.loader), spec.origin)


def test_any_other_module_is_left_to_others() -> None:
    """The standard library, the packages and the app lie elsewhere."""
    assert Compiled("").find_spec("json") is None


def test_a_start_draws_other_numbers_than_the_one_before_it(app: Path) -> None:
    """A snapshot remembers the state of `random`: every register would draw the same numbers."""
    drawn = []
    for _ in range(2):
        random.seed(1)
        begin(str(app), "compiled.wasm")
        drawn.append(random.random())  # noqa: S311

    assert drawn[0] != drawn[1]


def test_what_a_snapshot_has_prepared_is_not_prepared_again(app: Path) -> None:
    """Each start begins where the snapshot stopped: a second finder would be asked for every module, for nothing."""
    for _ in range(2):
        begin(str(app), "compiled.wasm")

    finders = [each for each in sys.meta_path if isinstance(each, Compiled)]
    assert (1, 1) == (len(finders), sys.path.count(str(app)))


def test_no_plugins_are_looked_for(app: Path) -> None:
    """Pydantic would go through all packages for them."""
    begin(str(app), "compiled.wasm")

    assert "__all__" == os.environ.get("PYDANTIC_DISABLE_PLUGINS")
