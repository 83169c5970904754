"""A PostgreSQL of our own: in a folder that goes away again, on a socket of its own, started when needed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from e2e.machine import database_program

NOT_HERE = "PostgreSQL is not installed here"
OWNERS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; one of these does it then."""
USUAL = "-c listen_addresses= -c max_connections=200"
QUICK = "-c fsync=off -c full_page_writes=off"
"""Of what a power cut would leave behind nobody takes notice in a test."""
_NUMBERS = count(1)


def needed(name: str) -> str:
    """A program that a test can't do without."""
    found = database_program(name)
    if found is None:
        pytest.skip(f"{NOT_HERE}: no {name}")
    return found


def name_in(url: str) -> str:
    """The name of the database that a URL leads to."""
    return make_url(url).database or ""


class Cluster:
    """A running PostgreSQL, and the databases in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://store@/{name}?host={self.folder}"

    def new(self, template: str = "template1") -> str:
        """Make a database as a copy of another one, and return its name."""
        name = f"store_{next(_NUMBERS)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, url: str) -> None:
        """Take a database away, whoever still uses it."""
        self.do(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    @contextmanager
    def connected(self, database: str) -> Iterator[psycopg.Connection]:
        """A transaction of the administrator's, undone at the end."""
        with psycopg.connect(host=str(self.folder), user="store", dbname=database) as connection:
            yield connection
            connection.rollback()

    def do(self, what: str, database: str = "postgres") -> list[Any]:
        """Tell the database something, as its administrator."""
        with psycopg.connect(host=str(self.folder), user="store", dbname=database, autocommit=True) as connection:
            done = connection.execute(what.encode())
            return done.fetchall() if done.description else []


@contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """Start a PostgreSQL and stop it at the end; a test that needs it is named as skipped where there is none."""
    initdb, control = needed("initdb"), needed("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="store-os-pg-"))
    owner = _owner(folder)
    data = folder / "data"
    try:
        _run(initdb, "-D", data, "-U", "store", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", **owner)
        how = f"{USUAL} {'' if durable else QUICK} -k {folder}"
        _run(control, "-D", data, "-w", "-l", folder / "log", "-o", how, "start", **owner)
        try:
            yield Cluster(folder)
        finally:
            _run(control, "-D", data, "-m", "immediate", "stop", **owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    import pwd

    who = next(each for each in pwd.getpwall() if each.pw_name in OWNERS)
    os.chown(folder, who.pw_uid, who.pw_gid)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _run(*words: str | Path, **owner: Any) -> None:
    done = subprocess.run(
        [*map(str, words)], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, **owner
    )
    assert done.returncode == 0, done.stderr
