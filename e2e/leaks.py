"""Looking for card numbers in everything that is kept: the browser's database, the folder, the server's files."""

import base64
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from app.sync.entry import Sealed, split
from app.sync.sandbox_card import is_sound
from e2e.store import Store
from e2e.till import Till
from server.oms.secrets import load_or_make, unseal

DUMP = """
    async () => {
        const text = (bytes) => new TextDecoder("latin1").decode(bytes);
        const binary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
        const plain = (_, value) => (binary(value) ? text(value) : value instanceof CryptoKey ? "" : value);
        const opened = await new Promise((done) => {
            const request = indexedDB.open("store-os");
            request.onsuccess = () => done(request.result);
        });
        const stores = {};
        for (const name of opened.objectStoreNames) {
            stores[name] = await new Promise((done) => {
                const request = opened.transaction(name).objectStore(name).getAll();
                request.onsuccess = () => done(request.result.map((item) => JSON.stringify(item, plain)));
            });
        }
        opened.close();
        const files = async (folder, but = []) => {
            const found = [];
            for await (const item of folder.values()) {
                if (but.includes(item.name)) continue;
                if (item.kind === "directory") found.push(...(await files(item)));
                else found.push(await (await item.getFile()).text());
            }
            return found;
        };
        const root = await navigator.storage.getDirectory();
        const served = ["Catalogue", "start"];
        const folders = served.map((name) => root.getDirectoryHandle(name, { create: true }).then(files));
        return [stores, await files(root, served), (await Promise.all(folders)).flat()];
    }
"""
"""Every record of every object store, every file of the folder, and what was served to everybody alike: the catalogue
and the app's own memory; binary as one character a byte."""
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9](?: ?[0-9]){12,18}(?![0-9A-Za-z])")


def numbers_in(text: str, known: Iterable[str] = ()) -> list[str]:
    """Find what may be a card number: 13 to 19 digits with a sound check digit, and known numbers in any disguise."""
    runs = {run.replace(" ", "") for run in _RUN.findall(text)}
    found = [run for run in runs if is_sound(run)]
    return sorted([*found, *(number for number in known if any(shape in text for shape in shapes([number])))])


def shapes(numbers: Iterable[str]) -> list[str]:
    """Numbers as they are, in fours, in hexadecimal, and in base64 at each of the three places where one may begin."""
    return [shape for number in numbers for shape in _disguises(number)]


def _disguises(number: str) -> list[str]:
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    raw = number.encode()
    sixes = [base64.b64encode(b"x" * shift + raw).decode()[4 if shift else 0 : -4] for shift in range(3)]
    return [number, " ".join(fours), "-".join(fours), raw.hex(), raw.hex().upper(), *sixes]


def kept_by(till: Till) -> dict[str, str]:
    """Everything that the browser keeps, by where it lies."""
    stores, files, served = till.page.evaluate(DUMP)
    named = {f"IndexedDB {name}": "\n".join(items) for name, items in stores.items()}
    return {**named, "folder": "\n".join(files), "served": "\n".join(served)}


def kept_by_server(store: Store) -> dict[str, str]:
    """The server's database, value by value, and what it logged."""
    with sqlite3.connect(store.data / "store-os.db") as database:
        return {"database": "\n".join(database.iterdump()), "log": store.log.read_text("utf-8")}


def raw_files(store: Store) -> dict[str, str]:
    """The files of the database as they lie on the disk, the write-ahead log too; in them values touch each other."""
    return {file.name: file.read_bytes().decode("latin1") for file in store.data.glob("store-os.db*")}


def hidden_in(texts: dict[str, str]) -> dict[str, list[str]]:
    """Each text as it may lie in a file: in UTF-8 and UTF-16, plain and in base64 at each place where one may begin."""
    return {
        what: [found.decode("latin1") for raw in (text.encode(), text.encode("utf-16-le")) for found in _as_bytes(raw)]
        for what, text in texts.items()
    }


def _as_bytes(raw: bytes) -> list[bytes]:
    return [raw, *(base64.b64encode(b"x" * shift + raw)[4 if shift else 0 : -4] for shift in range(3))]


def profile_files(profile: Path) -> dict[str, str]:
    """Every file of a closed browser's profile, byte by byte: all that a thief would have."""
    files = (path for path in profile.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(profile).as_posix(): path.read_bytes().decode("latin1") for path in files}


def opened(store: Store, kept: dict[str, str]) -> str:
    """What is sealed for the register, opened with its own key: entries from the folder, and open sales."""
    with sqlite3.connect(store.data / "store-os.db") as database:
        wrapped = [row[0] for row in database.execute("SELECT wrapped_key FROM registers")]
    keys = [key for each in wrapped if isinstance(key := load_or_make(store.data / "secrets.json").unwrap(each), bytes)]
    sealed = [parts for line in kept["folder"].splitlines() if isinstance(parts := split(line.encode()), Sealed)]
    assert sealed, "there is no entry in the folder"
    plain = [body for parts in sealed for key in keys if isinstance(body := unseal(parts, key), bytes)]
    assert len(plain) == len(sealed), "an entry did not open"
    return b"\n".join(plain).decode()


def barcodes(data: Path) -> set[str]:
    """Long numbers that are none of a card: the goods' own."""
    with sqlite3.connect(data / "store-os.db") as database:
        return {row[0] for row in database.execute("SELECT barcode FROM variants WHERE barcode IS NOT NULL")}
