"""A body under way names its own hash (RFC 9530), so that what a bad line has cut or changed is sent again.

Without it a batch that lost its end would be taken in as it came, and the piece of its last entry refused; a lease of
which one letter was changed would make a register look like a copy of itself; and a register that got a changed letter
in its token would look revoked for good.
"""

import re
from base64 import b64decode, b64encode
from hashlib import sha256

CONTENT_DIGEST = "Content-Digest"
_SHA256 = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/=]*):")


def content_digest(body: bytes) -> str:
    """The header's value for a body."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def named_sha256(header: str) -> bytes | None:
    """The SHA-256 that the header names; None where it names none: such a body is believed."""
    found = _SHA256.search(header)
    return _decoded(found[1]) if found else None


def came_whole(body: bytes, header: str) -> bool:
    """Whether a body is what its header says; one that names nothing is believed: an older OMS does not."""
    named = named_sha256(header)
    return named is None or sha256(body).digest() == named


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""  # no body has this one
