"""What is different about PostgreSQL, and must not be different for a store."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.domain.customer import Customer
from app.domain.voucher import Voucher
from app.sync.protocol import API, Dataset, VerdictKind
from server.office import vouchers
from server.office.lists import NOTHING_ASKED
from server.office.records import holds, listed
from server.oms import database
from server.oms.catalogue import put_stock
from server.oms.database import AWAY, Database
from server.oms.oms import Oms, wire
from server.oms.records import put
from server.oms.revisions import current, take
from server.oms.secrets import Secrets
from server.oms.tables import Base, EntryRow, Stock
from tests.conftest import customer, order
from tests.server.browser import Browser
from tests.server.cluster import Cluster, name_in
from tests.server.conftest import browser

NUL = "\0"


@pytest.fixture
def backend() -> str:
    return "postgresql"


@pytest.fixture
def other(oms: Oms) -> Iterator[Database]:
    """The same database, as another server has it."""
    opened = Database(oms.settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def hasty(oms: Oms, keys: Secrets, monkeypatch: pytest.MonkeyPatch) -> Iterator[Oms]:
    """Another server on the same database, which does not wait long."""
    monkeypatch.setattr(database, "BUSY_MS", 50)
    opened = wire(oms.settings, keys)
    yield opened
    opened.close()


def test_the_migrations_make_the_tables_that_the_code_expects(oms: Oms) -> None:
    """Every migration ran for the small store; a table that came out differently would fail some day."""
    with oms.database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert [] == differences


def test_a_sum_is_a_whole_number(oms: Oms) -> None:
    """The database calls it numeric; a decimal among amounts would be written differently, or not at all."""
    with oms.database.read() as session:
        assert (int, 20_000) == (type(found := session.scalar(select(func.sum(Stock.quantity)))), found)


def test_a_sale_with_a_nul_in_it_is_booked(register: Browser) -> None:
    """Its texts hold no NUL, and JSON does: somebody's scanner sends one, and the money has been taken."""
    sold = order(id="odd", customer=customer(name=f"A{NUL}sha"), staff_name=NUL, notes=NUL)

    assert VerdictKind.ACCEPTED == register.push(register.sale(sold))[0].kind
    assert "odd" == register.get("/orders/odd").json()["order"]["id"]


def test_a_list_with_a_nul_in_it_is_searched(oms: Oms) -> None:
    """One odd name must not take the whole list away; whoever searches for one finds nothing."""
    with oms.database.write() as session:
        put(session, Dataset.CUSTOMERS, {"c2": customer("c2", name=f"Zo{NUL}ya\\u0000", phone="")})
    with oms.database.read() as session:
        found = listed(session, Dataset.CUSTOMERS, Customer, NOTHING_ASKED, holds("ya", "name"))

    assert [f"Zo{NUL}ya\\u0000"] == [each.name for each in found.rows]


def test_a_balance_beyond_four_bytes_is_listed(oms: Oms) -> None:
    """Four bytes hold two crore rupees; a register that was tampered with may have spent more than that."""
    with oms.database.write() as session:
        put(session, Dataset.VOUCHERS, {"RICH": Voucher(code="RICH", balance=10**12)})
    with oms.database.read() as session:
        found = listed(session, Dataset.VOUCHERS, Voucher, NOTHING_ASKED, *vouchers._where("live"), by=("code",))

    assert ["RICH"] == [each.code for each in found.rows]


def test_a_reader_sees_one_moment(oms: Oms, other: Database) -> None:
    """A page of changes is read in several questions: a cursor newer than some of its rows would skip them."""
    with oms.database.read() as session:
        before = current(session)
        with other.write() as writing:
            put_stock(writing, {"v1": Decimal(3)})
        session.expire_all()

        assert (before, 10_000) == (current(session), session.get_one(Stock, "v1").quantity)


def test_writers_of_all_servers_stand_in_line(oms: Oms, hasty: Oms) -> None:
    """Else a revision could be given earlier and become visible later, and whoever reads in between misses it."""
    with oms.database.write() as session:
        take(session, "revision")
        with pytest.raises(OperationalError), hasty.database.write():
            pass
    with hasty.database.write() as session:
        take(session, "revision")


def test_a_server_that_can_t_write_now_says_so(oms: Oms, hasty: Oms, register: Browser) -> None:
    """503 tells a register to come again; nothing was taken in by halves."""
    sold, patient = register.sale(order()), register.client
    with oms.database.write():
        reply = browser(hasty).post(f"{API}/entries", content=sold, headers=register.bearer)
    register.client = patient

    assert (503, [VerdictKind.ACCEPTED]) == (reply.status_code, [each.kind for each in register.push(sold)])


def test_a_table_that_is_locked_lets_nothing_through_by_halves(
    oms: Oms, hasty: Oms, cluster: Cluster, register: Browser
) -> None:
    """An administrator's tool holds the ledger when entries and orders are already written."""
    sold, patient = register.sale(order()), register.client
    with cluster.connected(name_in(oms.settings.database_url)) as holding:
        holding.execute("LOCK TABLE ledger")
        reply = browser(hasty).post(f"{API}/entries", content=sold, headers=register.bearer)
        with oms.database.read() as session:
            there = session.scalar(select(func.count()).select_from(EntryRow))
    register.client = patient

    assert (503, 0) == (reply.status_code, there)
    assert [VerdictKind.ACCEPTED] == [each.kind for each in register.push(sold)]


@pytest.mark.parametrize("code", ["40001", "40P01", "53100", "55P03", "57P01"])
def test_what_passes_is_known_by_its_kind(oms: Oms, code: str) -> None:
    """Serialization, deadlock, a full disk, a lock, a shutdown: 503, and never an entry that is kept unbooked."""
    with oms.database.write() as session, pytest.raises(AWAY):
        session.connection().exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")


def test_a_connection_that_was_cut_is_taken_up_again(oms: Oms, cluster: Cluster, register: Browser) -> None:
    """The database was restarted over night; the first sale of the day must not find out."""
    cluster.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'store\\_%'")

    assert VerdictKind.ACCEPTED == register.push(register.sale(order()))[0].kind


def test_a_verdict_is_on_disk_whatever_the_database_is_told(oms: Oms, cluster: Cluster) -> None:
    """Who switched that off for speed did not mean the sales."""
    cluster.do(f"ALTER DATABASE {name_in(oms.settings.database_url)} SET synchronous_commit = off")
    oms.database.engine.dispose()
    with oms.database.write() as session:
        assert "on" == session.connection().exec_driver_sql("SHOW synchronous_commit").scalar()
