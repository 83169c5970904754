"""What we take from npm packages, and how: only the files that are used, and no address of another host in them."""

import re
from pathlib import Path

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
# The runtime of PyScript loads all of its plugins at the start, but none of the editors and terminals they offer.
PYSCRIPT_LEFT_OUT = ("xterm", "codemirror", "mpy", "toml", "zip", "pyodide_graph", "storage", "service-worker", "index")
PAGE = {
    "vendor/idiomorph.js": "idiomorph/dist/idiomorph.esm.js",
    "vendor/idb.js": "idb/build/index.js",
    "fonts/inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "fonts/inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}

# A runtime that does not find its files asks a content network for them. Here it has to fail at once and in the open,
# so those addresses are taken out. The names of XML vocabularies are not addresses and stay.
ANOTHER_HOST = re.compile(rb"https?://(?!www\.w3\.org/)[\w-]+(?:\.[\w-]+)+")
NOWHERE = b"/not-fetched"
LINE = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    ' stroke-linejoin="round"'
)
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")


def pyodide_files(node_modules: Path) -> dict[str, bytes]:
    """The interpreter."""
    return {name: _local(node_modules / "pyodide" / name) for name in PYODIDE}


def pyscript_files(node_modules: Path) -> dict[str, bytes]:
    """What starts the interpreter in a worker and carries calls to it."""
    dist = node_modules / "@pyscript" / "core" / "dist"
    used = (path for path in sorted(dist.glob("*.js")) if not path.name.startswith(PYSCRIPT_LEFT_OUT))
    return {path.name: _local(path) for path in used}


def page_files(node_modules: Path) -> dict[str, bytes]:
    """What the page uses beside our own files."""
    return {name: _local(node_modules / source) for name, source in PAGE.items()}


def icon_sprite(node_modules: Path, names: list[str]) -> str:
    """One hidden SVG with a symbol `icon-NAME` for each icon, to be drawn by <use href="#icon-NAME">."""
    symbols = [_symbol(name, (node_modules / "lucide-static" / "icons" / f"{name}.svg").read_text()) for name in names]
    return f'<svg width="0" height="0" aria-hidden="true">{"".join(symbols)}</svg>'


def _symbol(name: str, svg: str) -> str:
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return f'<symbol id="icon-{name}" {LINE}>{" ".join(inner.split())}</symbol>'


def _local(path: Path) -> bytes:
    """A file's bytes; in text, without addresses of other hosts and of source maps."""
    data = path.read_bytes()
    if path.suffix not in {".js", ".mjs", ".css"}:
        return data
    return ANOTHER_HOST.sub(NOWHERE, SOURCE_MAP.sub(b"\n", data))
