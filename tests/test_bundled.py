"""How a start reads the app: modules by name out of one bundle, dataclasses out of code that was compiled before."""

import dataclasses
import marshal
import os
import random
import sys
from collections.abc import Iterator
from importlib.machinery import ExtensionFileLoader
from pathlib import Path

import pytest

from server.dist.bundle import bundle
from server.dist.bundled import EXTENSION, Bundled, begin, dataclasses_are_made_of
from server.dist.generated import app_of

JAR = """from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jar:
    size: int
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The bundle of a small app, as dist/ has it; nothing of it is imported."""
    source = tmp_path / "source"
    (source / "pantry").mkdir(parents=True)
    (source / "pantry" / "__init__.py").write_text('"""Doc."""\nfrom pantry.jars import Jar\n')
    (source / "pantry" / "jars.py").write_text(JAR)
    bundle(str(source), str(tmp_path / "app.zip"))
    for name in ("exec", "inspect"):
        monkeypatch.setattr(dataclasses, name, getattr(dataclasses, name, exec), raising=False)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "app.zip")])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    (tmp_path / "app.bin").write_bytes(app_of(str(tmp_path / "app.zip")))
    sys.path.pop()
    _forget()
    setattr(dataclasses, "exec", exec)  # noqa: B010
    yield tmp_path / "app.bin"
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pantry"]:
        del sys.modules[name]


def test_the_app_is_imported_out_of_its_bundle(app: Path) -> None:
    """Three hundred modules come out of it at each start: none is looked for anywhere else."""
    begin(str(app), "compiled.wasm")

    import pantry  # type: ignore[import-not-found]
    import pantry.jars  # type: ignore[import-not-found]

    loaders: set[object] = {type(sys.modules[name].__loader__) for name in ("pantry", "pantry.jars")}
    assert (pantry.Jar(3), None, {Bundled}) == (pantry.jars.Jar(3), pantry.__doc__, loaders)


def test_what_dataclasses_write_is_not_compiled_again(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register has hundreds of them, and compiling what they write took a quarter of the time of its imports."""
    codes, made = marshal.loads(app.read_bytes())  # noqa: S302 - as a start does
    asked: list[bool] = []

    class Noted(dict[str, object]):
        def get(self, text: str, otherwise: object = None) -> object:
            asked.append(text in self)
            return super().get(text, otherwise)

    dataclasses_are_made_of(Noted(made))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "meta_path", [Bundled(codes, ""), *sys.meta_path])

    import pantry

    assert ({True}, "Jar") == (set(asked), pantry.Jar.__doc__)


def test_a_dataclass_that_was_not_seen_before_is_made_now(app: Path) -> None:
    """What was compiled ahead makes a start quicker; it is no list of what is allowed."""
    begin(str(app), "compiled.wasm")

    made = dataclasses.make_dataclass("Lid", [("width", int)], frozen=True)

    assert made(2) == made(2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made(2).width = 3


def test_the_compiled_module_is_loaded_from_where_it_lies() -> None:
    """Its package lies in a zip, and nothing that is compiled can be loaded out of one."""
    spec = Bundled({}, "/lib/compiled.wasm").find_spec(EXTENSION)

    assert spec is not None
    assert (ExtensionFileLoader, "/lib/compiled.wasm") == (type(spec.loader), spec.origin)


def test_what_is_not_in_the_bundle_is_left_to_others() -> None:
    """The standard library and the packages lie elsewhere."""
    assert Bundled({"pantry": (True, b"")}, "").find_spec("json") is None


def test_a_start_draws_other_numbers_than_the_one_before_it(app: Path) -> None:
    """A snapshot remembers the state of `random`: every register would draw the same numbers."""
    copy = app.read_bytes()
    drawn = []
    for _ in range(2):
        random.seed(1)
        app.write_bytes(copy)
        begin(str(app), "compiled.wasm")
        drawn.append(random.random())  # noqa: S311

    assert drawn[0] != drawn[1]


def test_a_start_leaves_no_second_copy_of_the_app_and_looks_for_no_plugins(app: Path) -> None:
    """The file lies in the memory of each worker; plugins would be looked for in all packages."""
    begin(str(app), "compiled.wasm")

    assert (False, "__all__") == (app.exists(), os.environ.get("PYDANTIC_DISABLE_PLUGINS"))
