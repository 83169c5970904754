"""Backup and restore: nothing is lost, nothing that only rises turns back, and every register hears of it."""

import resource
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.sync.protocol import API, ChangesPage, VerdictKind
from server.app import create_app
from server.oms.backup import back_up, put_back
from server.oms.catalogue import put_stock
from server.oms.epochs import Impossible
from server.oms.oms import Oms, wire
from server.oms.recovering import make_recovery_code
from server.oms.registers import revoke
from server.oms.revisions import current, fact
from server.oms.secrets import Secrets
from server.oms.tables import OrderRow
from server.settings import Settings
from tests.conftest import order
from tests.server.browser import Browser, recovered


@pytest.fixture
def backend() -> str:
    """These are SQLite's; those of PostgreSQL are in test_restored.py."""
    return "sqlite"


@pytest.fixture
def backup(oms: Oms, tmp_path: Path) -> Path:
    """A backup of the small store before anything was sold."""
    target = tmp_path / "backup.db"
    assert isinstance(back_up(oms, target), str)
    return target


def restored(oms: Oms, backup: Path, keys: Secrets) -> Oms:
    oms.database.close()
    outcome = put_back(oms.settings, backup)
    assert isinstance(outcome, str), outcome
    return wire(oms.settings, keys)


def test_a_restore_brings_the_backup_back(oms: Oms, keys: Secrets, tmp_path: Path, register: Browser) -> None:
    """The orders of that moment are there again."""
    register.push(register.sale(order()))
    back_up(oms, tmp_path / "backup.db")
    again = restored(oms, tmp_path / "backup.db", keys)
    with again.database.read() as session:
        assert 1 == session.scalar(select(func.count()).select_from(OrderRow))


def test_a_restore_begins_a_new_epoch(oms: Oms, keys: Secrets, backup: Path) -> None:
    """By it every till knows to offer again what it keeps."""
    with oms.database.read() as session:
        before = fact(session, "epoch")
    again = restored(oms, backup, keys)
    with again.database.read() as session:
        assert before != fact(session, "epoch")


def test_what_came_after_the_backup_comes_in_again(oms: Oms, keys: Secrets, backup: Path, register: Browser) -> None:
    """A register enrolled since is still known, and its sale is taken as new."""
    sold = register.sale(order())
    register.push(sold)
    again = restored(oms, backup, keys)
    register.client = TestClient(create_app(again), base_url="http://localhost", client=("127.0.0.1", 50_000))

    assert VerdictKind.ACCEPTED == register.push(sold)[0].kind


def test_no_series_is_given_twice_after_a_restore(oms: Oms, keys: Secrets, backup: Path, register: Browser) -> None:
    """The register enrolled since the backup goes on with its numbers."""
    again = restored(oms, backup, keys)
    client = TestClient(create_app(again), base_url="http://localhost", client=("127.0.0.1", 50_000))

    assert (register.me.series.invoice, "DS01B") == ("DS01A", Browser.enrol(client).me.series.invoice)


def test_no_order_number_is_given_twice_after_a_restore(
    oms: Oms, keys: Secrets, backup: Path, register: Browser
) -> None:
    """Somebody has noted it down; the sale that comes in again, and every later one, has one that nobody had."""
    sold = register.sale(order())
    before = register.push(sold)[0].order_number
    again = restored(oms, backup, keys)
    register.client = TestClient(create_app(again), base_url="http://localhost", client=("127.0.0.1", 50_000))

    assert ("DS01-000001", "DS01-000002") == (before, register.push(sold)[0].order_number)


def test_series_are_skipped_when_the_database_before_is_gone(oms: Oms, keys: Secrets, backup: Path) -> None:
    """On a new machine nobody can say how far the old one had come."""
    oms.database.close()
    for file in oms.settings.data.glob("store-os.db*"):
        file.unlink()
    put_back(oms.settings, backup)
    client = TestClient(create_app(wire(oms.settings, keys)), base_url="http://localhost", client=("127.0.0.1", 50_000))
    register = Browser.enrol(client)

    assert ("DS01K", "DS01-100001") == (
        register.me.series.invoice,
        register.push(register.sale(order()))[0].order_number,
    )


def test_every_row_is_told_again(oms: Oms, keys: Secrets, backup: Path, register: Browser) -> None:
    """A till that saw newer stock than the backup holds would keep it for ever."""
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(3)})
        cursor = current(session)
    again = restored(oms, backup, keys)
    register.client = TestClient(create_app(again), base_url="http://localhost")
    page = ChangesPage.model_validate_json(register.get("/changes", cursor=cursor).content)

    assert {"p1", "v1", "v2", "s1", "cash", "c1", "DS01", "standard@2025-09-22"} == {c.id for c in page.changes}


def test_the_database_before_is_kept(oms: Oms, keys: Secrets, backup: Path) -> None:
    """A restore of the wrong file can be undone."""
    restored(oms, backup, keys)

    assert 1 == len(list(oms.settings.data.glob("store-os-before-*.db")))


def test_a_restore_that_breaks_off_changes_nothing(
    oms: Oms, keys: Secrets, backup: Path, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup in place under the old epoch would be yesterday's store, and no till would send again what it lacks."""
    register.push(register.sale(order()))
    oms.database.close()
    monkeypatch.setattr("server.oms.backup.begin_epoch", _dies)
    before = _epoch_and_orders(oms)
    with pytest.raises(KeyboardInterrupt):
        put_back(oms.settings, backup)
    left = _epoch_and_orders(oms)
    monkeypatch.undo()
    outcome = put_back(oms.settings, backup)

    assert (before, True, 0) == (left, isinstance(outcome, str), _epoch_and_orders(oms)[1])


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def _epoch_and_orders(oms: Oms) -> tuple[str, int]:
    with oms.database.read() as session:
        found = fact(session, "epoch"), session.scalar(select(func.count()).select_from(OrderRow)) or 0
    oms.database.close()
    return found


def test_a_running_server_is_noticed(oms: Oms, backup: Path) -> None:
    """Replaced under a running server, the database would be damaged."""
    with oms.database.read() as session:
        current(session)

        assert isinstance(put_back(oms.settings, backup), Impossible)


def test_a_backup_replaces_no_file(oms: Oms, backup: Path) -> None:
    """Yesterday's backup may be the only good one."""
    assert isinstance(back_up(oms, backup), Impossible)


def test_a_backup_that_finds_no_place_says_so(oms: Oms, tmp_path: Path) -> None:
    """Whoever looks at the machine on Monday has to know on Friday that there is none."""
    outcome = back_up(oms, tmp_path / "not-there" / "x.db")

    assert isinstance(outcome, Impossible)
    assert "There is no backup" in outcome.why


def test_a_backup_that_finds_no_room_leaves_no_half(oms: Oms, tmp_path: Path) -> None:
    """Half of one would be taken for a backup, and the next one with its name refused."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    try:
        outcome = back_up(oms, tmp_path / "x.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert isinstance(outcome, Impossible)
    assert not (tmp_path / "x.db").exists()


def test_any_file_is_not_a_backup(oms: Oms, tmp_path: Path) -> None:
    """Nothing is changed by a wrong name."""
    (tmp_path / "photo.jpg").write_bytes(b"no database")

    assert isinstance(put_back(oms.settings, tmp_path / "photo.jpg"), Impossible)


def test_postgresql_has_its_own_tools(oms: Oms, tmp_path: Path) -> None:
    """It is said by name instead of failing half-way."""
    elsewhere = Settings(
        data=tmp_path, database_url="postgresql+psycopg://db/store", secret_file=tmp_path / "s", dist=tmp_path
    )
    outcome = back_up(
        Oms(elsewhere, oms.database, oms.keys, oms.images, oms.provider, oms.processor, oms.e_invoices, oms.contacts),
        tmp_path / "x.db",
    )

    assert outcome == Impossible("This database is not SQLite. Use pg_dump, as docs/hosting.md says.")


def test_who_was_shut_out_since_stays_out(oms: Oms, keys: Secrets, register: Browser, tmp_path: Path) -> None:
    """A stolen till must not come to life because a backup of the day before knows it as a good one."""
    back_up(oms, tmp_path / "backup.db")
    with oms.database.write() as session:
        revoke(session, "R1")
    again = restored(oms, tmp_path / "backup.db", keys)
    client = TestClient(create_app(again), base_url="http://localhost")

    assert 401 == client.post(f"{API}/entries", content=b"", headers=register.bearer).status_code


def test_a_recovery_since_is_done_once_more_with_its_code(
    oms: Oms, keys: Secrets, register: Browser, tmp_path: Path
) -> None:
    """What was brought of a lost register is missing in the backup, and nobody has to fetch another code for it."""
    heir, sold = Browser.enrol(register.client), register.sale(order())
    back_up(oms, tmp_path / "backup.db")
    with oms.database.write() as session:
        code = make_recovery_code(session, "R1")
    first = recovered(heir, "R1", code, sold)
    again = restored(oms, tmp_path / "backup.db", keys)
    heir.client = TestClient(create_app(again), base_url="http://localhost", client=("127.0.0.1", 50_000))
    second = recovered(heir, "R1", code, sold)
    with again.database.write() as session:
        later = make_recovery_code(session, "R2")

    assert [(1, 1, "accepted")] * 2 == [(each.fence, each.booked, each.verdicts[0].kind) for each in (first, second)]
    assert 2 == recovered(Browser.enrol(heir.client), "R2", later).fence
