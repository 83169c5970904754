"""The fakes keep the promises of the ports: a test that passes on a fake says something about a browser."""

import asyncio
import base64
import secrets
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sync.entry import Sealed
from tests.contracts.folder_port import FOLDER_CONTRACT
from tests.contracts.till_ports import CONTRACT, Check
from tests.fakes.folder import OnDisk
from tests.fakes.till import FakeDevice


@cache
def processor() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Device(FakeDevice):
    async def make_key(self) -> str:
        key_id = secrets.token_hex(8)
        self.vault.keys[key_id] = secrets.token_bytes(32)
        return key_id

    async def choose_folder(self) -> None:
        self.folder.chosen = "Offline sales"

    async def is_told(self, digest: str, text: str) -> None:
        self.shelf.kept_verdicts[digest] = text

    async def public_key(self) -> str:
        spki = processor().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(spki).decode()

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes:
        oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
        key = AESGCM(processor().decrypt(base64.b64decode(wrapped), oaep))
        return key.decrypt(base64.b64decode(sealed.iv), base64.b64decode(sealed.sealed), sealed.bound)


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_the_fakes_keep_the_contract(check: Check) -> None:
    """A fake that is kinder than the browser hides the faults that lose sales."""
    asyncio.run(check(Device()))


@pytest.mark.parametrize("check", FOLDER_CONTRACT, ids=lambda check: check.__name__)
def test_the_fake_folder_keeps_the_contract_on_a_real_disk(check: Check, tmp_path: Path) -> None:
    """Tests that damage real files lean on it."""
    device = Device()
    device.folder.files = OnDisk(tmp_path)
    asyncio.run(check(device))
