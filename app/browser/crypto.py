"""The register's data key in WebCrypto: made extractable, wrapped for the OMS, kept as one that never leaves again."""

from base64 import b64decode, b64encode
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from app.browser.store import Database, record
from app.courier.ports import NewKey
from app.sync.entry import Sealed, Unreadable

AES = "AES-GCM"
IV_BYTES = 12
DIGEST_BITS = 256
USES = ("encrypt", "decrypt")

subtle = js.crypto.subtle


class Vault:
    """Seals and opens with one data key; also the courier's keys."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: Any = None

    async def open(self, key_id: str) -> bool:
        item = await self._database.get("keys", key_id)
        self._key = item.key if item else None
        return item is not None

    async def seal(self, bound: bytes, body: bytes) -> tuple[str, str]:
        iv = js.crypto.getRandomValues(js.Uint8Array.new(IV_BYTES))
        sealed = await subtle.encrypt(record(name=AES, iv=iv, additionalData=bound), self._key, to_js(body))
        return _text(iv), _text(sealed)

    async def unseal(self, sealed: Sealed) -> bytes | Unreadable:
        try:
            how = record(name=AES, iv=b64decode(sealed.iv, validate=True), additionalData=sealed.bound)
            body = to_js(b64decode(sealed.sealed, validate=True))
            return bytes((await subtle.decrypt(how, self._key, body)).to_bytes())
        except (JsException, ValueError):
            return Unreadable("the body does not open with this register's key")

    async def make(self, public_key: str) -> NewKey | Unreadable:
        try:
            oms = await _public(public_key)
        except (ValueError, JsException) as error:
            return Unreadable(f"this is no key: {error}")
        algorithm = record(name=AES, length=256)
        made = await subtle.generateKey(algorithm, True, to_js(USES))
        raw = js.Uint8Array.new(await subtle.exportKey("raw", made))
        # Not wrapKey: it wants the data key itself, and that one stops being exportable.
        wrapped = _text(await subtle.encrypt(record(name="RSA-OAEP"), oms, raw))
        self._key = await subtle.importKey("raw", raw, algorithm, False, to_js(USES))
        raw.fill(0)
        key_id = str(js.crypto.randomUUID())
        await self._database.put("keys", record(id=key_id, key=self._key), strict=True)
        return NewKey(key_id=key_id, wrapped=wrapped)

    async def pin_digest(self, pin: str, salt: str, rounds: int) -> str:
        key = await subtle.importKey("raw", to_js(pin.encode()), "PBKDF2", False, to_js(["deriveBits"]))
        how = record(name="PBKDF2", hash="SHA-256", salt=bytes.fromhex(salt), iterations=rounds)
        digest = await subtle.deriveBits(how, key, DIGEST_BITS)
        return str(digest.to_bytes().hex())


async def _public(key: str) -> Any:
    how = record(name="RSA-OAEP", hash="SHA-256")
    return await subtle.importKey("spki", to_js(b64decode(key, validate=True)), how, False, to_js(["encrypt"]))


def _text(data: Any) -> str:
    return b64encode(data.to_bytes()).decode()
