"""Sealed bytes at rest that are no journal entry: pages of changes, drafts. One line: version, iv, ciphertext."""

from app.sync.entry import Sealed, Unreadable

CHANGES = b"store-os changes"
"""What a page of changes is bound to: it does not open as anything else."""
DRAFT = b"store-os draft"
QUESTION = b"store-os question"
ANSWER = b"store-os answer"
VERDICT = b"store-os verdict "
_VERSION = "1"


def pack(iv: str, sealed: str) -> bytes:
    """Join what a vault returned (both base64) into the bytes that are stored."""
    return f"{_VERSION}.{iv}.{sealed}".encode()


def unpack(blob: bytes, bound: bytes) -> Sealed | Unreadable:
    """Cut stored bytes into the parts that unsealing needs."""
    version, _, rest = blob.decode("ascii", "replace").partition(".")
    iv, dot, sealed = rest.partition(".")
    if version != _VERSION or not dot:
        return Unreadable("stored by another version, or damaged")
    return Sealed(iv=iv, sealed=sealed, bound=bound)
