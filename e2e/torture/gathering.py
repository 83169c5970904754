"""Gathers the evidence of a register in a browser: its database and its folder, byte for byte."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from e2e.torture.browser import Browser
from e2e.torture.checker import Evidence, Kept, Place, folder_of
from e2e.torture.notebook import Notebook


def places_of(browser: Browser) -> tuple[Place, ...]:
    """Read both places; the database knows only the register that this browser is now."""
    rows, files = browser.does("journal"), browser.does("files")
    kept = tuple(Kept(b64decode(row["line"]), row["seq"], row["id"], row["number"]) for row in rows)
    mine = str(browser.does("register"))
    return Place("IndexedDB", kept, mine), folder_of((file["path"], b64decode(file["content"])) for file in files)


def evidence_of(notebook: Notebook, data: Path, places: tuple[Place, ...], stock: Mapping[str, int]) -> Evidence:
    """What somebody wrote down, beside what lies in the places and at the OMS; `stock` is what was there before."""
    return Evidence(
        database=database_of(data),
        secrets=data / "secrets.json",
        acknowledged=tuple(notebook.saved),
        places=places,
        attempted=frozenset(notebook.attempted),
        taken=notebook.taken,
        stock=stock,
    )


def part_of(folder: Place, register: str) -> Place:
    """What a register has in a folder. Of one whose database is gone a folder has what the OMS did not have then.

    A file that a kill left empty is nobody's: what ought to be in it is missed in the place.
    """
    mine = tuple(entry for entry in folder.entries if _whose(entry.line) == register)
    return replace(folder, entries=mine, register=register)


def _whose(line: bytes) -> str:
    try:
        header = json.loads(line)["header"]
    except ValueError:
        return ""
    return f"{header['store']}-{header['register']}"


def decoded(content: str) -> bytes:
    """Bytes as the hands give them out."""
    return b64decode(content)


def database_of(data: Path) -> str:
    """The address of the database in a store's data folder."""
    return f"sqlite:///{data / 'store-os.db'}"
