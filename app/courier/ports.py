"""What the courier needs from the outside world: its own stores, the till's to read, keys, and the HTTP of requests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.sync.entry import Sealed, Unreadable
from app.sync.said import NONE
from app.till.ports import NoRoom, StoredImage


@dataclass(frozen=True, slots=True)
class Kept:
    """It is in the store."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A data key that was made, kept for our use, and wrapped for the OMS."""

    key_id: str
    wrapped: str


class Stores(Protocol):
    """The courier's stores, and a look at the till's."""

    async def status(self) -> Mapping[str, str]:
        """Return every status record, JSON text by name."""

    async def keep_status(self, name: str, value: str) -> Kept | NoRoom:
        """Keep a record, where there is room: what waits is sent also from a disk that is full."""

    async def exchange_status(self, name: str, before: str, after: str) -> bool:
        """Put a record in place of what is expected there (empty: nothing), in one transaction; say whether it was.

        Where there is no room it was not.
        """

    async def image(self) -> StoredImage | None: ...

    async def pieces(self, sha256: str) -> bytes:
        """Return what has arrived of a download, joined from its start; a hole ends it."""

    async def keep_piece(self, sha256: str, offset: int, data: bytes) -> Kept | NoRoom:
        """Keep one piece, and drop the pieces of any other download."""

    async def swap_image(self, image: StoredImage, made_at: datetime, pages: Sequence[bytes]) -> Kept | NoRoom:
        """Put the new image, replace all pages of changes, and drop the pieces: all in one transaction."""

    async def drop_pieces(self) -> None: ...

    async def changes(self) -> tuple[bytes, ...]:
        """Return the sealed pages of changes, oldest first."""

    async def add_changes(self, sealed: bytes | None, synced: str) -> Kept | NoRoom:
        """Add a page (under the next page number) and keep the status "synced" in one transaction."""

    async def merge_changes(self, first: int, many: int, sealed: bytes, synced: str) -> Kept | NoRoom:
        """Put a page in place of so many pages from a place on, counted from 0; keep the status "synced" with it.

        All in one transaction; pages that came behind them stay.
        """

    async def waiting(self) -> tuple[int, ...]:
        """Return the sequences of all entries in the till's journal that have no verdict, ascending.

        The journal is looked at each time; what it costs depends on what waits, not on how long the journal is.
        """

    async def journal_lines(self, seqs: Sequence[int]) -> Mapping[int, bytes]:
        """Return the exact bytes of those of these entries that are there, by sequence, in the order asked."""

    async def turned_down(self) -> Mapping[str, int]:
        """Return the sequences of entries whose verdict is refused or conflict, by digest."""

    async def keep_verdicts(self, verdicts: Sequence[tuple[str, int, str]], doubted: int = NONE) -> None:
        """Keep verdicts: digest, sequence, JSON text; and from which place on one of them leaves something in doubt.

        Where there is no room they are known until the next start, and written with the next ones. With them, and with
        all that is forgotten, the record `judged` is written that sums them up for the till.
        """

    async def forget_verdicts(self, digests: Collection[str]) -> None:
        """Put verdicts aside: their entries wait to be sent again."""

    async def drop_verdicts(self, through: int) -> None:
        """Forget the verdicts of entries up to a sequence: the till keeps them no longer."""

    async def recovery_lines(self, reading: str, start: int, count: int) -> tuple[bytes, ...]:
        """Return so many lines of a lost journal, from a place on, counted from 0; fewer where it ends."""

    async def new_epoch(self, epoch: str) -> None:
        """The OMS was restored: forget verdicts and changes, keep image and journal, note the epoch."""

    async def clear(self, reset_id: str) -> None:
        """Forget image, pieces, changes and what is written of them, and note the reset; all in one transaction.

        Who the register is, the epoch, the history and every verdict stay.
        """

    async def local(self) -> Mapping[str, str]:
        """Return the till's small settings, text by name."""

    async def questions(self) -> Mapping[str, bytes]:
        """Return what the till asks and has no answer to yet, sealed, by id."""

    async def keep_answer(self, question_id: str, sealed: bytes) -> None:
        """Keep an answer, and drop those whose question is gone; all in one transaction."""


class Pictures(Protocol):
    """The cache of product pictures that the service worker serves from."""

    async def kept(self) -> frozenset[str]: ...

    async def keep(self, sha256: str, data: bytes) -> Kept | NoRoom: ...

    async def clear(self) -> None:
        """Forget all of them."""


class Keys(Protocol):
    async def make(self, public_key: str) -> NewKey | Unreadable:
        """Make and keep a data key, wrapped for the OMS's RSA-OAEP public key (SPKI, base64); it may come damaged."""

    async def open(self, key_id: str) -> bool: ...

    async def seal(self, bound: bytes, body: bytes) -> tuple[str, str]: ...

    async def unseal(self, sealed: Sealed) -> bytes | Unreadable: ...
