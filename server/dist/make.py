"""Puts dist/ together, whole or not at all: the new one takes the place of the old when it is complete."""

import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path

from server.dist.assets import Assets, short_hash
from server.dist.compress import ENCODINGS, add_twins
from server.dist.runtime import Workshop, runtime
from server.dist.vendor import icon_sprite, page_files, pyodide_files, pyscript_files

TEXT = frozenset({".css", ".html", ".js", ".mjs", ".json", ".svg", ".webmanifest"})
OF_WORKERS = ("compiled.mjs", "paged.mjs", "stored.mjs")
NOT_IN_PAGE = frozenset({"index.html", "service-worker.js", "fast.mjs", "icons.txt", *OF_WORKERS})
"""These have a place of their own."""
IMPORT = re.compile(r'@import url\("(?P<name>[\w.]+)"\) layer\((?P<layer>\w+)\);')
WORKERS = ("till", "courier")
# What PyScript is given to run; boot.js calls `started` to learn that main() did not raise.
MAIN = """\
import js

js.performance.mark("main script")

from pyscript import sync

from app.{worker}.main import main

await main()
sync.started = lambda: True
"""


def make(workshop: Workshop, wheel: Path) -> str:
    """Build dist/ and say how large it is."""
    workshop.cache.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workshop.cache) as scratch:
        new = Path(scratch, "dist")
        _fill(new, workshop, wheel)
        add_twins(new, workshop.cache / "compressed")
        _replace(workshop.root / "dist", new, Path(scratch, "old"))
    return sizes(workshop.root / "dist")


def _fill(dist: Path, workshop: Workshop, wheel: Path) -> None:
    public, assets = workshop.root / "public", Assets(dist)
    assets.put_tree("pyodide", pyodide_files(workshop.node_modules))
    assets.put_tree("pyscript", pyscript_files(workshop.node_modules))
    for name, data in runtime(workshop, wheel).items():
        assets.put(name, data)
    for name in OF_WORKERS:
        assets.put(name, (public / name).read_bytes())
    assets.put("fast.mjs", assets.fill((public / "fast.mjs").read_text("utf-8")).encode())
    for worker in WORKERS:
        assets.put(f"{worker}.py", MAIN.format(worker=worker).encode())
    assets.put_tree("page", _page(public, assets, workshop))
    _write_index(dist, public, assets, workshop)
    write_service_worker(dist, public)


def _page(public: Path, assets: Assets, workshop: Workshop) -> dict[str, bytes]:
    """Our own files in one folder, as they lie in public/, so that they name one another by relative paths."""
    files = page_files(workshop.node_modules)
    for path in sorted(path for path in public.rglob("*") if path.is_file()):
        name = path.relative_to(public).as_posix()
        if name not in NOT_IN_PAGE:
            data = path.read_bytes()
            files[name] = assets.fill(data.decode()).encode() if path.suffix in TEXT else data
    return files | {"styles/index.css": in_one(public / "styles").encode()}


def in_one(styles: Path) -> str:
    """All styles as one file, each in its layer: no script of a page runs before the last of them is there."""

    def content(found: re.Match[str]) -> str:
        return f"@layer {found['layer']} {{\n{(styles / found['name']).read_text('utf-8')}}}"

    return IMPORT.sub(content, (styles / "index.css").read_text("utf-8"))


def _write_index(dist: Path, public: Path, assets: Assets, workshop: Workshop) -> None:
    icons = icon_sprite(workshop.node_modules, (public / "icons.txt").read_text("utf-8").split())
    html = assets.fill((public / "index.html").read_text("utf-8")).replace("{{icons}}", icons)
    (dist / "index.html").write_text(html, "utf-8")


def write_service_worker(dist: Path, public: Path) -> None:
    """The service worker with the list of all that is in dist/; its bytes change whenever any of that does."""
    precache = json.dumps(precache_list(dist), indent=0)
    code = (public / "service-worker.js").read_text("utf-8")
    code = code.replace("{{precache}}", precache).replace("{{version}}", short_hash(precache.encode()))
    (dist / "service-worker.js").write_text(code, "utf-8")


def precache_list(dist: Path) -> dict[str, str]:
    """What a browser keeps: the address of each file and the SHA-256 that it must have, once decompressed."""
    files = [path for path in sorted((dist / "assets").rglob("*")) if path.is_file() and path.suffix not in ENCODINGS]
    files = [path for path in files if path.parent.name != "styles" or path.name == "index.css"]  # the office has parts
    listed = {"/": dist / "index.html"} | {f"/{path.relative_to(dist).as_posix()}": path for path in files}
    return {address: hashlib.sha256(path.read_bytes()).hexdigest() for address, path in listed.items()}


def _replace(old: Path, new: Path, aside: Path) -> None:
    if old.exists():
        old.rename(aside)
    shutil.move(new, old)


def sizes(dist: Path) -> str:
    """The total of dist/, raw and as it travels."""
    files = [path for path in dist.rglob("*") if path.is_file() and path.suffix not in ENCODINGS]
    raw = sum(path.stat().st_size for path in files)
    line = [f"dist/: {len(files)} files, {raw / 1e6:.1f} MB"]
    for suffix, name in ((".gz", "gzip"), (".br", "brotli")):
        line.append(f"{sum(_travels(path, suffix) for path in files) / 1e6:.1f} MB {name}")
    return ", ".join(line)


def _travels(path: Path, suffix: str) -> int:
    twin = path.with_name(path.name + suffix)
    return (twin if twin.exists() else path).stat().st_size
