"""Names made of content: an asset's address changes when, and only when, what it holds changes."""

import hashlib
import re
from pathlib import Path, PurePosixPath

PLACEHOLDER = re.compile(r"\{\{asset:([\w.-]+)\}\}")


class UnknownAsset(LookupError):
    """A file asks for the address of an asset that is not made."""


class Assets:
    """Writes files under assets/ and remembers the address of each by its plain name."""

    def __init__(self, dist: Path) -> None:
        self.dist = dist
        self.addresses: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """Write one file as assets/NAME.HASH.SUFFIX."""
        path = PurePosixPath(name)
        self._write(name, f"{path.stem}.{short_hash(data)}{path.suffix}", {"": data})

    def put_tree(self, name: str, files: dict[str, bytes]) -> None:
        """Write files that name one another by relative paths into one folder assets/NAME.HASH/."""
        whole = b"".join(f"{path}\0{short_hash(data)}\n".encode() for path, data in sorted(files.items()))
        self._write(name, f"{name}.{short_hash(whole)}", files)

    def fill(self, text: str) -> str:
        """Put addresses in the place of {{asset:NAME}}."""
        return PLACEHOLDER.sub(lambda found: self._address(found[1]), text)

    def _address(self, name: str) -> str:
        if name not in self.addresses:
            raise UnknownAsset(f"There is no asset named {name}: choose one of {', '.join(sorted(self.addresses))}.")
        return self.addresses[name]

    def _write(self, name: str, hashed: str, files: dict[str, bytes]) -> None:
        root = self.dist / "assets" / hashed
        for path, data in files.items():
            target = root / path if path else root
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        self.addresses[name] = f"/assets/{hashed}"


def short_hash(data: bytes) -> str:
    """Enough of the SHA-256 to never meet another content under the same name."""
    return hashlib.sha256(data).hexdigest()[:16]
