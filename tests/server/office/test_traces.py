"""What the audit tells of those who come in, of what leaves as a file, and of what is done without any form."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.__main__ import main
from server.oms.oms import Oms, wire
from server.oms.registers import make_code
from tests.server.browser import Browser
from tests.server.office.office import PASSWORD, ROOT, Office, trail

HOST = {"from": "127.0.0.1"}
AWAY = {"from": "10.0.0.7"}
FILE = "name,price\nPencil,10\n"


def test_who_comes_in_and_who_does_not(oms: Oms, client: TestClient, stranger: TestClient) -> None:
    """After a theft the first question: who was in, from where, and did somebody try. What else was typed is not."""
    Office.sign_in(oms, client)
    for name, password in (("admin", "guessed"), (PASSWORD, "admin")):
        stranger.post(f"{ROOT}/sign-in", data={"name": name, "password": password})

    assert [
        ("admin", "sign in", "people/admin", {}, HOST, ""),
        ("", "wrong password", "people/admin", {}, AWAY, ""),
        ("", "wrong password", "people/nobody", {}, AWAY, ""),
    ] == trail(oms, "sign in", "wrong password")


def test_a_flood_of_guesses_is_no_flood_of_lines(oms: Oms, stranger: TestClient) -> None:
    """What was not even looked at would fill the database."""
    for turn in range(12):
        stranger.post(f"{ROOT}/sign-in", data={"name": "admin", "password": f"guess {turn}"})

    assert 5 == len(trail(oms, "wrong password"))


def test_a_wrong_old_password_is_one_of_them(oms: Oms, admin: Office) -> None:
    """Somebody at a desk that was left open."""
    admin.sends("password", old="guessed", new="another long one")

    assert [("", "wrong password", "people/admin", {}, HOST, "")] == trail(oms, "wrong password")


def test_what_leaves_as_a_file(oms: Oms, admin: Office) -> None:
    """All customers in one file: who took it, and what was asked for; a page that was read is no line."""
    admin.opens("customers", text="Meera")
    admin.opens("customers", text="Meera", format="csv")

    told = {"format": "csv", "text": "Meera", "rows": 1}

    assert [("admin", "export", "customers", {}, told, "")] == trail(oms, "export")


def test_who_became_a_register(oms: Oms, client: TestClient, stranger: TestClient) -> None:
    """Each of them makes invoices of the store; asked again, it is the same one."""
    with oms.database.write() as session:
        code = make_code(session, "FRONT")
    Browser.enrol(client, enrolment="e", key_id="k")
    Browser.enrol(stranger, code=code)

    assert [
        ("", "enrolment", "registers/R1", {}, {"with a code": False}, ""),
        ("", "enrolment", "registers/FRONT", {}, {"with a code": True}, ""),
    ] == trail(oms, "enrolment")


def test_a_card_that_was_taken_back(oms: Oms, register: Browser) -> None:
    """Money leaves without an order."""
    reply = register.client.post(f"{API}/payments/p-1/reverse", headers=register.bearer)

    assert (200, [("", "card taken back", "payments/p-1", {}, {"charged": False}, "")]) == (
        reply.status_code,
        trail(oms, "card taken back"),
    )


@pytest.fixture
def backend() -> str:
    """Backup and restore are SQLite's."""
    return "sqlite"


def test_what_is_done_at_the_command_line(
    oms: Oms, register: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the host needs no password, and leaves a line all the same."""
    monkeypatch.delenv("STORE_OS_DATABASE_URL", raising=False)
    monkeypatch.setenv("STORE_OS_SECRET_FILE", str(oms.settings.secret_file))
    file, backup = tmp_path / "products.csv", str(tmp_path / "backup.db")
    file.write_text(FILE)
    oms.close()
    words = f"import-products {file}, enrol-code FRONT, recovery-code R1, backup {backup}, restore {backup}"
    for each in f"{words}, new-epoch, new-epoch --again, new-epoch".split(", "):
        assert 0 == main([*each.split(), "--data", str(oms.settings.data)]), each
    again = wire(oms.settings, oms.keys)
    found = [(action, subject, bool(reason)) for who, action, subject, _, _, reason in trail(again) if who]
    again.close()

    assert [
        ("import", "imports/products.csv", True),
        ("register code", "registers/FRONT", False),
        ("recovery code", "registers/R1", False),
        ("restore", "database", True),
        ("new epoch", "database", True),
    ] == found, "the backup was written before its own line"
