"""The courier's ports in memory, with real cryptography and the real HTTP of requests."""

import base64
import secrets
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from app.courier.ports import Kept, NewKey
from app.sync.entry import Sealed, Unreadable
from app.sync.said import NONE, turned_down
from app.sync.settled import JUDGED, Settled
from app.sync.status import EPOCH
from app.till.ports import NoRoom, StoredImage

FETCHED = {"synced", "progress", "report"}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass
class FakeKeys:
    """AES-256-GCM and RSA-OAEP by `cryptography`: the same algorithms as WebCrypto's."""

    keys: dict[str, bytes] = field(default_factory=dict)
    opened: str = ""

    async def make(self, public_key: str) -> NewKey | Unreadable:
        key, key_id = secrets.token_bytes(32), secrets.token_hex(8)
        try:
            oms = load_der_public_key(base64.b64decode(public_key, validate=True))
        except (ValueError, UnsupportedAlgorithm) as error:
            return Unreadable(f"this is no key: {error}")
        if not isinstance(oms, RSAPublicKey):
            return Unreadable("this is no key: it is of another kind")
        oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
        self.keys[key_id], self.opened = key, key_id
        return NewKey(key_id=key_id, wrapped=_text(oms.encrypt(key, oaep)))

    async def open(self, key_id: str) -> bool:
        self.opened = key_id
        return key_id in self.keys

    async def seal(self, bound: bytes, body: bytes) -> tuple[str, str]:
        iv = secrets.token_bytes(12)
        return _text(iv), _text(AESGCM(self.keys[self.opened]).encrypt(iv, body, bound))

    async def unseal(self, sealed: Sealed) -> bytes | Unreadable:
        try:
            iv, body = base64.b64decode(sealed.iv), base64.b64decode(sealed.sealed)
            return AESGCM(self.keys[self.opened]).decrypt(iv, body, sealed.bound)
        except (InvalidTag, ValueError):
            return Unreadable("the body does not open with this register's key")


@dataclass
class FakeStores:
    """The IndexedDB of one browser; the journal and the local settings are the till's side."""

    records: dict[str, str] = field(default_factory=dict)
    stored: StoredImage | None = None
    unpacked: bytes = b""
    """The image's file, where it is not kept packed."""
    made_at: datetime | None = None
    downloads: dict[tuple[str, int], bytes] = field(default_factory=dict)
    pages: list[bytes] = field(default_factory=list)
    journal: dict[int, bytes] = field(default_factory=dict)
    verdicts: dict[str, tuple[int, str]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    asked: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    recovery: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """What the till has read of a lost register's folder."""
    full: bool = False
    """Simulates a full disk."""
    unwritten: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Verdicts that it had no room for: a start knows nothing of them."""

    doubted: int = NONE
    """From where on a verdict leaves something in doubt."""

    async def status(self) -> Mapping[str, str]:
        return dict(self.records)

    async def keep_status(self, name: str, value: str) -> Kept | NoRoom:
        if self.full:
            return NoRoom("The disk of this device is full.")
        self.records[name] = value
        if name == EPOCH:
            self._sums_up()
        return Kept()

    async def exchange_status(self, name: str, before: str, after: str) -> bool:
        if self.full or self.records.get(name, "") != before:
            return False
        self.records[name] = after
        return True

    async def image(self) -> StoredImage | None:
        return self.laid_down()

    def laid_down(self) -> StoredImage | None:
        """Return the image; its file as a copy, for whoever opens it."""
        if self.stored is None or not self.unpacked:
            return self.stored
        with tempfile.NamedTemporaryFile(suffix=".sqlite", delete=False) as file:
            file.write(self.unpacked)
        return replace(self.stored, file=file.name)

    async def pieces(self, sha256: str) -> bytes:
        joined = b""
        while (sha256, len(joined)) in self.downloads:
            joined += self.downloads[sha256, len(joined)]
        return joined

    async def keep_piece(self, sha256: str, offset: int, data: bytes) -> Kept | NoRoom:
        if self.full:
            return NoRoom("The disk is full.")
        self.downloads = {key: piece for key, piece in self.downloads.items() if key[0] == sha256}
        self.downloads[sha256, offset] = data
        return Kept()

    async def swap_image(self, image: StoredImage, made_at: datetime, pages: Sequence[bytes]) -> Kept | NoRoom:
        if self.full:
            return NoRoom("The disk is full.")
        self.unpacked = Path(image.file).read_bytes() if image.file else b""
        self.stored = replace(image, data=b"", file="") if image.file else image
        self.made_at, self.pages, self.downloads = made_at, list(pages), {}
        return Kept()

    async def drop_pieces(self) -> None:
        self.downloads = {}

    async def changes(self) -> tuple[bytes, ...]:
        return tuple(self.pages)

    async def add_changes(self, sealed: bytes | None, synced: str) -> Kept | NoRoom:
        if self.full:
            return NoRoom("The disk is full.")
        if sealed is not None:
            self.pages.append(sealed)
        self.records["synced"] = synced
        return Kept()

    async def merge_changes(self, first: int, many: int, sealed: bytes, synced: str) -> Kept | NoRoom:
        if self.full:
            return NoRoom("The disk is full.")
        self.pages[first : first + many] = [sealed]
        self.records["synced"] = synced
        return Kept()

    async def waiting(self) -> tuple[int, ...]:
        settled = {seq for seq, _ in (self.verdicts | self.unwritten).values()}
        return tuple(seq for seq in self.places() if seq not in settled)

    def places(self) -> tuple[int, ...]:
        """Where the till's journal has something, ascending."""
        return tuple(sorted(self.journal))

    async def journal_lines(self, seqs: Sequence[int]) -> Mapping[int, bytes]:
        return {seq: self.journal[seq] for seq in seqs if seq in self.journal}

    async def turned_down(self) -> Mapping[str, int]:
        return {digest: seq for digest, (seq, text) in self.verdicts.items() if turned_down(text)}

    async def keep_verdicts(self, verdicts: Sequence[tuple[str, int, str]], doubted: int = NONE) -> None:
        self.unwritten |= {digest: (seq, text) for digest, seq, text in verdicts}
        self.doubted = min(self.doubted, doubted)
        if not self.full:
            self.verdicts |= self.unwritten
            self.unwritten = {}
            self._sums_up()

    async def forget_verdicts(self, digests: Collection[str]) -> None:
        self.verdicts = {digest: kept for digest, kept in self.verdicts.items() if digest not in digests}
        self._sums_up()

    async def drop_verdicts(self, through: int) -> None:
        await self.forget_verdicts([digest for digest, (seq, _) in self.verdicts.items() if seq <= through])

    def _sums_up(self) -> None:
        found = Settled(((digest, *kept) for digest, kept in self.verdicts.items()), self.doubted)
        self.records[JUDGED] = found.judged(self.records.get("epoch", "")).model_dump_json()

    async def recovery_lines(self, reading: str, start: int, count: int) -> tuple[bytes, ...]:
        places = [(reading, at) for at in range(start, start + count)]
        return tuple(self.recovery[place] for place in places if place in self.recovery)

    async def new_epoch(self, epoch: str) -> None:
        self.verdicts, self.unwritten, self.pages, self.doubted = {}, {}, [], NONE
        self.records["epoch"] = f'{{"epoch":"{epoch}"}}'
        self._sums_up()

    async def questions(self) -> Mapping[str, bytes]:
        return {key: sealed for key, sealed in self.asked.items() if key not in self.answers}

    async def keep_answer(self, question_id: str, sealed: bytes) -> None:
        self.answers = {key: each for key, each in self.answers.items() if key in self.asked}
        self.answers[question_id] = sealed

    async def clear(self, reset_id: str) -> None:
        self.stored, self.unpacked, self.made_at, self.downloads, self.pages = None, b"", None, {}, []
        self.records = {name: text for name, text in self.records.items() if name not in FETCHED}
        self.records["reset"] = reset_id

    async def local(self) -> Mapping[str, str]:
        return dict(self.settings)


@dataclass
class FakePictures:
    pictures: dict[str, bytes] = field(default_factory=dict)

    async def kept(self) -> frozenset[str]:
        return frozenset(self.pictures)

    async def keep(self, sha256: str, data: bytes) -> Kept | NoRoom:
        self.pictures[sha256] = data
        return Kept()

    async def clear(self) -> None:
        self.pictures.clear()


@dataclass
class FakeChannel:
    said: list[str] = field(default_factory=list)

    def tell(self, word: str) -> None:
        self.said.append(word)


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FakeTimer:
    """Monotonic seconds that a test moves on."""

    at: float = 1000.0

    def seconds(self) -> float:
        return self.at


class RandomIds:
    def fresh(self) -> str:
        return secrets.token_hex(16)
