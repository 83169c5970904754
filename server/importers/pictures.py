"""Pictures of products, at import only: fetched or read, shrunk, and kept under the hash of what they became."""

import hashlib
import tarfile
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from PIL import Image, ImageOps, UnidentifiedImageError

from server.importers.fetching import MOST_BYTES, Fetcher
from server.importers.reading import Unreadable
from server.oms.files import write_whole

LONGEST_SIDE = 240
MOST_PIXELS = 50_000_000
"""A picture that unpacks to more is a decompression bomb, or of no use to a till."""
QUALITY = 80
KINDS = (".webp", ".jpg", ".jpeg", ".png", ".gif")


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures in a folder or a tar file, found by name; a shop's .jpg may be our .webp."""

    names: Mapping[str, Callable[[], bytes]]

    def find(self, wanted: str) -> bytes | None:
        read = self.names.get(_stem(wanted))
        return read() if read else None


@dataclass(frozen=True, slots=True)
class Beside:
    """Pictures that a file names by a path from where it lies itself, and never from outside of there."""

    folder: Path

    def find(self, wanted: str) -> bytes | None:
        if "://" in wanted:
            return None
        home = self.folder.resolve()
        try:
            place = (home / wanted).resolve()
            fits = place.is_relative_to(home) and place.is_file() and place.stat().st_size <= MOST_BYTES
            return place.read_bytes() if fits else None
        except (OSError, ValueError):  # longer than a name can be, with a NUL in it, or not for us to read
            return None


@dataclass(slots=True)
class Pictures:
    """Makes pictures of what a file names; what can't be had is counted, never fatal."""

    folder: Path
    album: Album | Beside
    fetcher: Fetcher = field(default_factory=Fetcher)
    failed: Counter[str] = field(default_factory=Counter)
    made: int = 0
    _known: dict[str, str | None] = field(default_factory=dict)

    def take(self, source: str) -> str | None:
        """Return the hash under which the picture is kept, or None when it can't be had."""
        if source not in self._known:
            self._known[source] = self._make(source)
        return self._known[source]

    def _make(self, source: str) -> str | None:
        found = self.album.find(source) or self._fetch(source)
        if found is None:
            return None
        small = shrink(found)
        if small is None:
            self.failed["not a picture that can be used"] += 1
            return None
        digest = hashlib.sha256(small).hexdigest()
        place = self.folder / f"{digest}.webp"
        if not place.exists():
            write_whole(place, small)
        self.made += 1
        return digest

    def _fetch(self, source: str) -> bytes | None:
        if not source.startswith(("http://", "https://")):
            self.failed["not in the folder of pictures"] += 1
            return None
        answer = self.fetcher.fetch(source)
        if isinstance(answer, str):
            self.failed[answer] += 1
            return None
        return answer


def open_album(path: Path) -> Album | Unreadable:
    """List a folder or a tar file; nothing is unpacked to the disk, so no name in it can lead astray."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.casefold() in KINDS and file.is_file())
        return Album({_stem(file.name): file.read_bytes for file in files if file.stat().st_size <= MOST_BYTES})
    try:
        with tarfile.open(path) as tar:
            return Album(dict(_held(tar)))
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        return Unreadable(
            f"{path} is neither a folder nor a tar file of pictures. Nothing was changed. Check the name."
        )


def shrink(data: bytes) -> bytes | None:
    """Return a small webp of a picture, upright and without its metadata; None when it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=("WEBP", "JPEG", "PNG", "GIF"))
            if picture.width * picture.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if _is_clear(picture) else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    upright.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def _is_clear(picture: Image.Image) -> bool:
    return "A" in picture.mode or "transparency" in picture.info


def _held(tar: tarfile.TarFile) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for member in tar:
        fits = member.isfile() and member.size <= MOST_BYTES and member.name.casefold().endswith(KINDS)
        file = tar.extractfile(member) if fits else None
        if file is not None:
            yield _stem(member.name), BytesIO(file.read()).getvalue


def _stem(source: str) -> str:
    """Return what names a picture, whatever its folder, kind, or query: mh01-gray_main."""
    path = source.partition("?")[0].partition("#")[0]
    return PurePosixPath(unquote(path).replace("\\", "/")).stem.casefold()
