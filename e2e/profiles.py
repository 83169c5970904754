"""A register's browser profile as a file: everything that IndexedDB and the folder hold, and the raw data key.

Each released format has one in `tests/golden/profile-N.json.gz`, N being the version of the database (`profile-N-2`
holds more). A new one is written with `.venv/bin/python -m e2e.old_profile`, by the release that brings the version.
The data key was made for the file alone and seals nothing but the sales of its demo store.
"""

import base64
import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from playwright.sync_api import Page

from app.sync.protocol import API
from e2e.store import Store

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
EMPTY_PAGE = "/manifest.webmanifest"
"""A page of the same address on which nothing of ours runs."""
ANSWERED = """
    const answered = (request) => new Promise((done, failed) => {
        [request.onsuccess, request.onerror] = [() => done(request.result), () => failed(request.error)];
    });
"""
"""Waits for a request of a database."""
PACK = """
    const pack = (value) => {
        if (value instanceof CryptoKey) return { $: "key" };
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
            const bytes = new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
            const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
            return { $: value instanceof ArrayBuffer ? "buffer" : "bytes", base64: btoa(text) };
        }
        if (Array.isArray(value)) return value.map(pack);
        if (value === null || typeof value !== "object") return value;
        return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, pack(each)]));
    };
"""
DUMP = f"""
    async () => {{
        {ANSWERED}{PACK}
        const database = await answered(indexedDB.open("store-os"));
        const stores = {{}};
        for (const name of database.objectStoreNames) {{
            const store = database.transaction(name).objectStore(name);
            const indexes = [...store.indexNames].map((index) => store.index(index));
            stores[name] = {{
                key: store.keyPath,
                unique: indexes.map((index) => [index.name, index.keyPath, index.unique]),
                rows: name === "handles" ? [] : pack(await answered(store.getAll())),
            }};
        }}
        const files = {{}};
        const walk = async (folder, path) => {{
            for await (const [name, handle] of folder.entries()) {{
                if (name === "Catalogue") continue;  // binary; whoever starts on the profile fetches it again
                if (handle.kind === "directory") await walk(handle, [...path, name]);
                else files[[...path, name].join("/")] = await (await handle.getFile()).text();
            }}
        }};
        await walk(await navigator.storage.getDirectory(), []);
        const version = database.version;
        database.close();
        return {{ version, stores, files }};
    }}
"""
POUR = f"""
    async ({{ version, stores, files, key }}) => {{
        {ANSWERED}{PACK}
        const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const secret = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
        const unpack = (value) => {{
            if (value?.$ === "key") return secret;
            if (value?.$) return value.$ === "buffer" ? bytes(value.base64).buffer : bytes(value.base64);
            if (Array.isArray(value)) return value.map(unpack);
            if (value === null || typeof value !== "object") return value;
            return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpack(each)]));
        }};
        const root = await navigator.storage.getDirectory();
        for (const [path, text] of Object.entries(files)) {{
            const names = path.split("/");
            let folder = root;
            for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, {{ create: true }});
            const held = await folder.getFileHandle(names.at(-1), {{ create: true }}); // a collected one is silent
            const file = await held.createWritable();
            await file.write(text);
            await file.close();
        }}
        const opening = indexedDB.open("store-os", version);
        opening.onupgradeneeded = () => {{
            for (const [name, {{ key, unique }}] of Object.entries(stores)) {{
                const store = opening.result.createObjectStore(name, {{ keyPath: key }});
                for (const [index, path, only] of unique) store.createIndex(index, path, {{ unique: only }});
            }}
        }};
        const database = await answered(opening);
        const handle = await root.getDirectoryHandle("Store OS", {{ create: true }});
        const work = database.transaction([...database.objectStoreNames], "readwrite");
        for (const [name, {{ rows }}] of Object.entries(stores)) {{
            for (const row of rows) work.objectStore(name).put(unpack(row));
        }}
        await new Promise((done, failed) => [work.oncomplete, work.onabort] = [done, () => failed(work.error)]);
        const granting = database.transaction("handles", "readwrite");
        granting.objectStore("handles").put({{ name: "folder", handle }});
        await new Promise((done) => {{ granting.oncomplete = done; }});
        database.close();
    }}
"""


def dump(page: Page, address: str) -> dict[str, Any]:
    """Read what the browser keeps for an address; the register must not run in this browser any more."""
    page.goto(f"{address}{EMPTY_PAGE}")
    held: dict[str, Any] = page.evaluate(DUMP)
    return held


def pour(page: Page, address: str, profile: dict[str, Any]) -> None:
    """Give a browser in which the register never ran what a profile holds, in the version that wrote it."""
    page.goto(f"{address}{EMPTY_PAGE}")
    page.evaluate(POUR, {name: profile[name] for name in ("version", "stores", "files", "key")})


def write(path: Path, profile: dict[str, Any]) -> None:
    path.write_bytes(gzip.compress(json.dumps(profile, sort_keys=True).encode(), mtime=0))


def read(path: Path) -> dict[str, Any]:
    profile: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return profile


def registered(profile: dict[str, Any]) -> dict[str, Any]:
    """Who the register is: its name, its token, its series."""
    texts = {row["name"]: row["value"] for row in profile["stores"]["status"]["rows"]}
    found: dict[str, Any] = json.loads(texts["registered"])
    return found


def adopt(store: Store, profile: dict[str, Any]) -> None:
    """Make a register known to an OMS that never enrolled it, as the one before did that knew it."""
    me = registered(profile)
    offer = requests.get(f"{store.address}{API}/registers/enrol", timeout=10).json()
    public_key = load_der_public_key(base64.b64decode(offer["public_key"]))
    assert isinstance(public_key, RSAPublicKey)
    oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
    wrapped = base64.b64encode(public_key.encrypt(base64.b64decode(profile["key"]), oaep)).decode()
    row = {name: me[name] for name in ("store", "enrolment", "key_id")} | me["series"] | {"id": me["register"]}
    row |= {"token_hash": sha256(me["token"].encode()).hexdigest(), "code_hash": "", "wrapped_key": wrapped}
    row |= {"enrolled_at": "2026-11-01 00:00:00.000000"}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    store.does_to_its_database(f"INSERT INTO registers ({names}) VALUES ({marks})", *row.values())  # noqa: S608 -- our own names
    store.does_to_its_database("INSERT INTO counters (name, value) VALUES ('enrolment', 1)")
