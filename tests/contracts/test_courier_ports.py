"""The courier's fakes keep the promises of the ports."""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sync.entry import Sealed
from app.till.ports import Appended, Ports
from tests.contracts.courier_ports import CONTRACT, Check
from tests.contracts.journal_port import entry
from tests.fakes.courier import FakeKeys, FakePictures, FakeStores
from tests.fakes.disk import FakeDisk
from tests.fakes.till import FakeDevice


@pytest.fixture(scope="module")
def oms() -> rsa.RSAPrivateKey:
    """The OMS's pair of keys; making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Device:
    oms: rsa.RSAPrivateKey
    stores: FakeStores = field(default_factory=FakeStores)
    keys: FakeKeys = field(default_factory=FakeKeys)
    pictures: FakePictures = field(default_factory=FakePictures)
    disk: FakeDisk = field(default_factory=FakeDisk)

    @property
    def till(self) -> Ports:
        return FakeDevice(disk=self.disk).ports

    async def sells(self, seq: int) -> bytes:
        self.stores.journal[seq] = entry(seq, f"o{seq}").line
        return self.stores.journal[seq]

    def next_start(self) -> FakeStores:
        return self.stores

    async def public_key(self) -> str:
        spki = self.oms.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(spki).decode()

    async def asks(self, question_id: str, sealed: bytes) -> None:
        self.stores.asked[question_id] = sealed

    async def forgets(self, question_id: str) -> None:
        del self.stores.asked[question_id]

    async def hears(self) -> Mapping[str, bytes]:
        return self.stores.answers

    async def begins(self, reading: str) -> None:
        await self.till.recovery.begin(reading)

    async def puts_down(self, reading: str, first: int, *lines: bytes) -> None:
        assert await self.till.recovery.add(reading, first, lines) == Appended()
        self.stores.recovery = self.disk.recovery

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes:
        oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
        key = AESGCM(self.oms.decrypt(base64.b64decode(wrapped), oaep))
        return key.decrypt(base64.b64decode(sealed.iv), base64.b64decode(sealed.sealed), sealed.bound)


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_the_fakes_keep_the_contract(check: Check, oms: rsa.RSAPrivateKey) -> None:
    """A fake that is kinder than the browser hides the faults that lose sales."""
    asyncio.run(check(Device(oms)))
