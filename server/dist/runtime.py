"""The parts of dist/ that take Pyodide itself to make: compiled bundles and the memory snapshot."""

import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.dist.packages import compiled_code, stage_app, stage_compiled, stage_library, stage_packages

HERE = Path(__file__).parent
BUNDLES = ("library.zip", "packages.zip")
"""The standard library, and the packages."""
COMPILED = "compiled.wasm"
"""The one compiled module of a package."""
SNAPSHOT = "snapshot.bin"


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
    """Bundles and snapshot of what is not ours; made again only when a lock or this folder changes."""
    inputs = [*sorted(workshop.root.glob("requirements*.lock")), workshop.root / "package-lock.json"]
    key = tree_hash([*inputs, *sorted(path for path in HERE.iterdir() if path.is_file())])
    made = workshop.cache / "runtime" / key
    if not (made / SNAPSHOT).exists():
        made.mkdir(parents=True, exist_ok=True)
        _make_runtime(workshop, wheel, made)
    return {name: (made / name).read_bytes() for name in (*BUNDLES, COMPILED, SNAPSHOT)}


def _make_runtime(workshop: Workshop, wheel: Path, made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=made) as scratch:
        staged = {made / name: Path(scratch, name) for name in BUNDLES}
        library, packages = staged.values()
        stage_library(workshop.node_modules / "pyodide", library)
        stage_packages(packages)
        stage_compiled(wheel, packages)
        (made / COMPILED).write_bytes(compiled_code(wheel))
        workshop.run("bundle.mjs", *(path for bundle, source in staged.items() for path in (source, bundle)))
        snapshot = Path(scratch, SNAPSHOT)
        workshop.run("snapshot.mjs", made / "library.zip", made / "packages.zip", snapshot)
        snapshot.rename(made / SNAPSHOT)  # last and whole: its presence says that the rest is there


def app_bundle(workshop: Workshop, parts: dict[str, bytes]) -> bytes:
    """Our own app/, compiled, with the code that its dataclasses are made of; `parts` is what it runs on."""
    with tempfile.TemporaryDirectory(dir=workshop.cache) as scratch:
        app, made = Path(scratch, "app.zip"), Path(scratch, "app.bin")
        stage_app(workshop.root / "app", Path(scratch, "staged"))
        workshop.run("bundle.mjs", Path(scratch, "staged"), app)
        needed = (*BUNDLES, COMPILED)
        for name in needed:
            Path(scratch, name).write_bytes(parts[name])
        workshop.run("generated.mjs", *(Path(scratch, name) for name in needed), app, made)
        return made.read_bytes()


def tree_hash(paths: list[Path]) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
