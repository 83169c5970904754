"""The store behind the register: a real server process with its own data, and what the OMS holds."""

import base64
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from app.courier.oms import Oms
from app.sync.protocol import API, Enrolment, EnrolOffer, EnrolRequest
from server.oms.secrets import NotOpened, load_or_make

ROOT = Path(__file__).parent.parent
START_SECONDS = 60.0


FIRST_PORT, AFTER_THE_LAST = 20_000, 32_768
"""Above these a system takes ports for calls of its own, and one of ours has to be free again after a restart."""


KEPT: list[socket.socket] = []
"""The ports that were given out. Each stays bound, and without a listener: calls to it are refused."""


def free_port() -> int:
    """Return a port on loopback that nobody uses, that no call going out gets by chance, and that stays ours.

    Whoever looks for a free one finds it taken, and a server that is told to use it can (SO_REUSEADDR, as both say).
    """
    while True:
        port, kept = FIRST_PORT + secrets.randbelow(AFTER_THE_LAST - FIRST_PORT), socket.socket()
        with suppress(OSError):
            kept.bind(("127.0.0.1", port))
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # not before: two who look could both bind it
            KEPT.append(kept)
            return port
        kept.close()


@dataclass
class Store:
    """One store: start it, let its server die, bring it back, and ask its OMS what it has."""

    data: Path
    port: int = field(default_factory=free_port)
    dist: Path = ROOT / "dist"
    """What it serves."""
    process: subprocess.Popen[str] | None = None
    _token: str = ""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """Where the server's complaints go."""
        return self.data.parent / f"{self.data.name}.log"

    def opens(self) -> "Store":
        """Start the server process and wait until it listens."""
        command = [sys.executable, "-m", "server", "serve", "--port", str(self.port), "--data", str(self.data)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--dist", str(self.dist), "--no-open"],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("Store OS: "), f"the server did not start; see {self.log}"
        return self

    def loses_its_server(self) -> None:
        """Kill the server process, as a power cut would."""
        self._end(signal.SIGKILL)

    def closes(self) -> None:
        """Stop the server in good order."""
        self._end(signal.SIGTERM)

    def imports(self, file: Path) -> str:
        """Import a product file, as an admin would, and return what was said."""
        command = [sys.executable, "-m", "server", "import-products", str(file), "--data", str(self.data)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def gives_a_code(self, register: str) -> str:
        """Make a one-time code for a browser on another machine, as the back office would."""
        command = [sys.executable, "-m", "server", "enrol-code", register, "--data", str(self.data)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()[0]

    def gives_a_recovery_code(self, register: str) -> str:
        """Make a code with which another register takes over a lost one's journal."""
        command = [sys.executable, "-m", "server", "recovery-code", register, "--data", str(self.data)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()[0]

    def gives_a_password(self, name: str = "admin") -> str:
        """Set a new password for somebody of the back office, as whoever runs the server would."""
        command = [sys.executable, "-m", "server", "office-password", name, "--data", str(self.data)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()[0]

    def loses_its_keys(self) -> None:
        """Let the OMS know no key of its registers any more: it can take nothing in."""
        self.does_to_its_database("UPDATE registers SET key_id = key_id || '-lost'")

    def finds_its_keys(self) -> None:
        self.does_to_its_database("UPDATE registers SET key_id = replace(key_id, '-lost', '')")

    def data_key(self, register: str) -> bytes:
        """Return a register's raw key, which its browser does not give out; the OMS has it wrapped."""
        [[wrapped]] = self.does_to_its_database("SELECT wrapped_key FROM registers WHERE id = ?", register)
        key = load_or_make(self.data / "secrets.json").unwrap(wrapped)
        assert not isinstance(key, NotOpened), key
        return key

    def does_to_its_database(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask or do something to the OMS's database that no register can do."""
        database = sqlite3.connect(self.data / "store-os.db", timeout=10)
        with database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def orders(self) -> list[dict[str, Any]]:
        """Return every order that the OMS holds, newest first."""
        listed: list[dict[str, Any]] = self.asks("/orders?limit=500")["orders"]
        return listed

    def has_orders(self, count: int, within: float = 30.0) -> list[dict[str, Any]]:
        """Wait until the OMS holds so many orders; more than that fails too."""
        deadline = time.monotonic() + within
        while len(orders := self.orders()) < count and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(orders) == count, f"{len(orders)} orders in the OMS instead of {count}"
        return orders

    def waits_for(self, path: str, wanted: Callable[[Any], Any], within: float = 30.0) -> Any:
        """Ask the OMS until its answer has what is wanted, and return that."""
        deadline = time.monotonic() + within
        while not (found := wanted(self.asks(path))) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert found, f"{path} did not come to what was wanted"
        return found

    def asks(self, path: str) -> Any:
        """Ask the OMS as a register of our own would."""
        self._token = self._token or self._enrolled()
        headers = {"Authorization": f"Bearer {self._token}"}
        reply = requests.get(f"{self.address}{API}{path}", headers=headers, timeout=10)
        reply.raise_for_status()
        return reply.json()

    def _enrolled(self) -> str:
        """Enrol a register for the one who asks; on localhost that needs no code."""
        oms = Oms(base=self.address, session=requests.Session(), no_answer=())
        deadline = time.monotonic() + START_SECONDS
        while not isinstance(offer := oms.offer(), EnrolOffer):
            assert time.monotonic() < deadline, offer
            time.sleep(0.1)
        key = load_der_public_key(base64.b64decode(offer.public_key))
        assert isinstance(key, RSAPublicKey)
        oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
        wrapped = base64.b64encode(key.encrypt(secrets.token_bytes(32), oaep)).decode()
        asked = EnrolRequest(enrolment=secrets.token_hex(16), key_id="quality-assurance", wrapped_key=wrapped)
        answer = oms.enrol(asked)
        assert isinstance(answer, Enrolment), answer
        return answer.token

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
