"""All Offline Sessions: by hand and by itself, with their orders; narrowed, exported, and seen by the OMS too."""

import csv
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from playwright.sync_api import Locator, expect

from e2e.store import Store
from e2e.till import Till

BREAD = "Brown Bread"


def sessions(till: Till) -> Locator:
    return till.page.get_by_role("table", name="Offline Sessions").locator("tbody tr")


def exports(till: Till, form: str, folder: Path) -> Path:
    """Press "Export" and return the file that the browser saved."""
    till.page.get_by_label("File", exact=True).select_option(form)
    with till.page.expect_download() as download:
        till.page.get_by_role("button", name="Export").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_s19_a_session_by_hand(store: Store, warm_till: Till) -> None:
    """Who switched, when, and what was sold until it was turned off."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Offline Mode").click()
    warm_till.shows_banner("green")
    warm_till.sells(BREAD, offline=True)
    warm_till.goes_to("Settings")

    expect(sessions(warm_till)).to_have_count(1)
    for words in ("Open", "running", "Asha", "switched by hand", "1 waiting", "Cash at Store"):
        expect(sessions(warm_till)).to_contain_text(words)
    warm_till.page.locator("#banner").get_by_role("button", name="Turn Off").click()
    store.has_orders(1)
    expect(sessions(warm_till)).to_contain_text("Success")
    expect(sessions(warm_till)).to_contain_text("1 synced")


def test_s19_a_session_by_itself(store: Store, warm_till: Till) -> None:
    """An outage opens one without anybody; nothing was sold in it, and it is listed all the same."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.goes_to("Settings")
    newest = sessions(warm_till).first

    expect(sessions(warm_till)).to_have_count(2)
    expect(newest).to_contain_text("by itself")
    expect(newest).to_contain_text("no internet")
    store.opens()
    warm_till.shows_banner("none")
    expect(newest).to_contain_text("Success", timeout=20_000)


def test_s20_sessions_are_filtered(warm_till: Till) -> None:
    """By days and by status, as the back office asks for them."""
    page = warm_till.page
    page.get_by_label("Status", exact=True).select_option("Failed")
    table = page.get_by_role("table", name="Offline Sessions")
    expect(table).to_contain_text("No session of these days and this status.")
    page.get_by_label("Status", exact=True).select_option("Success")
    expect(sessions(warm_till)).to_have_count(2)
    page.get_by_label("From", exact=True).fill("2099-01-01")
    expect(page.get_by_role("button", name="Export")).to_be_disabled()
    page.get_by_label("From", exact=True).fill("")
    page.get_by_label("To", exact=True).fill("2099-01-01")
    expect(sessions(warm_till)).to_have_count(2)


def test_s20_sessions_are_exported_as_csv(warm_till: Till, tmp_path: Path) -> None:
    """What is listed is in the file, a line a session."""
    path = exports(warm_till, "CSV", tmp_path)
    header, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())

    assert path.name.startswith("offline-sessions-DS01-R1-")
    assert ["Session", "Status", "Start", "End", "Started by", "Why"] == header[:6]
    assert [("Success", "Asha", "1"), ("Success", "by itself", "0")] == [(row[1], row[4], row[6]) for row in rows]


def test_s20_sessions_are_exported_as_xlsx(warm_till: Till, tmp_path: Path) -> None:
    """A workbook with numbers as numbers, and not one formula."""
    path = exports(warm_till, "XLSX", tmp_path)
    with ZipFile(path) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 -- our own file
        texts = "".join(ElementTree.fromstring(book.read("xl/sharedStrings.xml")).itertext())  # noqa: S314

    tags = [element.tag.rpartition("}")[2] for element in sheet.iter()]
    assert path.suffix == ".xlsx"
    assert ("f" in tags, tags.count("row")) == (False, 3)
    assert "switched by hand" in texts


def test_s19_the_oms_sees_the_sessions_too(store: Store, warm_till: Till) -> None:
    """The same sessions, the same orders, the same sums, whoever asks."""
    listed = store.asks("/sessions")["sessions"]
    [by_hand] = store.asks("/sessions?status=Success&since=2020-01-01&limit=5")["sessions"][1:]

    assert ["connection", "by_hand"] == [one["why"] for one in listed]
    assert ("Asha", 1, {"cash": by_hand["total"]}) == (by_hand["staff_name"], by_hand["orders"], by_hand["tenders"])
