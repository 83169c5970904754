"""What the fuzzer has to be told about our API and can't read in its OpenAPI document: how entries are sent."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Send a text as it is, and whatever else was made up as its text."""
    return value if isinstance(value, bytes) else str(value).encode()
