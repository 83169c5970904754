"""The commands of `python -m server`: one table, each with its help and its arguments."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from server.oms.backup import back_up, put_back
from server.oms.epochs import ALREADY, Impossible
from server.oms.oms import Oms, open_oms
from server.settings import has_database, read_settings

Arguments = tuple[tuple[tuple[str, ...], dict[str, Any]], ...]
OPEN_DEMO = """\
The database is empty. A new one is filled with the demo store, whose PINs everybody knows, and others can reach {host}.
Start it without --host first and change the PINs under Staff in the back office; or add --demo."""
NOTHING = 2
"""The exit code where there is nothing to check."""


class CommandError(Exception):
    """A command that could not do its work; its text is for whoever typed it."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Arguments = ()


def serve(asked: argparse.Namespace) -> int:
    """Serve the app and the OMS; a new database gets the demo store."""
    from server.demo.fill import fill, has_store
    from server.office.people import first_admin
    from server.oms.doors import is_loopback
    from server.serve import NotListening, listen
    from server.serve import serve as run

    listening = listen(asked.host, asked.port)
    if isinstance(listening, NotListening):
        raise CommandError(listening.why)
    oms = open_oms(read_settings(asked.data, asked.dist))
    if not (asked.demo or is_loopback(asked.host) or has_store(oms)):
        oms.close()
        listening.close()
        raise CommandError(OPEN_DEMO.format(host=asked.host))
    fill(oms)
    run(oms, listening, opens=not asked.no_open, password=first_admin(oms))
    return 0


def import_products(asked: argparse.Namespace) -> int:
    """Read a product file into the catalogue and say what was skipped and why."""
    from server.demo.fill import fill
    from server.importers import run

    with opened(asked) as oms:
        fill(oms)  # an empty database has no tax rates yet: nothing imported into it could be sold
        write, folder = oms.database.write, oms.settings.pictures
        report = run(asked.file, write, folder, pictures=asked.pictures, recount=asked.recount)
        with write() as session:
            _noted(session, "import", f"imports/{asked.file.name}", reason=str(report).split("\n")[0])
    if report.failure:
        raise CommandError(report.failure)
    sys.stdout.write(f"{report}\n")
    return report.exit_code


def enrol_code(asked: argparse.Namespace) -> int:
    """Print a one-time code for a register."""
    from server.oms.registers import CODE_DAYS, make_code, wrong_name

    if why := wrong_name(asked.register):
        raise CommandError(why)
    with opened(asked) as oms, oms.database.write() as session:
        code = make_code(session, asked.register)
        _noted(session, "register code", f"registers/{asked.register}")
    sys.stdout.write(f"{code}\nEnrols a browser as {asked.register}; can be used once, within {CODE_DAYS} days.\n")
    return 0


def recovery_code(asked: argparse.Namespace) -> int:
    """Print a one-time code with which another register takes over a lost one's journal."""
    from server.oms.recovering import CODE_DAYS, make_recovery_code
    from server.oms.tables import Register

    with opened(asked) as oms, oms.database.write() as session:
        if session.get(Register, asked.register) is None:
            raise CommandError(f"There is no register {asked.register}.")
        code = make_recovery_code(session, asked.register)
        _noted(session, "recovery code", f"registers/{asked.register}")
    what = f"Recovers {asked.register} on another machine, and takes it out of service"
    sys.stdout.write(f"{code}\n{what}; can be used once, within {CODE_DAYS} days.\n")
    return 0


def office_password(asked: argparse.Namespace) -> int:
    """Give somebody of the back office a new password and print it, once."""
    from server.office.people import new_password, set_password, tidy

    name, password = tidy(asked.name), new_password()
    with opened(asked) as oms, oms.database.write() as session:
        denied = set_password(session, name, password)
        if denied is None:
            _noted(session, "password", f"people/{name}")
    if denied is not None:
        raise CommandError(f"{denied.why} The first one is made when the store is served for the first time.")
    sys.stdout.write(f"{password}\nOpens /office/ for {name}; it is kept nowhere, so keep it well.\n")
    return 0


def verify(asked: argparse.Namespace) -> int:
    """Check the entries of a folder: 0 all is well, 1 something is wrong, 2 there is nothing to check."""
    from server.oms.verify import verify_folder

    if not asked.folder.is_dir():
        raise CommandError(f"{asked.folder} is no folder that can be read. Check the name.", NOTHING)
    if has_database(asked.data):
        with opened(asked) as oms:
            report = verify_folder(asked.folder, oms)
    else:
        report = verify_folder(asked.folder)
        sys.stdout.write(f"No database in {asked.data}: the chain is checked, nothing is opened or compared.\n")
    if report.good and not report.entries:
        raise CommandError(f"{asked.folder} holds no entry of Store OS. Choose the folder with DS01-R1 in it.", NOTHING)
    sys.stdout.write(report.text())
    return 0 if report.good else 1


def import_folder(asked: argparse.Namespace) -> int:
    """Book what a register's folder holds and the OMS lacks; the exit code is 0 only when all of it is there."""
    from server.office.brought import bring

    _must_exist(asked.folder)
    with opened(asked) as oms:
        outcome = bring(oms, asked.folder, sys.stdout.write, books=not asked.look)
    if isinstance(outcome, str):
        raise CommandError(outcome)
    return 0 if outcome else 1


def backup(asked: argparse.Namespace) -> int:
    """Write the whole database into one file, while the server runs."""
    with opened(asked) as oms:
        outcome = back_up(oms, asked.file)
    return _done(outcome, asked, "backup")


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in the database's place; the server must not run."""
    _must_exist(asked.file)
    return _done(put_back(read_settings(asked.data), asked.file), asked, "restore")


def new_epoch(asked: argparse.Namespace) -> int:
    """Let every register offer again what it keeps, after a restore by other tools."""
    from server.oms.epochs import new_epoch as begin

    return _done(begin(read_settings(asked.data), asked.before, again=asked.again), asked, "new epoch")


def _done(outcome: str | Impossible, asked: argparse.Namespace, action: str) -> int:
    if isinstance(outcome, Impossible):
        raise CommandError(outcome.why)
    if outcome != ALREADY:
        with opened(asked) as oms, oms.database.write() as session:
            _noted(session, action, "database", reason=outcome)
    sys.stdout.write(f"{outcome}\n")
    return 0


def _noted(session: Session, action: str, subject: str, reason: str = "") -> None:
    """Write into the audit what was done at the command line."""
    from server.office.audit import note

    note(session, "command line", action, subject, None, None, reason=reason)


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise CommandError(f"{path} is not there. Check the name.")


@contextmanager
def opened(asked: argparse.Namespace) -> Iterator[Oms]:
    """Open the OMS for one command."""
    oms = open_oms(read_settings(asked.data))
    try:
        yield oms
    finally:
        oms.close()


COMMANDS = (
    Command(
        "serve",
        "serve the app and the OMS",
        serve,
        (
            (("--port",), {"type": int, "default": 8000, "help": "0 takes a free one (8000)"}),
            (("--host",), {"default": "127.0.0.1", "help": "address to listen on (127.0.0.1)"}),
            (("--dist",), {"type": Path, "default": Path("dist"), "help": "the built app (dist)"}),
            (("--no-open",), {"action": "store_true", "help": "open no browser"}),
            (("--demo",), {"action": "store_true", "help": "fill an empty database also where others can call"}),
        ),
    ),
    Command(
        "import-products",
        "read products from a CSV file",
        import_products,
        (
            (("file",), {"type": Path}),
            (("--pictures",), {"type": Path, "help": "folder or tar file with the pictures that the file names"}),
            (("--recount",), {"action": "store_true", "help": "take the file's stock where the books have another"}),
        ),
    ),
    Command("enrol-code", "make a one-time code for a register", enrol_code, ((("register",), {}),)),
    Command("recovery-code", "make a one-time code to recover a lost register", recovery_code, ((("register",), {}),)),
    Command(
        "office-password", "set a new password for somebody of the back office", office_password, ((("name",), {}),)
    ),
    Command("verify", "check a folder of registers", verify, ((("folder",), {"type": Path}),)),
    Command(
        "import-folder",
        "book what a lost register's folder, a zip of it or a file of its entries holds",
        import_folder,
        (
            (("folder",), {"type": Path}),
            (("--look",), {"action": "store_true", "help": "only say what is in it"}),
        ),
    ),
    Command("backup", "write the database into a file", backup, ((("file",), {"type": Path}),)),
    Command("restore", "put a backup in the database's place", restore, ((("file",), {"type": Path}),)),
    Command(
        "new-epoch",
        "after a restore by other tools: let every register offer again what it keeps",
        new_epoch,
        (
            (
                ("--before",),
                {"default": "", "metavar": "URL", "help": "the database before, where it is still there"},
            ),
            (("--again",), {"action": "store_true", "help": "also where nothing has come in since the last one"}),
        ),
    ),
)
