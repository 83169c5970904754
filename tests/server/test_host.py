"""The static host: types, caching, precompressed twins, safety headers, and no way out of its folder."""

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from server.host import inside
from server.oms.oms import Oms

PAGE = b"<!doctype html><title>Store OS</title>"


@pytest.fixture
def dist(oms: Oms) -> Path:
    """A small dist/."""
    folder = oms.settings.dist
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "service-worker.js").write_text("self;")
    (folder / "assets" / "app-1a2b3c4d.mjs").write_text("export {};")
    (folder / "assets" / "app-1a2b3c4d.mjs.gz").write_bytes(gzip.compress(b"export {};"))
    (folder / "assets" / "app-1a2b3c4d.mjs.br").write_bytes(brotli.compress(b"export {};"))
    for name in ("core-1a.wasm", "inter-1a.woff2", "mark-1a.svg", "a-1a.css"):
        (folder / "assets" / name).write_bytes(b"x")
    (folder / "manifest.webmanifest").write_text("{}")
    return folder


TYPES = {
    "/": "text/html; charset=utf-8",
    "/service-worker.js": "text/javascript; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json",
    "/assets/app-1a2b3c4d.mjs": "text/javascript; charset=utf-8",
    "/assets/core-1a.wasm": "application/wasm",
    "/assets/inter-1a.woff2": "font/woff2",
    "/assets/mark-1a.svg": "image/svg+xml",
    "/assets/a-1a.css": "text/css; charset=utf-8",
}


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(("path", "expected"), TYPES.items())
def test_types(client: TestClient, path: str, expected: str) -> None:
    """With nosniff a wrong type is a dead page: streaming compilation of wasm wants exactly its own."""
    assert expected == client.get(path).headers["content-type"]


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "no-cache"),
        ("/service-worker.js", "no-cache"),
        ("/manifest.webmanifest", "no-cache"),
        ("/assets/app-1a2b3c4d.mjs", "public, max-age=31536000, immutable"),
    ],
)
def test_caching(client: TestClient, path: str, expected: str) -> None:
    """Names that hold a hash stay for a year; all else is asked for, or an update never arrives."""
    assert expected == client.get(path).headers["cache-control"]


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0, gzip", "gzip")],
)
def test_precompressed_twins(client: TestClient, accepted: str, expected: str | None) -> None:
    """Forty megabytes of runtime are compressed once, at build time."""
    with client.stream("GET", "/assets/app-1a2b3c4d.mjs", headers={"Accept-Encoding": accepted}) as reply:
        headers = reply.headers

    assert (expected, "Accept-Encoding") == (headers.get("content-encoding"), headers["vary"])


@pytest.mark.usefixtures("dist")
def test_a_range_is_of_the_file_itself(client: TestClient) -> None:
    """Half of a compressed file is no half of the file."""
    reply = client.get("/assets/app-1a2b3c4d.mjs", headers={"Range": "bytes=0-5"})

    assert (206, b"export", None) == (reply.status_code, reply.content, reply.headers.get("content-encoding"))


@pytest.mark.usefixtures("dist")
def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    """ "no-cache" means ask, not load."""
    tag = client.get("/").headers["etag"]

    assert 304 == client.get("/", headers={"If-None-Match": tag}).status_code


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize("path", ["/../secrets.json", "/%2e%2e/secrets.json", "/assets/..%2f..%2fsecrets.json", "/%00"])
def test_nothing_outside_is_served(client: TestClient, oms: Oms, path: str) -> None:
    """The secrets file lies right beside."""
    (oms.settings.data / "secrets.json").write_text("secret")

    assert 404 == client.get(path).status_code


def test_a_link_that_leads_out_is_not_followed(dist: Path, tmp_path: Path) -> None:
    """A name inside may point outside."""
    (tmp_path / "secret").write_text("secret")
    (dist / "link").symlink_to(tmp_path / "secret")

    assert inside(dist, "link") is None


def test_without_a_build_it_says_what_to_do(client: TestClient) -> None:
    """A blank 404 at the first start would send people away."""
    reply = client.get("/")

    assert 503 == reply.status_code
    assert "python3 build.py dist" in reply.text


def test_pictures_are_served_for_ever(client: TestClient, oms: Oms) -> None:
    """A picture's name is its hash: it can't change."""
    name = hashlib.sha256(b"picture").hexdigest()
    (oms.settings.pictures / f"{name}.webp").write_bytes(b"picture")
    reply = client.get(f"/pictures/{name}.webp")

    assert (b"picture", "image/webp") == (reply.content, reply.headers["content-type"])
    assert "immutable" in reply.headers["cache-control"]


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize("name", ["0" * 64 + ".webp", "..%2fsecrets.json", "x.webp"])
def test_what_is_no_picture_is_not_served(client: TestClient, name: str) -> None:
    """The pictures' folder is no way into the data folder."""
    assert 404 == client.get(f"/pictures/{name}").status_code
