"""A verdict as it is kept: what it says in words, amounts and fields is about people and sales, and lies sealed in it.

Which entry it is about and of what kind it is stays readable: most verdicts say nothing more, and thousands of them are
read at each start.
"""

from typing import Protocol

from app.sync.blob import VERDICT, pack, unpack
from app.sync.entry import Sealed, Unreadable
from app.sync.protocol import Verdict

NOT_OPENED = "What the back office said about it can’t be opened here; it stands there under Attention."


class Sealing(Protocol):
    """Whoever seals with the register's data key."""

    async def seal(self, bound: bytes, body: bytes) -> tuple[str, str]: ...


class Opening(Protocol):
    """Whoever opens what was sealed with it."""

    async def unseal(self, sealed: Sealed) -> bytes | Unreadable: ...


class KeptVerdict(Verdict):
    sealed: str = ""
    """The whole verdict, where it says something; written before there was this field, it stands open."""


async def closed(keys: Sealing, verdict: Verdict) -> str:
    """Write a verdict down."""
    silent = verdict.model_copy(update={"why": "", "total": None, "clashes": ()})
    if silent == verdict:
        return verdict.model_dump_json()
    iv, sealed = await keys.seal(_bound(verdict), verdict.model_dump_json().encode())
    fields = {name: getattr(silent, name) for name in Verdict.model_fields}
    return KeptVerdict(**fields, sealed=pack(iv, sealed).decode()).model_dump_json()


async def opened(keys: Opening, text: str) -> Verdict:
    """Read a verdict that was written down; one that does not open has still been given."""
    silent = Verdict.model_validate_json(text, extra="ignore")
    if '"sealed"' not in text:
        return silent
    parts = unpack(KeptVerdict.model_validate_json(text).sealed.encode(), _bound(silent))
    body = parts if isinstance(parts, Unreadable) else await keys.unseal(parts)
    if isinstance(body, Unreadable):
        return silent.model_copy(update={"why": NOT_OPENED})
    return Verdict.model_validate_json(body)


def turned_down(text: str) -> bool:
    """Whether a verdict that was written down says that the entry was not taken in; without reading it whole."""
    return '"kind":"refused"' in text or '"kind":"conflict"' in text


def _bound(verdict: Verdict) -> bytes:
    """What it is bound to: one entry's verdict does not open as another's."""
    return VERDICT + verdict.digest.encode()
