"""How dist/ is made: names from content, nothing of another host, a list that a browser can check."""

import gzip
import hashlib
import re
import sys
import time
from pathlib import Path

import brotli
import pytest

from server.dist.assets import Assets, UnknownAsset
from server.dist.bundle import bundle
from server.dist.compress import add_twins
from server.dist.make import in_one, precache_list, sizes
from server.dist.packages import imported_somewhere, wanted
from server.dist.policy import CONTENT_SECURITY_POLICY, cache_control
from server.dist.vendor import icon_sprite, pyscript_files


def test_a_name_changes_with_the_content(tmp_path: Path) -> None:
    """Browsers keep these files for a year and never ask again: an old name must never hold new content."""
    first, second = Assets(tmp_path), Assets(tmp_path)
    first.put("app.zip", b"monday")
    second.put("app.zip", b"tuesday")

    assert first.addresses["app.zip"] != second.addresses["app.zip"]


def test_a_name_stays_with_the_content(tmp_path: Path) -> None:
    """What did not change is not downloaded again at an update."""
    first, second = Assets(tmp_path), Assets(tmp_path)
    first.put_tree("page", {"a.js": b"1", "b.js": b"2"})
    second.put_tree("page", {"b.js": b"2", "a.js": b"1"})

    assert first.addresses == second.addresses


def test_a_tree_changes_its_name_with_any_of_its_files(tmp_path: Path) -> None:
    """Files of a tree name one another by relative paths, so they are kept or replaced together."""
    first, second = Assets(tmp_path), Assets(tmp_path)
    first.put_tree("page", {"a.js": b"1", "b.js": b"2"})
    second.put_tree("page", {"a.js": b"1", "b.js": b"3"})

    assert first.addresses != second.addresses


def test_placeholders_become_addresses(tmp_path: Path) -> None:
    """Our files are written with plain names, and no build tool has to understand JavaScript for it."""
    assets = Assets(tmp_path)
    assets.put("till.py", b"x")

    assert f'"{assets.addresses["till.py"]}"' == assets.fill('"{{asset:till.py}}"')


def test_a_misspelt_asset_stops_the_build(tmp_path: Path) -> None:
    """Otherwise the register would fail in the shop, at its first start."""
    with pytest.raises(UnknownAsset, match="no asset named shel.js"):
        Assets(tmp_path).fill("{{asset:shel.js}}")


def test_runtimes_know_no_other_host(tmp_path: Path) -> None:
    """A runtime that silently asks a content network works in the office and fails in the shop."""
    folder = tmp_path / "@pyscript" / "core" / "dist"
    folder.mkdir(parents=True)
    (folder / "core.js").write_text('import("https://cdn.example.com/x.mjs"); "http://www.w3.org/2000/svg"')

    assert b'import("/not-fetched/x.mjs"); "http://www.w3.org/2000/svg"' == pyscript_files(tmp_path)["core.js"]


def test_icons_are_symbols_of_the_page(tmp_path: Path) -> None:
    """Screens made in Python draw an icon by name, without knowing the address of any file."""
    (tmp_path / "lucide-static" / "icons").mkdir(parents=True)
    (tmp_path / "lucide-static" / "icons" / "cloud.svg").write_text(
        '<!-- l -->\n<svg class="x">\n  <path d="M1" />\n</svg>'
    )

    sprite = icon_sprite(tmp_path, ["cloud"])

    assert '<symbol id="icon-cloud" viewBox="0 0 24 24"' in sprite
    assert '<path d="M1" /></symbol></svg>' in sprite


def test_a_bundle_can_be_imported_as_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register imports from the zip: nothing is unpacked or compiled at its start."""
    (tmp_path / "source" / "shelf").mkdir(parents=True)
    (tmp_path / "source" / "shelf" / "__init__.py").write_text('"""Doc."""\nJARS = 3\n')
    bundle(str(tmp_path / "source"), str(tmp_path / "bundle.zip"))
    monkeypatch.syspath_prepend(tmp_path / "bundle.zip")

    import shelf  # type: ignore[import-not-found]

    monkeypatch.delitem(sys.modules, "shelf")
    assert (3, None) == (shelf.JARS, shelf.__doc__)


def test_the_same_sources_make_the_same_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that differs at each build would be downloaded by every register for nothing."""
    yesterday = time.gmtime(0x5F000000)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.py").write_text("A = {1, 2}\n")
    bundle(str(tmp_path / "source"), str(tmp_path / "one.zip"))
    monkeypatch.setattr("time.localtime", lambda *_args: yesterday)
    bundle(str(tmp_path / "source"), str(tmp_path / "two.zip"))

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("pydantic/main.py", True),
        ("tzdata/zoneinfo/Asia/Kolkata", True),
        ("pydantic/v1/main.py", False),
        ("pydantic-2.14.3.dist-info/METADATA", False),
        ("charset_normalizer/md.cpython-311-x86_64-linux-gnu.so", False),
        ("../../bin/segno", False),
    ],
)
def test_only_what_runs_in_a_browser_is_packed(file: str, needed: bool) -> None:
    """Each file left out is one less to download in a shop with a bad line; each one missed is an ImportError there."""
    assert needed == wanted(Path(file))


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("encodings/utf_8.py", True),
        ("encodings/cp437.py", True),
        ("encodings/iso8859_7.py", False),
        ("email/message.py", True),
        ("pdb.py", False),
        ("unittest/mock.py", False),
        ("xml/dom/minidom.py", False),
        ("xml/sax/saxutils.py", True),
        ("asyncio/windows_events.py", False),
        ("asyncio/unix_events.py", True),
    ],
)
def test_only_what_somebody_imports_is_packed_of_the_standard_library(file: str, needed: bool) -> None:
    """Half of it is for developers and for other machines; without the rest a plain start stops."""
    assert needed == imported_somewhere(file)


def test_all_styles_travel_as_one_file_each_in_its_layer() -> None:
    """An import is asked for when it is met, and no script runs before it is there; and layers decide who wins."""
    styles = Path(__file__).parents[1] / "public" / "styles"
    whole = in_one(styles)

    assert "@import" not in whole
    for path in styles.glob("*.css"):
        if path.name != "index.css":
            assert path.read_text("utf-8") in whole, path.name
    assert whole.index("@layer reset, tokens") < whole.index("@layer reset {") < whole.index("@layer print {")
    assert (whole.count("{"), whole.count("@layer screens {")) == (whole.count("}"), 12)


def test_the_page_preloads_each_module_that_it_imports() -> None:
    """What only another module names comes a journey later; what nothing names is loaded in vain."""
    public = Path(__file__).parents[1] / "public"
    page = (public / "index.html").read_text("utf-8")
    found, look = set[str](), ["shell.js"]
    while look:
        text = (public / look.pop()).read_text("utf-8")
        imported = set(re.findall(r'^import .* from "\./([\w./]+)";', text, re.MULTILINE)) - found
        found |= imported
        look += [name for name in imported if not name.startswith("vendor/")]

    assert sorted(found) == sorted(re.findall(r'modulepreload" href="{{asset:page}}/([\w./]+)"', page))


def test_the_precache_list_names_everything_with_its_hash(tmp_path: Path) -> None:
    """The service worker keeps exactly this list: what is missing in it is missing when the internet is gone."""
    (tmp_path / "assets" / "page.1").mkdir(parents=True)
    (tmp_path / "assets" / "page.1" / "a.css").write_bytes(b"css")
    (tmp_path / "assets" / "page.1" / "a.css.br").write_bytes(b"a twin is not asked for by its own name")
    (tmp_path / "assets" / "page.1" / "styles").mkdir()
    (tmp_path / "assets" / "page.1" / "styles" / "index.css").write_bytes(b"all")
    (tmp_path / "assets" / "page.1" / "styles" / "base.css").write_bytes(b"only the back office asks for a part")
    (tmp_path / "index.html").write_bytes(b"html")

    kept = (("/", b"html"), ("/assets/page.1/a.css", b"css"), ("/assets/page.1/styles/index.css", b"all"))
    expected = {path: hashlib.sha256(data).hexdigest() for path, data in kept}
    assert expected == precache_list(tmp_path)


def test_compressed_twins_hold_the_same(tmp_path: Path) -> None:
    """A browser never sees which of the three it was sent."""
    text = b"store " * 1000
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "a.js").write_bytes(text)
    add_twins(tmp_path / "dist", tmp_path / "cache")

    assert text == gzip.decompress((tmp_path / "dist" / "a.js.gz").read_bytes())
    assert text == brotli.decompress((tmp_path / "dist" / "a.js.br").read_bytes())


def test_pictures_and_fonts_are_not_compressed_twice(tmp_path: Path) -> None:
    """It would cost time and room, and gain nothing."""
    (tmp_path / "a.woff2").write_bytes(b"font" * 1000)
    add_twins(tmp_path, tmp_path / "cache")

    assert ["a.woff2"] == [path.name for path in tmp_path.iterdir() if path.is_file()]


def test_the_size_is_told_raw_and_as_it_travels(tmp_path: Path) -> None:
    """What a shop downloads is a number that we watch."""
    (tmp_path / "a.bin").write_bytes(bytes(2_000_000))
    (tmp_path / "a.bin.gz").write_bytes(bytes(1_000_000))

    assert "dist/: 1 files, 2.0 MB, 1.0 MB gzip, 2.0 MB brotli" == sizes(tmp_path)


def test_only_names_with_a_hash_are_kept_for_ever() -> None:
    """An index.html or a service worker that a proxy keeps would hold a shop on an old version."""
    paths = ("/assets/app.1.zip", "/index.html", "/service-worker.js")

    assert ["/assets/app.1.zip"] == [path for path in paths if "immutable" in cache_control(path)]


def test_the_policy_names_no_other_source() -> None:
    """Even a mistake in our own code cannot send a sale, or fetch a script, anywhere else."""
    sources = set(CONTENT_SECURITY_POLICY.replace(";", "").split())

    assert set() == {source for source in sources if "//" in source or source in {"*", "https:", "'unsafe-inline'"}}
