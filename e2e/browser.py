"""Which Chromium the tests use, and how it is started: one that is there, or Playwright's own."""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from e2e.machine import BROWSERS

QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)

TOLD = os.environ.get("STORE_OS_BROWSER_ARGUMENTS", "").split()
"""What whoever runs the tests tells the browser beside that."""
SNAPSHOTS = bool(os.environ.get("STORE_OS_SNAPSHOTS"))
"""Whether a trace of the tests shows the page at each step, which takes a tenth longer."""
FOLDER_WITHOUT_PICKER = """
    window.showDirectoryPicker = async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle("Store OS", { create: true });
    };
"""
"""Headless Chromium has no picker: the browser's private file system has folders with the same interface."""


FILL = """
    async () => {
        const opened = await new Promise((done, failed) => {
            const request = indexedDB.open("ballast", 1);
            request.onupgradeneeded = () => request.result.createObjectStore("stones", { autoIncrement: true });
            request.onsuccess = () => done(request.result);
            request.onerror = failed;
        });
        const put = (bytes) => new Promise((done) => {
            const stone = new Uint8Array(bytes);
            for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(stone.subarray(at, at + 65536));
            const work = opened.transaction("stones", "readwrite", { durability: "strict" });
            work.objectStore("stones").add(stone);
            work.oncomplete = () => done(true);
            work.onabort = () => done(false);
        });
        for (const bytes of [8 << 20, 1 << 20, 64 << 10, 4 << 10, 512]) while (await put(bytes));
        opened.close();
    }
"""
"""What fills the room that the browser gives, down to the last half kilobyte, in a database beside the register's."""


BEFORE_WORKERS = """
    const made = URL.createObjectURL;
    URL.createObjectURL = (given) =>
        made.call(URL, given.type.includes("javascript") ? new Blob([%s, given], { type: given.type }) : given);
"""


def before_workers(script: str) -> str:
    """What a page does at its start so that each of its workers does something before anything of its own.

    PyScript starts its workers from an address that it makes for their code.
    """
    return BEFORE_WORKERS % json.dumps(script)


def chromium_path() -> str | None:
    """Return the browser named in STORE_OS_CHROMIUM or found on the machine; None means Playwright's own."""
    named = os.environ.get("STORE_OS_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def launch_options(*, headed: bool, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the options of a launch; root may only run Chromium without its sandbox."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *TOLD, *(["--no-sandbox"] if as_root else [])]
    return {"headless": not headed, "executable_path": chromium_path(), "args": arguments, "env": environment}


def processes_of(profile: Path) -> int:
    """Return the process group of the browser that runs on a profile. Raises where none does."""
    named = f"--user-data-dir={profile}".encode()
    for process in filter(lambda each: each.name.isdigit(), Path("/proc").iterdir()):
        with suppress(OSError):  # it has ended meanwhile
            if named in (process / "cmdline").read_bytes().split(b"\0"):
                group = os.getpgid(int(process.name))
                assert group != os.getpgrp(), "the browser is in the group of the tests"
                return group
    raise AssertionError(f"no browser runs on {profile}")
