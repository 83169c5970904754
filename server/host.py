"""The static host: serves dist/ and the products' pictures.

Any other static host can do the same; docs/ shows how.
"""

import re
from email.utils import formatdate
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from server.dist.policy import CONTENT_TYPES, cache_control
from server.oms.doors import WithOms
from server.oms.problems import Failed

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
IMMUTABLE = "public, max-age=31536000, immutable"
NO_DIST = "The app is not built yet: {dist} is missing. Build it with “python3 build.py dist”, then reload this page.\n"


def static_host() -> APIRouter:
    """Route everything that is not the API to files."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/pictures/{name}", methods=["GET", "HEAD"])
    def picture(oms: WithOms, name: str) -> Response:
        path = oms.settings.pictures / name
        if re.fullmatch(r"[0-9a-f]{64}\.webp", name) is None or not path.is_file():
            raise Failed(404, "There is no such picture")
        return FileResponse(path, media_type="image/webp", headers={"Cache-Control": IMMUTABLE})

    @router.api_route("/{name:path}", methods=["GET", "HEAD"])
    def file(oms: WithOms, name: str, request: Request) -> Response:
        dist = oms.settings.dist
        if not (dist / "index.html").is_file():
            return PlainTextResponse(
                NO_DIST.format(dist=dist), status_code=503, headers={"Retry-After": "5", "Cache-Control": "no-store"}
            )
        path = inside(dist, name or "index.html")
        if path is None:
            raise Failed(404, "There is no such page")
        return _serve(dist, path, request)

    return router


def inside(folder: Path, name: str) -> Path | None:
    """Find a file in a folder; nothing for a name that leads out of it."""
    try:
        path = (folder / name).resolve()
    except (OSError, ValueError):  # a name with a NUL, or one too long
        return None
    return path if path.is_relative_to(folder) and path.is_file() else None


def _serve(dist: Path, path: Path, request: Request) -> Response:
    media_type = CONTENT_TYPES.get(path.suffix, "application/octet-stream")
    twin, headers = _encoded(path, request)
    headers["Cache-Control"] = cache_control(f"/{path.relative_to(dist).as_posix()}")
    stat = twin.stat()
    headers["ETag"] = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers["Last-Modified"] = formatdate(stat.st_mtime, usegmt=True)
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(twin, media_type=media_type, headers=headers, stat_result=stat)


def _encoded(path: Path, request: Request) -> tuple[Path, dict[str, str]]:
    """Choose the precompressed twin that the browser accepts; a range is always of the file as it is."""
    accepted = request.headers.get("accept-encoding", "")
    names = {part.split(";")[0].strip() for part in accepted.split(",") if not re.search(r";\s*q=0(\.0*)?\s*$", part)}
    for encoding, suffix in ENCODINGS:
        twin = path.with_name(path.name + suffix)
        if encoding in names and "range" not in request.headers and twin.is_file():
            return twin, {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
    return path, {"Vary": "Accept-Encoding"}
