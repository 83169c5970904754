"""How the app comes to be imported in a browser: out of one zip, with the one compiled module beside it."""

import ast
import dataclasses
import os
import random
import sys
from collections.abc import Iterator
from importlib.machinery import ExtensionFileLoader
from pathlib import Path

import pytest

from server.dist.bundle import bundle
from server.dist.bundled import EXTENSION, Compiled, Packed, begin

ROOT = Path(__file__).parents[1]
MOMENTARY = frozenset(
    [
        "now",
        "today",
        "time",
        "time_ns",
        "monotonic",
        "perf_counter",
        "uuid4",
        "uuid1",
        "token_hex",
        "token_bytes",
        "token_urlsafe",
        "randbelow",
        "random",
        "choice",
        "getenv",
        "getpid",
    ]
)
"""What gives another answer each time, or on each machine."""
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
    begin(str(app), "compiled.wasm", "packages.zip")

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


def test_pyscript_is_loaded_compiled_and_not_from_the_source_that_is_written_down(tmp_path: Path) -> None:
    """Sixty kilobytes of source would be compiled at every start, in both workers."""
    (tmp_path / "source" / "pyscript").mkdir(parents=True)
    (tmp_path / "source" / "pyscript" / "__init__.py").write_text("sync = 1\n")
    bundle(str(tmp_path / "source"), str(tmp_path / "packages.zip"))

    found = Packed(str(tmp_path / "packages.zip"))

    spec = found.find_spec("pyscript")
    assert spec is not None
    assert str(tmp_path / "packages.zip" / "pyscript" / "__init__.pyc") == spec.origin
    assert (None, None) == (found.find_spec("json"), Packed("elsewhere.zip").find_spec("pyscript"))


def test_a_start_draws_other_numbers_than_the_one_before_it(app: Path) -> None:
    """A snapshot remembers the state of `random`: every register would draw the same numbers."""
    drawn = []
    for _ in range(2):
        random.seed(1)
        begin(str(app), "compiled.wasm", "packages.zip")
        drawn.append(random.random())  # noqa: S311

    assert drawn[0] != drawn[1]


def test_what_a_snapshot_has_prepared_is_not_prepared_again(app: Path) -> None:
    """Each start begins where the snapshot stopped: a second finder would be asked for every module, for nothing."""
    for _ in range(2):
        begin(str(app), "compiled.wasm", "packages.zip")

    finders = [each for each in sys.meta_path if isinstance(each, Compiled)]
    assert (1, 1) == (len(finders), sys.path.count(str(app)))


def test_nothing_of_the_app_asks_for_the_time_or_for_chance_while_it_is_imported() -> None:
    """A snapshot is imported once, where it is built: every register would have that machine's clock and chance."""
    files = sorted((ROOT / "app").rglob("*.py"))
    asked = [
        f"{file.relative_to(ROOT)}: {name}" for file in files for name in called_at_import(ast.parse(file.read_text()))
    ]

    assert len(files) > 300
    assert [] == [each for each in asked if each.rpartition(".")[2].rpartition(" ")[2] in MOMENTARY]


def called_at_import(node: ast.AST) -> Iterator[str]:
    """The names of what is called when a module is run, in classes and defaults, too, but in no function's body."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            outside = [*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)]
            yield from called_at_import(ast.List(outside, ast.Load()))
            continue
        if isinstance(child, ast.Call):
            yield ast.unparse(child.func)
        yield from called_at_import(child)


def test_what_is_called_at_import_is_seen_where_it_hides() -> None:
    """In a class, in a default, in a decorator; not in what is only called later."""
    module = ast.parse("""
A = [secrets.token_hex(2)]
class B:
    at: int = time.time()
@cached(now())
def c(at=clock.now()):
    return uuid4()
D = lambda: random()
""")

    assert ["secrets.token_hex", "time.time", "cached", "now", "clock.now"] == list(called_at_import(module))


def test_no_plugins_are_looked_for(app: Path) -> None:
    """Pydantic would go through all packages for them."""
    begin(str(app), "compiled.wasm", "packages.zip")

    assert "__all__" == os.environ.get("PYDANTIC_DISABLE_PLUGINS")
