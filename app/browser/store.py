"""IndexedDB as the house uses it: one database, short transactions, no `await` between the requests of one.

A transaction ends as soon as control goes back to the browser without a request under way. So a piece of work
is a plain function that issues all of its requests at once; what depends on an answer stands in a callback.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

import js
from pyodide.ffi import JsException, create_proxy, to_js

NAME = "store-os"
NAMES = re.compile(rf"{NAME}(?:-([1-9]\d*))?")
"""A browser that was set up anew has several databases: the first, then store-os-2 … The last one is in use."""
VERSION = 3

Result = TypeVar("Result")
NOTHING: Mapping[str, Sequence[Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shape:
    """How an object store is made."""

    key: str | tuple[str, ...]
    unique: tuple[str, ...] = ()
    """Fields that may have each value only once; a record without the field is free of that."""


STORES: Mapping[str, Shape] = {
    "journal": Shape("seq", ("id", "number")),
    "drafts": Shape("id"),
    "local": Shape("name"),
    "handles": Shape("name"),
    "images": Shape("name"),
    "pieces": Shape(("sha256", "offset")),
    "changes": Shape("last"),
    "verdicts": Shape("digest"),
    "status": Shape("name"),
    "keys": Shape("id"),
    "questions": Shape("id"),
    "answers": Shape("id"),
    "recovery": Shape(("reading", "at")),
}
"""Who writes which is listed in app/README.md. Stores are only ever added."""

FULL = frozenset({"QuotaExceededError", "UnknownError"})
"""What the browser says when the quota, or the disk itself, has no room; nothing was written then."""


class StoreFailed(Exception):
    """A transaction did not happen, for a reason that its caller did not expect."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why

    @property
    def full(self) -> bool:
        return self.name in FULL

    @property
    def taken(self) -> bool:
        """Whether a key or a unique field is there already."""
        return self.name == "ConstraintError"


@dataclass(slots=True)
class Work:
    """An open transaction; `cancel` leaves everything as it was."""

    transaction: Any
    proxies: list[Any] = field(default_factory=list)
    cancelled: bool = False

    def store(self, name: str) -> Any:
        return self.transaction.objectStore(name)

    def then(self, request: Any, act: Callable[[Any], None]) -> None:
        """Go on with the answer of a request while the transaction is still open."""
        request.onsuccess = self.callback(lambda event: act(event.target.result))

    def cancel(self) -> None:
        self.cancelled = True
        self.transaction.abort()

    def callback(self, function: Callable[[Any], Any]) -> Any:
        proxy = create_proxy(function)
        self.proxies.append(proxy)
        return proxy


class Database:
    """The one database of this browser, opened when it is first needed and again after the browser closed it."""

    def __init__(self) -> None:
        self._name = ""
        """Found once: whoever works in a database stays in it, also after a younger one was made."""
        self._opened: Any = None
        self._lasting: list[Any] = []

    async def run(
        self, stores: Sequence[str], work: Callable[[Work], Result], *, write: bool = False, strict: bool = False
    ) -> Result:
        """Do a piece of work in one transaction and return its result once that is complete, or raise StoreFailed."""
        opened = await self._begin(stores, write, strict)
        over = _over(opened)
        try:
            result = _issue(work, opened)
            await over
            return result
        finally:
            opened.transaction.oncomplete = opened.transaction.onabort = None
            for proxy in opened.proxies:
                proxy.destroy()

    async def all(self, store: str) -> list[Any]:
        """Read every record of a store, in the order of its keys."""
        return list((await self.run([store], lambda work: work.store(store).getAll())).result)

    async def get(self, store: str, key: str) -> Any:
        """Read one record, or None."""
        return (await self.run([store], lambda work: work.store(store).get(key))).result

    async def put(self, store: str, item: Any, *, strict: bool = False) -> None:
        """Write one record."""
        await self.run([store], lambda work: work.store(store).put(item), write=True, strict=strict)

    async def _begin(self, stores: Sequence[str], write: bool, strict: bool) -> Work:
        options = record(durability="strict" if strict else "relaxed")
        kind = "readwrite" if write else "readonly"
        if self._opened is None:
            self._opened = await self._open()
        return Work(self._opened.transaction(to_js(list(stores)), kind, options))

    async def make_next(self, records: Mapping[str, Sequence[Any]]) -> None:
        """Make the database that the next start uses, with these records by store; all of it or nothing."""
        self._name = self._name or await newest()
        found = NAMES.fullmatch(self._name)
        number = int(found[1] or 1) if found else 1
        (await _opened(f"{NAME}-{number + 1}", records)).close()

    async def _open(self) -> Any:
        self._name = self._name or await newest()
        opened = await _opened(self._name)
        # A newer version of the app, or the person who clears this site's data, must not wait for us.
        self._lasting = [create_proxy(lambda _: self._let_go())]
        opened.onversionchange = opened.onclose = self._lasting[0]
        return opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = None


async def newest() -> str:
    """The name of the database that is in use."""
    names = [str(each.name) for each in await js.indexedDB.databases()]
    return max(filter(NAMES.fullmatch, names), key=lambda name: (len(name), name), default=NAME)


async def _opened(name: str, records: Mapping[str, Sequence[Any]] = NOTHING) -> Any:
    """Open a database; one that is not there is made, and filled in the same transaction."""
    asked: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    request = js.indexedDB.open(name, VERSION)
    proxies = [
        create_proxy(lambda event: _make_stores(event.target, records)),
        create_proxy(lambda event: asked.set_result(event.target.result)),
        create_proxy(lambda event: asked.set_exception(_failure(event.target.error))),
    ]
    request.onupgradeneeded, request.onsuccess, request.onerror = proxies
    try:
        return await asked
    finally:
        for proxy in proxies:
            proxy.destroy()


def record(**fields: Any) -> Any:
    """Make a JavaScript object; bytes become Uint8Array."""
    return to_js(fields, dict_converter=js.Object.fromEntries)


def _issue(work: Callable[[Work], Result], opened: Work) -> Result:
    """Ask for everything at once; where one request can't even be asked, those before it must not stay."""
    try:
        return work(opened)
    except JsException as error:
        opened.cancel()
        raise StoreFailed(str(error.name), str(error.message)) from error


def _over(work: Work) -> "asyncio.Future[None]":
    """Return what resolves when the transaction is complete, or was cancelled on purpose."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def complete(_: Any) -> None:
        if not over.done():
            over.set_result(None)

    def abort(event: Any) -> None:
        if work.cancelled:
            complete(event)
        elif not over.done():
            over.set_exception(_failure(event.target.error))

    work.transaction.oncomplete, work.transaction.onabort = work.callback(complete), work.callback(abort)
    return over


def _failure(error: Any) -> StoreFailed:
    return StoreFailed(str(error.name), str(error.message)) if error else StoreFailed("AbortError", "no reason given")


def _make_stores(request: Any, records: Mapping[str, Sequence[Any]]) -> None:
    database = request.result
    for name, shape in STORES.items():
        if database.objectStoreNames.contains(name):
            continue
        key = shape.key if isinstance(shape.key, str) else to_js(list(shape.key))
        store = database.createObjectStore(name, record(keyPath=key))
        for unique in shape.unique:
            store.createIndex(unique, unique, record(unique=True))
    for name, items in records.items():
        for item in items:
            request.transaction.objectStore(name).put(item)
