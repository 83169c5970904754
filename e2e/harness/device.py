"""Runs in a worker of a real browser: the real adapters on an empty profile, as the contracts want them."""

import asyncio
import base64
from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import to_js

from app.browser.courier_stores import Stores
from app.browser.crypto import Vault
from app.browser.factory import till_world
from app.browser.folder import HANDLE
from app.browser.pictures import CACHE, Pictures
from app.browser.store import NAMES, Database, record
from app.courier.ports import NewKey
from app.sync.entry import Sealed
from app.till.ports import Ports
from tests.contracts.journal_port import entry

FOLDER = "Offline sales"


class Device:
    """Both workers' adapters, over one database."""

    def __init__(self) -> None:
        self.database = Database()
        self.ports: Ports = till_world().ports
        self.keys = Vault(self.database)
        self.stores = Stores(self.database, self.keys)
        self.pictures = Pictures()
        self._oms: Any = None

    async def make_key(self) -> str:
        made = await self.keys.make(await self.public_key())
        assert isinstance(made, NewKey)
        return made.key_id

    async def choose_folder(self) -> None:
        root = await js.navigator.storage.getDirectory()
        handle = await root.getDirectoryHandle(FOLDER, record(create=True))
        await self.database.put("handles", record(name=HANDLE, handle=handle))

    async def starts_again(self) -> Ports:
        return till_world().ports

    def next_start(self) -> Stores:
        return Stores(self.database, self.keys)

    async def lose_folder(self) -> None:
        root = await js.navigator.storage.getDirectory()
        await root.removeEntry(FOLDER, record(recursive=True))

    async def sells(self, seq: int) -> bytes:
        line = entry(seq, f"o{seq}").line
        await self.ports.journal.append((entry(seq, f"o{seq}"),), await self.ports.journal.take_over(), None)
        return line

    async def asks(self, question_id: str, sealed: bytes) -> None:
        await self.ports.questions.ask(question_id, sealed)

    async def forgets(self, question_id: str) -> None:
        await self.ports.questions.drop(question_id)

    async def hears(self) -> Mapping[str, bytes]:
        return await self.ports.questions.answers()

    async def is_told(self, digest: str, text: str) -> None:
        await self.stores.keep_verdicts([(digest, 1, text)])

    async def begins(self, reading: str) -> None:
        await self.ports.recovery.begin(reading)

    async def puts_down(self, reading: str, first: int, *lines: bytes) -> None:
        await self.ports.recovery.add(reading, first, lines)

    async def public_key(self) -> str:
        how = record(name="RSA-OAEP", modulusLength=2048, publicExponent=b"\x01\x00\x01", hash="SHA-256")
        self._oms = await js.crypto.subtle.generateKey(how, True, to_js(["encrypt", "decrypt"]))
        spki = await js.crypto.subtle.exportKey("spki", self._oms.publicKey)
        return base64.b64encode(spki.to_bytes()).decode()

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes:
        subtle = js.crypto.subtle
        raw = await subtle.decrypt(record(name="RSA-OAEP"), self._oms.privateKey, to_js(base64.b64decode(wrapped)))
        key = await subtle.importKey("raw", raw, "AES-GCM", False, to_js(["decrypt"]))
        how = record(name="AES-GCM", iv=base64.b64decode(sealed.iv), additionalData=sealed.bound)
        body = await subtle.decrypt(how, key, to_js(base64.b64decode(sealed.sealed)))
        return bytes(body.to_bytes())


async def empty_profile() -> None:
    """Forget everything that an earlier check left behind."""
    for name in [str(each.name) for each in await js.indexedDB.databases() if NAMES.fullmatch(str(each.name))]:
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        request = js.indexedDB.deleteDatabase(name)
        request.onsuccess = lambda _, gone=gone: gone.set_result(None)
        await gone
    await js.caches.delete(CACHE)
    root = await js.navigator.storage.getDirectory()
    for name in [str(item.name) async for item in root.values()]:
        await root.removeEntry(name, record(recursive=True))
