"""A body under way names its own hash (RFC 9530), so that what a bad line has cut or changed is sent again.

Without it a batch that lost its end would be taken in as it came, and the piece of its last entry refused.
"""

import re
from base64 import b64encode
from hashlib import sha256

CONTENT_DIGEST = "Content-Digest"
_SHA256 = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/=]*):")


def content_digest(body: bytes) -> str:
    """The header's value for a body."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def arrived_whole(named: str, body: bytes) -> bool:
    """Whether a body is the one that was sent; one that names no SHA-256 is believed."""
    found = _SHA256.search(named)
    return found is None or found[1] == b64encode(sha256(body).digest()).decode()
