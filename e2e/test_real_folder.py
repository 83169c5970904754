"""A real folder on disk, given through the real picker: one file an entry, and what happens when it is gone."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

from app.sync.folder import Checked, check_folder
from e2e.desktop import Desktop, desktop, missing_programs
from e2e.store import ROOT, Store
from e2e.till import Till


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    if missing := missing_programs():
        pytest.skip(f"no {', '.join(missing)} on this machine")
    with desktop() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop") / "sales"


@pytest.fixture(scope="module")
def till(
    browser_type: BrowserType, store: Store, screen: Desktop, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Till]:
    """A register whose folder is a real one."""
    folder.mkdir()
    made = Till(
        browser_type,
        tmp_path_factory.mktemp("profile"),
        store.address,
        headed=True,
        real_folder=True,
        environment=screen.environment,
    )
    made.opens()
    made.signs_in("Asha")
    made.chooses_a_folder()
    screen.grants(folder, made.page)
    made.is_ready_for_offline()
    yield made
    made.closes()


def entries_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/journal/*/*.json"))


def checked(folder: Path) -> Checked:
    """What a check without a key says of the folder."""
    return check_folder((path.relative_to(folder).as_posix(), path.read_bytes()) for path in entries_in(folder))


def test_s05_each_entry_is_one_file(till: Till, folder: Path, store: Store) -> None:
    """What was sold lies in the shop's own folder, one sealed line a file, and the chain is whole."""
    store.loses_its_server()
    till.shows_banner("blue")
    numbers = [till.sells("Brown Bread", offline=True) for _ in range(3)]

    lines = [path.read_bytes() for path in entries_in(folder)]

    headers = [json.loads(line)["header"] for line in lines]
    report = checked(folder)
    assert [header["number"] for header in headers if header["number"]] == numbers
    assert (report.ok, report.notes, sum(len(span.entries) for span in report.spans)) == (True, (), len(lines))


def test_the_folder_says_what_it_is(till: Till, folder: Path) -> None:
    """Somebody will find this folder in a year and wonder whether it may be deleted."""
    assert "Store OS" in (folder / "README.txt").read_text()


def test_the_back_office_can_verify_the_folder(till: Till, folder: Path, store: Store) -> None:
    """The command opens every entry with the OMS's key and finds nothing wrong."""
    command = [sys.executable, "-m", "server", "verify", str(folder), "--data", str(store.data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_was_away_comes_back_by_itself(till: Till, folder: Path) -> None:
    """The stick is pulled and put in again: nobody has to choose it, and what it missed lies there."""
    away = folder.rename(folder.with_name("away"))
    number = till.sells("Brown Bread", offline=True)
    till.shows_banner("attention")

    away.rename(folder)
    till.shows_banner("blue", within=60_000)

    report = checked(folder)
    last = json.loads(entries_in(folder)[-1].read_bytes())["header"]["number"]
    assert (report.ok, report.notes, last) == (True, (), number)


def test_a_deleted_folder_stops_no_sale(till: Till, folder: Path) -> None:
    """Somebody deletes the folder in the middle of the day: selling goes on, and a person is told."""
    shutil.rmtree(folder)

    number = till.sells("Brown Bread", offline=True)

    till.shows_banner("attention")
    till.shows_order(number, "Pending", offline=True)


def test_a_folder_chosen_again_gets_everything(till: Till, folder: Path, screen: Desktop, store: Store) -> None:
    """After choosing again nothing is missing: every entry since the first day is written."""
    folder.mkdir()
    till.goes_to("Settings")
    till.page.get_by_role("button", name="Choose folder").click()
    screen.grants(folder, till.page)
    till.shows_banner("blue")
    number = till.sells("Brown Bread", offline=True)

    report = checked(folder)
    last = json.loads(entries_in(folder)[-1].read_bytes())["header"]["number"]
    assert (report.ok, report.notes, last) == (True, (), number)


def test_the_folders_sales_reach_the_oms_once(till: Till, folder: Path, store: Store) -> None:
    """And all of it is in the OMS in the end, each once."""
    store.opens()

    orders = store.has_orders(6)

    numbers = [json.loads(path.read_bytes())["header"]["number"] for path in entries_in(folder)]
    assert sorted(order["number"] for order in orders) == sorted(number for number in numbers if number)


def test_a_permission_that_is_gone_comes_back_with_one_tap(
    till: Till, folder: Path, screen: Desktop, store: Store
) -> None:
    """A browser that was closed wants to be asked again: it sells meanwhile, and then the folder has everything."""
    store.loses_its_server()
    till.closes()
    till.opens().signs_in("Asha")
    till.shows_banner("attention")
    number = till.sells("Brown Bread", offline=None)
    before = len(entries_in(folder))

    till.page.locator("#banner-folder").click()
    screen.allows_again(till.page, lambda: not till.page.locator("#banner-folder").count())
    till.shows_banner("blue")

    report = checked(folder)
    numbers = [json.loads(path.read_bytes())["header"]["number"] for path in entries_in(folder)]
    assert (report.ok, report.notes, number in numbers, len(numbers) > before) == (True, (), True, True)
