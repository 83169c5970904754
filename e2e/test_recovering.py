"""A machine dies with sales that nobody else has: its folder is opened on another one, and all of them arrive, once."""

import base64
import json
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from app.sync.protocol import API
from e2e.conftest import TillMaker
from e2e.looking import SCREENS, looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import STAFF, Till

Files = dict[str, str]
"""What lies in a folder: base64 by path."""
READ = """
    async () => {
        const files = {};
        const walk = async (folder, path) => {
            for await (const [name, handle] of folder.entries()) {
                if (handle.kind === "directory") await walk(handle, [...path, name]);
                else files[[...path, name].join("/")] = btoa(await (await handle.getFile()).text());
            }
        };
        await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("Store OS"), []);
        return files;
    }
"""
WRITE = """
    async (files) => {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("Store OS", { create: true });
        for (const [path, content] of Object.entries(files)) {
            const names = path.split("/");
            let folder = root;
            for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
            const held = await folder.getFileHandle(names.at(-1), { create: true }); // a collected one is silent
            const stream = await held.createWritable();
            await stream.write(atob(content));
            await stream.close();
        }
    }
"""
WHO = """
    () => new Promise((done) => {
        const request = indexedDB.open("store-os");
        request.onsuccess = () => {
            const read = request.result.transaction("status").objectStore("status").get("registered");
            read.onsuccess = () => (request.result.close(), done(read.result.value));
        };
    })
"""


def folder_of(page: Page) -> Files:
    found: Files = page.evaluate(READ)
    return {path: content for path, content in found.items() if path.startswith("DS01-")}


def who(page: Page) -> dict[str, Any]:
    """Who the browser is: its name and its token."""
    found: dict[str, Any] = json.loads(page.evaluate(WHO))
    return found


def dies(till: Till) -> None:
    """End every process of this browser at once, and lose its disk: a machine that burnt out."""
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdigit() and str(till.profile).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
    till._context = till._page = None
    shutil.rmtree(till.profile, ignore_errors=True)


@pytest.fixture(scope="module")
def lost(store: Store, warm_till: Till) -> dict[str, Any]:
    """What is left of a register that died with three offline sales: its folder, its token, and what was shown."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    sold = [warm_till.sells(name, offline=True) for name in ("Brown Bread",) * 3]
    left = {"files": folder_of(warm_till.page), "sold": sold, **who(warm_till.page)}
    dies(warm_till)
    store.opens()
    return left


def test_a_dead_register_is_recovered_on_another_machine(
    store: Store, lost: dict[str, Any], new_till: TillMaker
) -> None:
    """Three invoices lie in customers' pockets and nowhere else but in a folder that nobody here can open."""
    heir = new_till(store.address).opens()
    heir.signs_in()
    heir.is_online()
    heir.page.evaluate(WRITE, lost["files"])
    code = store.gives_a_recovery_code(lost["register"])
    heir.goes_to("Settings")
    card = heir.page.get_by_role("region", name="Recover a register")
    card.get_by_role("button", name="Choose its folder").click()
    expect(card).to_contain_text("whole")
    assert looks_wrong(heir, "recovery-found") == []
    card.screenshot(path=str(SCREENS / "recovery-found-card.png"))
    card.get_by_role("textbox", name="Code of the back office").fill(code)
    card.get_by_role("combobox", name="Manager").select_option(label="Ravi")
    card.get_by_role("textbox", name="Manager’s PIN").fill(STAFF["Ravi"])
    card.get_by_role("button", name="Recover DS01-").click()
    expect(card).to_contain_text(f"This register goes on for {lost['register']}", timeout=60_000)
    expect(card).to_contain_text("chain whole", timeout=60_000)
    assert looks_wrong(heir, "recovery-done") == []
    card.screenshot(path=str(SCREENS / "recovery-done-card.png"))

    number = heir.sells("Brown Bread")
    heir.shows_order(number, "Synced")
    numbers = [order["number"] for order in store.has_orders(4)]
    assert sorted(numbers) == sorted([*lost["sold"], number])
    assert len(set(numbers)) == 4
    assert number[:6] != lost["sold"][0][:6]


def test_the_dead_one_is_shut_out(store: Store, lost: dict[str, Any]) -> None:
    """It was only asleep after all, and comes back with what it has: nothing of it is taken any more."""
    lines = [base64.b64decode(content) for content in lost["files"].values()]
    headers = {"Authorization": f"Bearer {lost['token']}"}
    late = requests.post(f"{store.address}{API}/entries", data=b"\n".join(lines), headers=headers, timeout=10)

    assert (401, 4) == (late.status_code, len(store.orders()))


def test_the_office_imports_the_same_folder_and_books_nothing_twice(
    store: Store, lost: dict[str, Any], browser: Browser, tmp_path: Path
) -> None:
    """Somebody else had the folder in a mail; it is looked at, and there is nothing to do."""
    for path, content in lost["files"].items():
        file = tmp_path / "folder" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    office = BackOffice(context.new_page(), store).signs_in()
    office.opens(f"registers/{lost['register']}")
    expect(office.main).to_contain_text("goes on as")
    office.main.get_by_role("link", name="Import a folder").click()
    office.page.get_by_label("Folder", exact=True).set_input_files(tmp_path / "folder")
    office.page.get_by_role("button", name="Look into it").click()
    expect(office.main).to_contain_text("the OMS has all of them")
    context.close()

    assert 4 == len(store.orders())
