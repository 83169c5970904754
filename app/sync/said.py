"""A verdict as it is kept: what it says in words, amounts and fields is about people and sales, and lies sealed in it.

Which entry it is about and of what kind it is stays readable: most verdicts say nothing more, and thousands of them are
read at each start.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from app.sync.blob import VERDICT, pack, unpack
from app.sync.checkpoint import END
from app.sync.entry import Sealed, Unreadable
from app.sync.protocol import Verdict

NONE = END + 1
"""A place beyond every other."""
NOT_OPENED = "What the back office said about it can’t be opened here; it stands there under Attention."


_SILENT = re.compile(
    r'\{"digest":"([0-9a-f]{64})","id":"[^"\\]*","seq":([0-9]{1,16}),"kind":"([a-z]+)","why":"",'
    r'"order_number":"[^"\\]*","total":null,"at":(?:null|"[^"\\]*"),"revision":[0-9]+,"clashes":\[\]\}'
)
"""What is written of most verdicts, field by field."""


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
    if not verdict.why and verdict.total is None and not verdict.clashes:
        return verdict.model_dump_json()
    readable = verdict.model_copy(update={"why": "", "total": None, "clashes": ()})
    iv, sealed = await keys.seal(_bound(verdict), verdict.model_dump_json().encode())
    fields = {name: getattr(readable, name) for name in Verdict.model_fields}
    return KeptVerdict(**fields, sealed=pack(iv, sealed).decode()).model_dump_json()


async def opened(keys: Opening, text: str) -> Verdict:
    """Read a verdict that was written down; one that does not open has still been given."""
    readable = silent(text)
    if '"sealed"' not in text:
        return readable
    parts = unpack(KeptVerdict.model_validate_json(text).sealed.encode(), _bound(readable))
    body = parts if isinstance(parts, Unreadable) else await keys.unseal(parts)
    if isinstance(body, Unreadable):
        return readable.model_copy(update={"why": NOT_OPENED})
    return Verdict.model_validate_json(body)


def silent(text: str) -> Verdict:
    """Read what is readable of a verdict without a key."""
    return Verdict.model_validate_json(text, extra="ignore")


def glimpsed(text: str) -> tuple[str, int, str] | None:
    """Digest, place and kind of a verdict that says nothing more, for a fifth of what reading it costs.

    None for one that has to be opened, or was written in another way.
    """
    found = _SILENT.fullmatch(text)
    return (found[1], int(found[2]), found[3]) if found else None


def place(text: str) -> tuple[str, int]:
    """Digest and place of a verdict that was written down."""
    if (found := glimpsed(text)) is not None:
        return found[:2]
    verdict = silent(text)
    return verdict.digest, verdict.seq


async def doubted(keys: Opening, texts: Iterable[str]) -> int:
    """The first place with a field of a customer that two have changed, of all verdicts; NONE where there is none."""
    telling = [await opened(keys, text) for text in texts if '"sealed"' in text or '"clashes":[{' in text]
    return first_doubt(telling)


def first_doubt(verdicts: Iterable[Verdict]) -> int:
    """The same of verdicts that are open."""
    return min((verdict.seq for verdict in verdicts if verdict.clashes), default=NONE)


def turned_down(text: str) -> bool:
    """Whether a verdict that was written down says that the entry was not taken in; without reading it whole."""
    return '"kind":"refused"' in text or '"kind":"conflict"' in text


def _bound(verdict: Verdict) -> bytes:
    """What it is bound to: one entry's verdict does not open as another's."""
    return VERDICT + verdict.digest.encode()
