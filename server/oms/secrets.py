"""The OMS's secrets, made at the first start and kept in one file that only its owner may read.

The key pair opens what registers seal; the server secret derives their tokens. Whoever has this file and the
database can read every entry: keep it out of ordinary backups, but do keep it.
"""

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.sync.entry import Sealed

RSA_BITS = 3072
DATA_KEY_BYTES = 32
_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A wrapped key or a sealed body that could not be opened, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not leave the server."""

    secret: bytes
    private_key: rsa.RSAPrivateKey

    @property
    def public_key(self) -> str:
        """SPKI in base64, as WebCrypto imports it."""
        spki = self.private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(spki).decode()

    def derive(self, purpose: str, about: str) -> str:
        """Derive a secret text that comes out the same each time."""
        mac = hmac.new(self.secret, f"{purpose}:{about}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(mac).decode().rstrip("=")

    def unwrap(self, wrapped: str) -> bytes | NotOpened:
        """Open a register's data key."""
        try:
            key = self.private_key.decrypt(b64decode(wrapped, validate=True), _OAEP)
        except ValueError:
            return NotOpened("the key was not wrapped for this OMS")
        return key if len(key) == DATA_KEY_BYTES else NotOpened("the key is not an AES-256 key")


def unseal(parts: Sealed, key: bytes) -> bytes | NotOpened:
    """Open an entry's body; the header's bytes have to be the ones it was sealed with."""
    try:
        return AESGCM(key).decrypt(b64decode(parts.iv), b64decode(parts.sealed), parts.bound)
    except (InvalidTag, ValueError):
        return NotOpened("the body does not open with the register's key: header or body were changed")


def load_or_make(path: Path) -> Secrets:
    """Read the secrets file, or make it at the first start."""
    if not path.exists():
        write_once(path, json.dumps(_generate()))
    kept = json.loads(path.read_text())
    private = load_pem_private_key(kept["private_key"].encode(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the secrets file holds a key of another kind than RSA")
    return Secrets(secret=b64decode(kept["secret"]), private_key=private)


def _generate() -> dict[str, str]:
    return {"secret": b64encode(secrets.token_bytes(32)).decode(), "private_key": new_private_key()}


def new_private_key() -> str:
    """Make an RSA key, as PEM."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def write_once(path: Path, kept: str) -> None:
    """Write a secret file that only its owner may read, durably; one that is there already is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two servers may start at once: whoever is second finds the file of the first, whole.
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(kept)
            file.flush()
            os.fsync(file.fileno())
        _claim(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _claim(beside: Path, path: Path) -> None:
    """Give a whole file its name, unless something has it already."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            beside.rename(path)
