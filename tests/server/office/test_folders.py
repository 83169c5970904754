"""Registers → Import a folder: looked at first, then booked by the intake that registers use, as often as you like."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.sync.entry import Entry, file_path, parse
from app.sync.protocol import VerdictKind
from server import guard
from server.__main__ import main
from server.office.staged import put_aside, taken_up
from server.oms.oms import Oms
from server.oms.registers import revoke
from server.oms.tables import OrderRow, StockMove
from tests.conftest import order
from tests.server.browser import Browser
from tests.server.office.office import ROOT, Office, trail

FOLDER = f"{ROOT}/registers/R1/import"


def brings(office: Office, *lines: bytes, more: dict[str, bytes] | None = None) -> str:
    """Choose a folder in the browser, which sends its files one by one."""
    found = [(parse(line), line) for line in lines]
    files = {"/".join(("Till", *file_path(e.header))) if isinstance(e, Entry) else "x": line for e, line in found}
    sent = [("folder", (name, content)) for name, content in (files | (more or {})).items()]
    reply = office.client.post(FOLDER, data={"csrf": office.token}, files=[*sent, ("file", ("", b""))])
    assert reply.status_code == 200, reply.text
    return reply.text


def books(office: Office, page: str) -> str:
    """Press the button."""
    name = page.split('name="staged" value="')[1].split('"')[0]
    reply = office.sends("registers/R1/import/book", staged=name)
    return reply.text


def booked(oms: Oms) -> tuple[int, int]:
    with oms.database.read() as session:
        orders, moves = (session.scalar(select(func.count()).select_from(each)) for each in (OrderRow, StockMove))
    return orders or 0, moves or 0


def test_looked_at_first_then_booked(oms: Oms, register: Browser, admin: Office) -> None:
    """Nothing is booked by looking; the button books what the OMS lacks, and the register's own push finds it there."""
    sold = [register.sale(order(id=f"n{n}")) for n in range(3)]
    register.push(sold[0])
    page = brings(admin, *sold)
    before = booked(oms)
    told = books(admin, page)

    assert ((1, 1), (3, 3)) == (before, booked(oms))
    assert "the OMS lacks 2, 2 sales of ₹\xa0998.00" in page
    assert "3 entries: 1 already here, 2 taken in." in told
    assert [VerdictKind.DUPLICATE] * 3 == [each.kind for each in register.push(*sold)]
    assert [("admin", "import", "registers/R1", {}, {}, "Folder: 1 already here, 2 taken in.")] == trail(oms)[-1:]


def test_a_register_out_of_service_is_booked_too(oms: Oms, register: Browser, admin: Office) -> None:
    """Its money was taken; it is what this page is for."""
    sold = register.sale(order())
    with oms.database.write() as session:
        revoke(session, "R1")
    told = books(admin, brings(admin, sold))

    assert ("1 entry: 1 taken in." in told, (1, 1)) == (True, booked(oms))


def test_two_registers_in_one_folder_each_get_their_own(oms: Oms, register: Browser, admin: Office) -> None:
    """Two tills once shared a folder: one upload books both."""
    other = Browser.enrol(admin.client)
    sold = [each.sale(order(id=f"{each.me.register}")) for each in (register, other)]
    page = brings(admin, *sold)

    assert ("DS01-R1" in page, "DS01-R2" in page) == (True, True)
    assert "2 entries: 2 taken in." in books(admin, page)
    assert ["duplicate"] == [each.kind for each in other.push(sold[1])]


def test_what_is_no_entry_is_said_and_the_rest_is_booked(oms: Oms, register: Browser, admin: Office) -> None:
    """A picture and a cut file in the folder, with a name that would like to be HTML."""
    odd = {"Till/<script>alert(1)</script>.json": b"hello", "Till/README.txt": b"This folder"}
    page = brings(admin, register.sale(order()), more=odd)

    assert ("1 file left aside" in page, "<script>alert" in page) == (True, False)
    assert "1 entry: 1 taken in." in books(admin, page)


def test_the_file_that_a_till_gave_out_and_a_zip(oms: Oms, register: Browser, admin: Office) -> None:
    """One file is enough, too."""
    lines = b"\n".join(register.sale(order(id=f"n{n}")) for n in range(2))
    page = admin.uploads("registers/R1/import", "entries.jsonl", lines).text

    assert "2 entries: 2 taken in." in books(admin, page)
    reply = admin.uploads("registers/R1/import", "x.zip", b"no zip")
    assert (422, True) == (reply.status_code, "it is no zip file" in reply.text)


@pytest.mark.parametrize("name", ["", "../../secrets.json", "0" * 64, "x\x00y"])
def test_nothing_looked_at_books_nothing(oms: Oms, register: Browser, admin: Office, name: str) -> None:
    """A button pressed a day later, or a made-up name that would like to be a path."""
    reply = admin.sends("registers/R1/import/book", staged=name)

    assert (422, True) == (reply.status_code, "not here any more" in reply.text)


def test_what_nobody_booked_is_forgotten_after_a_day(tmp_path: Path, register: Browser) -> None:
    """Whoever only looks must not fill the disk."""
    one, two = (parse(register.sale(order(id=f"n{n}"))) for n in range(2))
    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    first = put_aside(tmp_path / "aside", [one], now=0)
    second = put_aside(tmp_path / "aside", [two], now=4e9)

    assert ((), (two,)) == (taken_up(tmp_path / "aside", first), taken_up(tmp_path / "aside", second))


def test_a_folder_that_is_too_large_is_not_even_read(
    register: Browser, admin: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eighty megabytes are turned away before they fill the memory."""
    bounds = [replace(each, most=100) if "/import" in each.path.pattern else each for each in guard.BOUNDS]
    monkeypatch.setattr(guard, "BOUNDS", bounds)
    reply = admin.uploads("registers/R1/import", "x.jsonl", b"x" * 200)

    assert (413, True) == (reply.status_code, "Nothing was changed" in reply.text)


def test_an_unknown_register_has_no_such_page(admin: Office) -> None:
    """A link that was typed wrong."""
    assert 404 == admin.client.get(f"{ROOT}/registers/R9/import").status_code


def test_the_command_does_the_same(
    oms: Oms, register: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the server has the dead machine's disk in hand: a folder of any size, and no browser."""
    sold = [register.sale(order(id=f"n{n}")) for n in range(2)]
    folder = tmp_path / "disk"
    for line in sold:
        entry = parse(line)
        assert isinstance(entry, Entry)
        path = folder.joinpath(*file_path(entry.header))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(line)
    monkeypatch.setenv("STORE_OS_SECRET_FILE", str(oms.settings.secret_file))
    command = ["import-folder", str(folder), "--data", str(oms.settings.data)]
    codes = [main([*command, "--look"]), main(command), main(command)]
    said = capsys.readouterr().out.splitlines()

    assert ([0, 0, 0], (2, 2)) == (codes, booked(oms))
    assert ["Nothing was booked.", "2 entries: 2 taken in", "2 entries: 2 already here"] == said[1::2]
    assert said[0].startswith("DS01-R1: 2 entries, 1 to 2, ")
    (folder / "odd.json").write_bytes(b"x")
    assert 1 == main(command)


def test_the_command_says_what_needs_a_person(
    oms: Oms, register: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that does not open is named with its place, and the exit code tells a script."""
    sold = register.sale(order())
    (tmp_path / "lines.jsonl").write_bytes(sold[:-12] + (b"AAAA" if sold[-12:-8] != b"AAAA" else b"BBBB") + sold[-8:])
    monkeypatch.setenv("STORE_OS_SECRET_FILE", str(oms.settings.secret_file))

    assert 1 == main(["import-folder", str(tmp_path / "lines.jsonl"), "--data", str(oms.settings.data)])
    assert "DS01-R1, entry 1: refused. This entry can't be read" in capsys.readouterr().out
