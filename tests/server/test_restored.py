"""A store on PostgreSQL, put back with pg_restore: nothing is lost, nothing given twice, and nobody has to remember."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.sync.protocol import ChangesPage, VerdictKind
from server.__main__ import main
from server.oms.epochs import ALREADY, THE_SAME, UNREADABLE, Impossible, new_epoch
from server.oms.oms import Oms, open_oms
from server.oms.revisions import current, fact
from server.settings import Settings
from tests.conftest import order
from tests.server.browser import Browser
from tests.server.cluster import Cluster, name_in, needed
from tests.server.conftest import browser

Restore = Callable[[], Settings]


@pytest.fixture
def backend() -> str:
    return "postgresql"


@pytest.fixture
def oms(oms: Oms) -> Iterator[Oms]:
    """As it is once it was served."""
    again = open_oms(oms.settings)
    yield again
    again.close()


@pytest.fixture
def restore(oms: Oms, cluster: Cluster, tmp_path: Path) -> Restore:
    """A dump of the small store as it is now; each call puts it into a database of its own."""
    file, name = tmp_path / "store.dump", name_in(oms.settings.database_url)
    at = ("-h", str(cluster.folder), "-U", "store")
    subprocess.run([needed("pg_dump"), *at, "-Fc", "-f", file, name], check=True)

    def restored() -> Settings:
        there = cluster.new()
        subprocess.run([needed("pg_restore"), *at, "--no-owner", "-d", there, file], check=True)
        return replace(oms.settings, database_url=cluster.url(there))

    return restored


@pytest.fixture
def served() -> Iterator[Callable[[Settings], Oms]]:
    """Starts a server on a database."""
    opened: list[Oms] = []

    def start(there: Settings) -> Oms:
        opened.append(open_oms(there))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def epoch(oms: Oms) -> str:
    with oms.database.read() as session:
        return fact(session, "epoch")


def test_a_restored_database_begins_a_new_epoch_by_itself(
    oms: Oms, restore: Restore, served: Callable[[Settings], Oms]
) -> None:
    """Forgotten, it would cost every sale since the backup: the tills hold a verdict, and never send them again."""
    first = served(restore())

    assert epoch(oms) != epoch(first)
    assert epoch(first) == epoch(served(first.settings))


def test_a_store_that_was_not_restored_goes_on(oms: Oms, served: Callable[[Settings], Oms]) -> None:
    """With each start all registers would send everything again, and series would run out."""
    assert epoch(oms) == epoch(served(oms.settings))


def test_putting_it_back_into_the_same_database_is_noticed(
    oms: Oms, cluster: Cluster, tmp_path: Path, served: Callable[[Settings], Oms]
) -> None:
    """With --clean the tables are made anew where they were."""
    file, name, before = tmp_path / "store.dump", name_in(oms.settings.database_url), epoch(oms)
    at = ("-h", str(cluster.folder), "-U", "store")
    subprocess.run([needed("pg_dump"), *at, "-Fc", "-f", file, name], check=True)
    oms.database.close()
    subprocess.run([needed("pg_restore"), *at, "--clean", "--no-owner", "-d", name, file], check=True)

    assert before != epoch(served(oms.settings))


def test_what_came_after_the_backup_comes_in_again(
    oms: Oms, restore: Restore, served: Callable[[Settings], Oms], register: Browser
) -> None:
    """The register was enrolled since and is known by what the database before tells; its sale is taken as new."""
    there = restore()
    joined = Browser.enrol(register.client)
    sold = joined.sale(order())
    joined.push(sold)
    new_epoch(there, oms.settings.database_url)
    joined.client = browser(served(there))

    assert VerdictKind.ACCEPTED == joined.push(sold)[0].kind


def test_series_go_on_where_the_database_before_was(
    oms: Oms, restore: Restore, served: Callable[[Settings], Oms], register: Browser
) -> None:
    """Asked, it tells how far it had come: no series is lost, and none is given twice."""
    there = restore()
    Browser.enrol(register.client)
    new_epoch(there, oms.settings.database_url)

    assert "DS01C" == Browser.enrol(browser(served(there))).me.series.invoice


def test_series_are_passed_over_where_it_is_gone(
    restore: Restore, served: Callable[[Settings], Oms], register: Browser
) -> None:
    """Nobody can say how many registers were enrolled since."""
    assert "DS01K" == Browser.enrol(browser(served(restore()))).me.series.invoice


def test_the_command_after_the_server_changes_nothing(restore: Restore, served: Callable[[Settings], Oms]) -> None:
    """Whoever does both, in any order, or twice, burns no series; once something came in, it is meant."""
    again = served(restore())
    first, begun = epoch(again), new_epoch(again.settings)
    unchanged = epoch(again)
    Browser.enrol(browser(again))

    assert (ALREADY, first) == (begun, unchanged)
    assert ALREADY != new_epoch(again.settings)
    assert ALREADY == new_epoch(again.settings)
    assert ALREADY != new_epoch(again.settings, again=True)


def test_every_row_is_told_again(
    oms: Oms, register: Browser, restore: Restore, served: Callable[[Settings], Oms]
) -> None:
    """A till that saw a newer catalogue than the backup holds would keep it for ever."""
    with oms.database.read() as session:
        cursor = current(session)
    register.client = browser(served(restore()))
    page = ChangesPage.model_validate_json(register.get("/changes", cursor=cursor).content)

    assert {"p1", "v1", "v2", "s1", "cash", "c1", "DS01", "standard@2025-09-22"} == {each.id for each in page.changes}


def test_an_image_from_before_is_not_offered(
    oms: Oms, restore: Restore, served: Callable[[Settings], Oms], register: Browser
) -> None:
    """It may show what the restored catalogue does not have."""
    before = oms.images.refresh()

    assert before.cursor < served(restore()).images.offer().cursor


def test_a_database_before_that_is_none_is_said(oms: Oms, restore: Restore) -> None:
    """Numbers taken from the wrong place would be given twice."""
    there, nobody = restore(), oms.settings.database_url.replace("store_", "nobody_")
    wrong = there.database_url, f"{there.database_url}&application_name=x", nobody
    said = [new_epoch(there, before) for before in wrong]

    assert [Impossible(THE_SAME), Impossible(THE_SAME), Impossible(UNREADABLE)] == said


def test_the_command_says_what_it_did(
    restore: Restore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever restores a store is in a hurry."""
    there = restore()
    monkeypatch.setenv("STORE_OS_DATABASE_URL", there.database_url)
    codes = [main(["new-epoch", "--data", str(there.data)]) for _ in range(2)]
    said = capsys.readouterr().out.splitlines()

    assert ([0, 0], "A new epoch has begun.", ALREADY) == (codes, said[0][:22], said[1])


@pytest.mark.parametrize("command", [["backup", "x.db"], ["restore", __file__]])
def test_the_commands_of_sqlite_name_the_right_tool(
    oms: Oms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """It is said instead of failing half-way."""
    monkeypatch.setenv("STORE_OS_DATABASE_URL", oms.settings.database_url)
    monkeypatch.setenv("STORE_OS_SECRET_FILE", str(oms.settings.secret_file))
    code = main([*command, "--data", str(oms.settings.data)])

    assert (1, True) == (code, "docs/hosting.md" in capsys.readouterr().err)
