"""Server processes that start at once: a process that has read all of the server's code forks one for each start.

A killed server is up again in a fraction of a second, so that many kills fit into a minute. What runs is the same
`python -m server serve`; only reading its code is done before.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from e2e.store import ROOT, START_SECONDS, Store, free_port

READ_BEFORE = ("server.app", "server.demo.fill", "server.office.people", "server.serve")
"""What a start of the server imports."""


class Nursery:
    """The process that forks servers."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "e2e.torture.registers.nursery"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def bears(self, words: Sequence[str], log: Path) -> int:
        """Start a server and return its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join([str(log), *words]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def closes(self) -> None:
        with self._process as process:  # closes its input, which ends it
            assert process.stdin is not None


@dataclass
class QuickStore(Store):
    """A store whose server comes back quickly; it can have several servers on one database."""

    nursery: Nursery | None = None
    pid: int = 0

    def opens(self) -> "QuickStore":
        assert self.nursery is not None
        words = ["serve", "--port", str(self.port), "--data", str(self.data), "--dist", str(ROOT / "dist"), "--no-open"]
        self.pid = self.nursery.bears(words, self.log)
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            assert time.monotonic() < deadline, f"the server did not start; see {self.log}"
            time.sleep(0.01)
        return self

    def beside(self) -> "QuickStore":
        """Return another server on the same database."""
        return QuickStore(data=self.data, port=free_port(), nursery=self.nursery)

    def _listens(self) -> bool:
        """Ask as a probe does: the port is taken before there is anybody to answer."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
                asked.sendall(b"GET /api/v1/registers/enrol HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return asked.recv(12).endswith(b"200")
        except OSError:
            return False

    def _end(self, how: signal.Signals) -> None:
        if self.pid:
            os.kill(self.pid, how)
            while _lives(self.pid):
                time.sleep(0.002)
        self.pid = 0


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _turns_away(log: str) -> None:
    """Let a child have nothing of its parent's: no input, and what it says goes to a file."""
    file, nothing = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), os.open(os.devnull, os.O_RDONLY)
    for there, own in ((nothing, 0), (file, 1), (file, 2)):
        os.dup2(there, own)


def main() -> None:
    """Fork a server for each line of input, and answer with its process id."""
    from server.__main__ import main as serve

    for name in READ_BEFORE:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a dead one is gone at once
    for line in sys.stdin:
        log, *words = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _turns_away(log)
            os._exit(serve(words))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
