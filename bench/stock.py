"""The stock page that ours is held against: PyScript and Pyodide as their packages are, one script, no CDN."""

import hashlib
import json
import sysconfig
import zipfile
from importlib.metadata import distribution, version
from pathlib import Path

from build import WHEELS
from e2e.worker import ROOT

PURE = ("pydantic", "annotated-types", "typing-extensions", "typing-inspection")
SAID = "pydantic 2."
"""How the line begins that the page prints."""
HTML = """<!doctype html><meta charset="utf-8"><title>Stock PyScript</title>
<link rel="stylesheet" href="pyscript/core.css">
<script type="module" src="pyscript/core.js"></script>
<script type="py" config='{"interpreter": "/pyodide/pyodide.mjs", "packages": ["pydantic"],
 "packages_cache": "passthrough"}'>
import pydantic
from pyscript import display
display(f"pydantic {pydantic.VERSION}")
</script>
"""


def lay_out(folder: Path) -> None:
    """Put the page and everything that it asks for into a folder."""
    modules = ROOT / "node_modules"
    (folder / "index.html").write_text(HTML)
    (folder / "pyscript").symlink_to(modules / "@pyscript" / "core" / "dist")
    (folder / "pyodide").mkdir()
    for file in (modules / "pyodide").iterdir():
        (folder / "pyodide" / file.name).symlink_to(file)
    lock = json.loads((modules / "pyodide" / "pyodide-lock.json").read_text())
    lock["packages"] = {name: _entry(folder / "pyodide", name) for name in (*PURE, "pydantic-core")}
    (folder / "pyodide" / "pyodide-lock.json").unlink()
    (folder / "pyodide" / "pyodide-lock.json").write_text(json.dumps(lock))


def _entry(folder: Path, name: str) -> dict[str, object]:
    """Put a wheel there, and tell what Pyodide's lock says of one."""
    wheel = _core(folder) if name == "pydantic-core" else _wheel(folder, name)
    return {
        "name": name,
        "version": version(name),
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
        "imports": [name.replace("-", "_")],
        "depends": [*PURE[1:], "pydantic-core"] if name == "pydantic" else [],
        "unvendored_tests": False,
    }


def _core(folder: Path) -> Path:
    """The wheel for Emscripten, the one that is in ours, too."""
    found = next(WHEELS.glob("pydantic_core-*.whl"))
    (folder / found.name).symlink_to(found)
    return folder / found.name


def _wheel(folder: Path, name: str) -> Path:
    """Zip an installed package as the wheel that it came from."""
    made = folder / f"{name.replace('-', '_')}-{version(name)}-py3-none-any.whl"
    site = Path(sysconfig.get_path("purelib"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in distribution(name).files or ():
            if file.suffix != ".pyc" and ".." not in file.parts:
                wheel.write(site / file, file.as_posix())
    return made
