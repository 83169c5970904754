"""dist/ as it was built: every name keeps its promise, and nothing in it points to another host."""

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest

from server.dist.assets import Assets
from server.dist.make import precache_list
from server.dist.policy import CONTENT_TYPES

DIST = Path(__file__).parents[1] / "dist"
TWINS = {".gz": gzip.decompress, ".br": brotli.decompress}
OURS_AND_JAVASCRIPT = {".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".webmanifest"}
# Names of XML vocabularies look like addresses and are never fetched.
VOCABULARIES = {"www.w3.org"}
CONTENT_NETWORKS = re.compile(rb"jsdelivr|unpkg|esm\.sh|cdnjs|googleapis|skypack")


def files() -> list[Path]:
    """Everything in dist/ but the compressed twins."""
    return sorted(path for path in DIST.rglob("*") if path.is_file() and path.suffix not in TWINS)


def name_of(path: Path) -> str:
    """An address as a browser asks for it."""
    return f"/{path.relative_to(DIST).as_posix()}"


def test_no_file_names_another_host() -> None:
    """Nothing may be fetched from elsewhere: in the shop there is no elsewhere."""
    read = [path for path in files() if path.suffix in OURS_AND_JAVASCRIPT or path.name.startswith("app.")]
    hosts = {
        host.decode(): name_of(path)
        for path in read
        for host in re.findall(rb"https?://([\w-]+(?:\.[\w-]+)+)", path.read_bytes())
    }

    assert {} == {host: name for host, name in hosts.items() if host not in VOCABULARIES}


def test_no_runtime_falls_back_to_a_content_network() -> None:
    """Documentation in the packages may name sites; a network that serves code must not be there, not even unused."""
    assert [] == [name_of(path) for path in files() if CONTENT_NETWORKS.search(path.read_bytes())]


def test_every_name_holds_the_hash_of_its_content(tmp_path: Path) -> None:
    """These files are kept for a year unasked; a name with other content could never be mended."""
    again = Assets(tmp_path)
    for path in sorted((DIST / "assets").iterdir()):
        plain = re.sub(r"\.\w{16}(?=\.\w+$|$)", "", path.name)
        if path.is_dir():
            inner = [file for file in path.rglob("*") if file.is_file() and file.suffix not in TWINS]
            again.put_tree(plain, {file.relative_to(path).as_posix(): file.read_bytes() for file in inner})
        elif path.suffix not in TWINS:
            again.put(plain, path.read_bytes())

    found = {f"/assets/{path.name}" for path in (DIST / "assets").iterdir() if path.suffix not in TWINS}
    assert found == set(again.addresses.values())


def test_the_service_worker_lists_what_is_there() -> None:
    """One file that is missing or differs, and the browser refuses the whole version."""
    listed = re.search(r"const FILES = (\{.*?\});", (DIST / "service-worker.js").read_text(), re.DOTALL)

    assert listed
    assert precache_list(DIST) == json.loads(listed[1])


def test_no_placeholder_is_left() -> None:
    """A placeholder that was not filled is a request for a file that does not exist."""
    texts = [path for path in files() if path.suffix in {".html", ".js", ".mjs", ".css", ".webmanifest"}]
    ours = [path for path in texts if "pyscript" not in str(path) and "pyodide" not in str(path)]

    assert [] == [
        name_of(path) for path in ours if re.search(rb"\{\{(asset:|icons|precache|version)", path.read_bytes())
    ]


def test_what_the_page_names_is_there() -> None:
    """A style or script that is missing shows itself only as a page that looks wrong."""
    named = re.findall(r'(?:src|href)="(/assets/[^"#]+)"', (DIST / "index.html").read_text())

    assert named
    assert [] == [address for address in named if not (DIST / address[1:]).is_file()]


@pytest.mark.parametrize("suffix", TWINS)
def test_every_twin_holds_the_same(suffix: str) -> None:
    """The hash is checked after decompression: a stale twin would look like a damaged download."""
    twins = [path for path in DIST.rglob(f"*{suffix}") if path.is_file()]
    differs = [twin.name for twin in twins if TWINS[suffix](twin.read_bytes()) != twin.with_suffix("").read_bytes()]

    assert twins
    assert [] == differs


def test_every_file_has_a_type() -> None:
    """Browsers refuse a module, a style or WebAssembly of a wrong type."""
    assert set() == {path.suffix for path in files()} - CONTENT_TYPES.keys()
