"""The real process: it starts, says where it is, takes entries, survives being killed, and stops when told."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from httpx2 import Client

from server.serve import NotListening, listen
from server.settings import read_settings
from tests.conftest import order
from tests.server.browser import Browser

ROOT = Path(__file__).resolve().parents[2]


def environment(database_url: str = "") -> dict[str, str]:
    """What a server of a test is told, and nothing that was meant for another."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STORE_OS_")}
    return clean | ({"STORE_OS_DATABASE_URL": database_url} if database_url else {})


class Process:
    """A server in a process of its own, on a free port."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data", str(data), "--no-open"]
        self.popen = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment(database_url)
        )
        assert self.popen.stdout is not None
        said = self.popen.stdout.readline()
        assert said.startswith("Store OS: http://localhost:"), said
        self.address = said.removeprefix("Store OS: ").strip().rstrip("/")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.popen.send_signal(how)
        code = self.popen.wait(timeout=30)
        assert self.popen.stdout is not None
        self.popen.stdout.close()
        return code


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A data folder with a store in it."""
    for name in ("store-os.db", "secrets.json"):
        shutil.copy2(template / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def server(data: Path) -> Iterator[Process]:
    """A running server; killed at the end if the test has not stopped it."""
    process = Process(data)
    yield process
    if process.popen.poll() is None:
        process.stop(signal.SIGKILL)


@pytest.fixture
def client_of() -> Iterator[Callable[[str], Client]]:
    """Makes clients over real sockets, and closes them at the end."""
    with ExitStack() as stack:
        yield lambda address: stack.enter_context(Client(base_url=address, timeout=30))


def test_an_order_survives_a_killed_server(server: Process, data: Path, client_of: Callable[[str], Client]) -> None:
    """What has a verdict is on disk: a power cut right after the reply takes nothing back."""
    register = Browser.enrol(client_of(server.address))
    register.push(register.sale(order(id="kept")))
    server.stop(signal.SIGKILL)
    again = Process(data)
    register.client = client_of(again.address)
    found = register.get("/orders/kept").json()
    again.stop()

    assert "kept" == found["order"]["id"]


def test_it_stops_in_good_order(server: Process, data: Path) -> None:
    """The last one to close the database takes its log away, so the file alone is whole."""
    server.stop()

    assert ["store-os.db"] == [file.name for file in data.glob("store-os.db*")]


def test_a_taken_port_is_said_in_one_sentence(server: Process, data: Path) -> None:
    """The usual mistake is a server that still runs."""
    port = server.address.rpartition(":")[2]
    command = [sys.executable, "-m", "server", "serve", "--port", port, "--data", str(data), "--no-open"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    assert (1, True) == (done.returncode, done.stderr.startswith(f"Port {port} is taken"))


def test_answers_are_not_held_back_by_the_network_s_thrift() -> None:
    """Half of an answer waited 40 ms for the other side's nod: at a till that is every search and every page."""
    listening = listen("127.0.0.1", 0)
    assert not isinstance(listening, NotListening)
    kind = listening.proto
    listening.close()

    assert socket.IPPROTO_TCP == kind


def test_ctrl_c_ends_it_without_a_trace(server: Process) -> None:
    """Whoever tried it out should not be frightened at the end."""
    assert 0 == server.stop(signal.SIGINT)


def test_a_code_from_the_command_line_enrols(server: Process, data: Path, client_of: Callable[[str], Client]) -> None:
    """The back office makes codes while the server runs."""
    command = [sys.executable, "-m", "server", "enrol-code", "FRONT", "--data", str(data)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "FRONT" == Browser.enrol(client_of(server.address), code=said.splitlines()[0]).me.register


def test_a_file_that_is_not_there_is_said_in_one_sentence(data: Path) -> None:
    """No stack trace for a typing mistake."""
    command = [sys.executable, "-m", "server", "restore", "nothing.db", "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (1, "nothing.db is not there. Check the name.\n") == (done.returncode, done.stderr)


def readable(folder: Path) -> list[str]:
    """What any other account of this machine may look into."""
    return [path.name for path in sorted(folder.rglob("*")) if path.stat().st_mode & 0o007]


@pytest.mark.skipif(os.name != "posix", reason="files have other rights there")
def test_other_accounts_of_the_machine_read_nothing(data: Path, client_of: Callable[[str], Client]) -> None:
    """All customers are in the database, and in each backup; a release before made it readable for everybody."""
    for path in data.iterdir():
        path.chmod(0o644)
    (data / "theirs.txt").touch(mode=0o644)
    process = Process(data)
    register = Browser.enrol(client_of(process.address))
    register.push(register.sale(order()))
    command = [sys.executable, "-m", "server", "backup", str(data / "backup.db"), "--data", str(data)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    open_ones = readable(data)
    process.stop()

    assert ["theirs.txt"] == open_ones, "a search that finds nothing proves nothing"
    assert 0o600 == (data / "backup.db").stat().st_mode & 0o777
    assert 0o700 == read_settings(data / "new", environment={}).data.stat().st_mode & 0o777
