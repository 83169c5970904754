"""The .gz and .br twins that a host sends in place of a file to browsers that take them."""

import gzip
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from server.dist.policy import ALREADY_COMPRESSED

SMALL = 256  # bytes; below it a compressed twin costs more than it saves
QUICK, BETTER = 9, 10
"""Of brotli; the better one takes twice as long, and a tenth off what a first visit downloads."""
LARGE = "snapshot."
"""How the name begins of what is so large that each build would wait for it alone."""
ENCODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    ".gz": lambda data, _: gzip.compress(data, compresslevel=9, mtime=0),
    ".br": lambda data, quality: bytes(brotli.compress(data, quality=quality, lgwin=24)),
}


def add_twins(dist: Path, cache: Path) -> None:
    """Write the twins of every file that gains from it; each content is compressed once in the life of the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    files = [path for path in dist.rglob("*") if path.is_file() and worth_it(path)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda path: _add_twin(path, cache), files))


def worth_it(path: Path) -> bool:
    """Whether a file gets smaller by compression."""
    return path.suffix not in ALREADY_COMPRESSED | ENCODINGS.keys() and path.stat().st_size >= SMALL


def _add_twin(path: Path, cache: Path) -> None:
    data, quality = path.read_bytes(), QUICK if path.name.startswith(LARGE) else BETTER
    name = hashlib.sha256(data).hexdigest()
    for suffix, encode in ENCODINGS.items():
        known = cache / f"{name}-{quality}{suffix}"
        if not known.exists():
            unfinished = known.with_name(f"{known.name}.{os.getpid()}")  # several builds may share the cache
            unfinished.write_bytes(encode(data, quality))
            unfinished.replace(known)
        path.with_name(path.name + suffix).write_bytes(known.read_bytes())
