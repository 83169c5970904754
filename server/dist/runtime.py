"""The parts of dist/ that take Pyodide itself to make: compiled bundles and the memory snapshot."""

import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.dist.packages import (
    compiled_code,
    stage_app,
    stage_compiled,
    stage_library,
    stage_packages,
    stage_pyscript,
)

HERE = Path(__file__).parent
BUNDLES = ("library.zip", "packages.zip")
"""The standard library, and the packages."""
COMPILED = "compiled.wasm"
"""The one compiled module of a package."""
APP = "app.zip"
"""Our own app/."""
SNAPSHOT = "snapshot.bin"
"""The interpreter's memory with all of them imported."""
LOADING = "compiled.mjs"
"""How the compiled module is loaded; a snapshot fits only where it is loaded as when that was made."""


class NodeFailed(Exception):
    """Node, with Pyodide in it, could not do its part of the build."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where things are while dist/ is made."""

    root: Path
    node: str

    @property
    def cache(self) -> Path:
        """What was made before and need not be made again."""
        return self.root / ".build"

    @property
    def node_modules(self) -> Path:
        """What npm installed."""
        return self.root / "node_modules"

    def run(self, script: str, *args: Path) -> None:
        """Run one of our Node scripts on the Pyodide of node_modules."""
        command = [self.node, str(HERE / script), str(self.node_modules / "pyodide"), *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NodeFailed(f"{script} failed: {(done.stderr or done.stdout).strip()[-1500:]}")


def runtime(workshop: Workshop, wheel: Path) -> dict[str, bytes]:
    """Bundles and snapshot; those of others are made again only when a lock or this folder changes."""
    inputs = [*sorted(workshop.root.glob("requirements*.lock")), workshop.root / "package-lock.json"]
    key = tree_hash([*inputs, *sorted(path for path in HERE.iterdir() if path.is_file())])
    made = workshop.cache / "runtime" / key
    if not (made / COMPILED).exists():
        made.mkdir(parents=True, exist_ok=True)
        _make_bundles(workshop, wheel, made)
    parts = [made / name for name in (*BUNDLES, COMPILED)]
    with tempfile.TemporaryDirectory(dir=workshop.cache) as scratch:
        app = Path(scratch, APP)
        stage_app(workshop.root / "app", Path(scratch, "staged"))
        workshop.run("bundle.mjs", Path(scratch, "staged"), app)
        parts += [app, _snapshot(workshop, parts, app, made)]
        return {path.name.partition("-")[0]: path.read_bytes() for path in parts}


def _make_bundles(workshop: Workshop, wheel: Path, made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=made) as scratch:
        staged = {made / name: Path(scratch, name) for name in BUNDLES}
        library, packages = staged.values()
        stage_library(workshop.node_modules / "pyodide", library)
        stage_packages(packages)
        stage_pyscript(workshop.node_modules, packages)
        stage_compiled(wheel, packages)
        workshop.run("bundle.mjs", *(path for bundle, source in staged.items() for path in (source, bundle)))
        code = Path(scratch, COMPILED)
        code.write_bytes(compiled_code(wheel))
        code.rename(made / COMPILED)  # last and whole: its presence says that the rest is there


def _snapshot(workshop: Workshop, parts: list[Path], app: Path, made: Path) -> Path:
    """The memory with this app in it; of an app before this one it is not kept."""
    known = made / f"{SNAPSHOT}-{tree_hash([app, workshop.root / 'public' / LOADING])}"
    if not known.exists():
        for old in made.glob(f"{SNAPSHOT}-*"):
            old.unlink()
        unfinished = app.with_name(SNAPSHOT)
        workshop.run("snapshot.mjs", *parts, app, unfinished)
        unfinished.replace(known)
    return known


def tree_hash(paths: list[Path]) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
