"""The first admin's password: printed once to whoever starts the store, and set anew from the command line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from server.__main__ import main
from server.office.people import first_admin
from server.oms.oms import Oms
from tests.server.office.office import ROOT

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A data folder with a store in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("store-os.db", "secrets.json"):
        shutil.copy2(template / name, folder / name)
    return folder


def said_at_start(data: Path) -> list[str]:
    """Start the server, read what it prints, stop it."""
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data", str(data), "--no-open"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.terminate()
        return [first, *process.stdout.read().splitlines(keepends=True)]


def test_the_first_start_prints_the_password_and_no_other_does(data: Path) -> None:
    """Printed again it would stand in every log; printed never, nobody gets in."""
    first, second = said_at_start(data), said_at_start(data)

    assert (4, 1, True) == (len(first), len(second), "Sign in as admin with the password " in first[2])


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_password_from_the_command_line_opens_the_office(
    oms: Oms, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever lost theirs goes to whoever runs the server."""
    first_admin(oms)
    folder = oms.settings.data
    shutil.copy2(oms.settings.secret_file, folder / "secrets.json")
    main(["office-password", "admin", "--data", str(folder)])
    password = capsys.readouterr().out.splitlines()[0]
    reply = client.post(f"{ROOT}/sign-in", data={"name": "admin", "password": password}, follow_redirects=False)

    assert 303 == reply.status_code


def test_a_password_for_nobody_is_refused(oms: Oms, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name must not make another admin."""
    folder = oms.settings.data
    shutil.copy2(oms.settings.secret_file, folder / "secrets.json")
    code = main(["office-password", "nobody", "--data", str(folder)])

    assert (1, True) == (code, "There is nobody named nobody" in capsys.readouterr().err)
