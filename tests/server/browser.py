"""A register as the OMS sees it: enrols, seals entries as a browser does, and sends them."""

import hashlib
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key
from httpx2 import Client

from app.domain.order import Order
from app.sync.bodies import Body, Sale
from app.sync.entry import GENESIS, Entry, Header, Kind, assemble, header_bytes
from app.sync.protocol import API, Enrolment, Recovered, Verdict, Verdicts
from tests.conftest import NOW


def wrap(key: bytes, public_key: str) -> str:
    """Wrap a data key as WebCrypto does."""
    public = load_der_public_key(b64decode(public_key))
    assert isinstance(public, rsa.RSAPublicKey)
    oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    return b64encode(public.encrypt(key, oaep)).decode()


def enrolment_request(client: Client, key: bytes, **fields: Any) -> dict[str, Any]:
    """What a browser posts in order to become a register."""
    offer = client.get(f"{API}/registers/enrol").json()
    usual = {"enrolment": secrets.token_hex(16), "code": "", "key_id": secrets.token_hex(8)}
    return {**usual, "wrapped_key": wrap(key, offer["public_key"]), **fields}


@dataclass
class Browser:
    """One enrolled register with its journal."""

    client: Client
    me: Enrolment
    key: bytes
    key_id: str
    enrolment: str = ""
    seq: int = 0
    prev: str = GENESIS
    numbers: int = 0
    sent: list[bytes] = field(default_factory=list)

    @classmethod
    def enrol(cls, client: Client, **fields: Any) -> "Browser":
        """Become the next register."""
        key = secrets.token_bytes(32)
        asked = enrolment_request(client, key, **fields)
        reply = client.post(f"{API}/registers/enrol", json=asked)
        assert reply.status_code == 200, reply.text
        return cls(client, Enrolment.model_validate_json(reply.content), key, asked["key_id"], asked["enrolment"])

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.me.token}"}

    def get(self, path: str, **params: Any) -> Any:
        """Call the OMS as this register."""
        return self.client.get(f"{API}{path}", params=params, headers=self.bearer)

    def next_number(self) -> str:
        self.numbers += 1
        return f"{self.me.series.invoice}2627-{self.numbers:05d}"

    def sale(self, order: Order, **header: Any) -> bytes:
        """Append a sale to the journal; it gets this register's name and its next number unless the test says else."""
        own = {"id": secrets.token_hex(8), "register": self.me.register, "number": self.next_number()}
        mine = order.model_copy(update={name: value for name, value in own.items() if name != "id"})
        if order.id == "o1":
            mine = mine.model_copy(update={"id": own["id"]})
        return self.append(Kind.SALE, Sale(order=mine), number=own["number"], **header)

    def append(self, kind: Kind, body: Body, at: datetime = NOW, **header: Any) -> bytes:
        """Append an entry of any kind to the journal and return its line."""
        self.seq += 1
        clear = Header(
            **{
                "v": 1,
                "store": self.me.store,
                "register": self.me.register,
                "seq": self.seq,
                "kind": kind,
                "id": secrets.token_hex(8),
                "at": at,
                "prev": self.prev,
                "key": self.key_id,
                **header,
            }
        )
        entry = self.seal(clear, body.model_dump_json().encode())
        self.prev = entry.digest
        return entry.line

    def seal(self, header: Header, body: bytes) -> Entry:
        """Seal a body under a header."""
        iv = secrets.token_bytes(12)
        sealed = AESGCM(self.key).encrypt(iv, body, header_bytes(header))
        return assemble(header, b64encode(iv).decode(), b64encode(sealed).decode())

    def push(self, *lines: bytes) -> tuple[Verdict, ...]:
        """Send entries and return the verdicts."""
        reply = self.client.post(f"{API}/entries", content=b"\n".join(lines), headers=self.bearer)
        assert reply.status_code == 200, reply.text
        return Verdicts.model_validate_json(reply.content).verdicts


def digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def recovered(heir: Browser, lost: str, code: str, *lines: bytes) -> Recovered:
    """Bring entries of a lost register."""
    reply = brings(heir, lost, code, *lines)
    assert reply.status_code == 200, reply.text
    return Recovered.model_validate_json(reply.content)


def brings(heir: Browser, lost: str, code: str, *lines: bytes) -> Any:
    headers = {**heir.bearer, "Recovery-Code": code}
    return heir.client.post(f"{API}/registers/{lost}/recover", content=b"\n".join(lines), headers=headers)
