"""Pictures at import: shrunk, named by their hash, and never a reason to fail."""

import io
import struct
import tarfile
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from server.importers.fetching import FAILURES_IN_A_ROW, MOST_BYTES, Fetcher, open_session
from server.importers.pictures import Album, Beside, Pictures, open_album, shrink
from server.importers.reading import Unreadable


def photo(width: int = 800, height: int = 600, kind: str = "JPEG") -> bytes:
    """A photo as a camera would send it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (180, 40, 40)).save(out, kind)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


class _Shop(BaseHTTPRequestHandler):
    """A host of pictures with its bad days."""

    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status = {"/gone.jpg": 404, "/broken.jpg": 503}.get(self.path, 200)
        body = b"x" * (MOST_BYTES + 1) if self.path == "/huge.jpg" else photo()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[tuple[str, list[str]]]:
    """Serve pictures; yields the address and the paths that were asked for."""
    _Shop.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", _Shop.asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(open_session(loopback=True))
    yield made
    made.session.close()


def test_a_photo_becomes_a_small_webp() -> None:
    """A thousand photos as cameras make them would not fit into a till's budget."""
    small = shrink(photo())
    assert small is not None
    picture = Image.open(io.BytesIO(small))

    assert ("WEBP", (240, 180)) == (picture.format, picture.size)


def test_a_small_picture_is_not_blown_up() -> None:
    """Enlarging costs bytes and shows nothing more."""
    small = shrink(photo(60, 40))
    assert small is not None

    assert (60, 40) == Image.open(io.BytesIO(small)).size


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>", SVG, photo()[:300], bomb()])
def test_what_is_no_picture_or_a_bomb_is_none(data: bytes) -> None:
    """A host answers with a page, a download breaks off, a file claims gigabytes: the import goes on."""
    actual = shrink(data)

    assert actual is None


def test_a_picture_with_too_many_pixels_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow's own limit is an error only at twice its size: below it a picture still takes hundreds of MB."""
    monkeypatch.setattr("server.importers.pictures.MOST_PIXELS", 800 * 600 - 1)
    actual = shrink(photo(800, 600))

    assert actual is None


def test_a_picture_is_kept_under_its_hash_once(tmp_path: Path) -> None:
    """The host serves it as immutable under that name; two products may share it."""
    album = Album({"mug": photo, "cup": photo})
    maker = Pictures(tmp_path, album)

    assert maker.take("/m/u/mug.jpg") == maker.take("https://shop.invalid/cup.png?v=2")
    assert [f"{maker.take('mug.jpg')}.webp"] == [file.name for file in tmp_path.iterdir()]


def test_a_folder_is_searched_by_name(tmp_path: Path) -> None:
    """A shop writes /h/1/h1-red.jpg; the folder that came with it may be flat and hold webp."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "H1-Red.webp").write_bytes(photo(kind="WEBP"))
    album = open_album(tmp_path)

    assert isinstance(album, Album)
    assert photo(kind="WEBP") == album.find("/h/1/h1-red.jpg")


def test_a_tar_is_searched_by_name(tmp_path: Path) -> None:
    """Pictures come as one file as often as they come as a folder."""
    with tarfile.open(tmp_path / "pictures.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("../../etc/h1-red.jpg")
        member.size = len(photo())
        tar.addfile(member, io.BytesIO(photo()))
    album = open_album(tmp_path / "pictures.tar.gz")

    assert isinstance(album, Album)
    assert photo() == album.find("h1-red.png")
    assert ["pictures.tar.gz"] == [file.name for file in tmp_path.iterdir()]


def test_pictures_that_are_not_there_get_a_sentence(tmp_path: Path) -> None:
    """A mistyped folder must not become an import without pictures."""
    answer = open_album(tmp_path / "nowhere")

    assert isinstance(answer, Unreadable)
    assert "Nothing was changed." in answer.why


def test_a_path_may_not_lead_out_of_the_files_folder(tmp_path: Path) -> None:
    """A product file is somebody else's: it must not publish what lies elsewhere on this machine."""
    (tmp_path / "import").mkdir()
    (tmp_path / "private.jpg").write_bytes(photo())
    (tmp_path / "import" / "mug.jpg").write_bytes(photo())
    beside = Beside(tmp_path / "import")

    assert [photo(), None, None] == [
        beside.find(name) for name in ("mug.jpg", "../private.jpg", str(tmp_path / "private.jpg"))
    ]


def test_a_picture_is_fetched(shop: tuple[str, list[str]], fetcher: Fetcher) -> None:
    """Shopify's export names pictures by address only."""
    actual = fetcher.fetch(f"{shop[0]}/mug.jpg")

    assert photo() == actual


@pytest.mark.parametrize(("path", "why"), [("/gone.jpg", "answer 404"), ("/huge.jpg", "larger than 15 MB")])
def test_a_picture_that_cannot_be_had_says_why(
    shop: tuple[str, list[str]], fetcher: Fetcher, path: str, why: str
) -> None:
    """The report counts failures by reason, so that someone can mend them."""
    actual = fetcher.fetch(f"{shop[0]}{path}")

    assert why == actual


def test_a_host_that_keeps_failing_is_given_up(shop: tuple[str, list[str]], fetcher: Fetcher) -> None:
    """A thousand pictures times eight seconds of silence would be hours."""
    answers = [fetcher.fetch(f"{shop[0]}/broken.jpg") for _ in range(FAILURES_IN_A_ROW + 5)]

    assert FAILURES_IN_A_ROW == len(shop[1])
    assert "was given up" in str(answers[-1])


def test_one_good_answer_forgives(shop: tuple[str, list[str]], fetcher: Fetcher) -> None:
    """Only failures in a row mean that a host is away."""
    paths = ["/broken.jpg", "/broken.jpg", "/mug.jpg", "/broken.jpg", "/broken.jpg", "/mug.jpg"]
    answers = [fetcher.fetch(f"{shop[0]}{path}") for path in paths]

    assert photo() == answers[-1]


def test_no_answer_within_the_time_is_a_failure(shop: tuple[str, list[str]]) -> None:
    """A host that trickles would hold the import for ever; the limit is for the whole picture."""
    ticks = iter(range(0, 1000, 100))
    fetcher = Fetcher(open_session(loopback=True), clock=lambda: float(next(ticks)))
    actual = fetcher.fetch(f"{shop[0]}/mug.jpg")
    fetcher.session.close()

    assert "did not answer" in str(actual)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("ftp://x.invalid/a.jpg", "not in the folder of pictures"),
        ("file:///etc/passwd", "not in the folder of pictures"),
        ("mug.jpg", "not in the folder of pictures"),
        ("x" * 300, "not in the folder of pictures"),
        ("mug\0.jpg", "not in the folder of pictures"),
        ("data:image/png;base64," + "/A" * 3_000, "not in the folder of pictures"),
        ("http://[broken/a.jpg", "http://[broken/a.jpg did not answer"),
    ],
)
def test_strange_addresses_are_counted_not_followed(tmp_path: Path, fetcher: Fetcher, source: str, why: str) -> None:
    """Only http and https are asked, and a broken address ends nothing."""
    maker = Pictures(tmp_path, Beside(tmp_path), fetcher)
    actual = maker.take(source)

    assert (None, {why: 1}) == (actual, dict(maker.failed))
