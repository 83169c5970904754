"""Two servers on one database: whatever is sent to both at once is booked once, and nobody misses a change."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest
from httpx2 import Client
from sqlalchemy import func, select

from app.sync.protocol import API, Change, ChangesPage, Verdict, VerdictKind, Verdicts
from server.oms.catalogue import put_products, put_stock
from server.oms.oms import Oms, wire
from server.oms.secrets import Secrets
from server.oms.tables import EntryRow, LedgerRow, OrderRow, PaymentRow, Stock, StockMove
from server.settings import Settings
from tests.conftest import line, order, product, variant
from tests.server.browser import Browser, digest
from tests.server.cluster import Cluster, name_in
from tests.server.conftest import POSTGRESQL, MakeStore
from tests.server.test_process import ROOT, Process, environment

TIMES = int(os.environ.get("STORE_OS_STORM", "1"))
"""How many times larger than usual the storm is."""
REGISTERS, SALES = 3, 40 * TIMES
AT_ONCE, STEP = 20, 10
"""Lines of a batch, and how far the next one begins after it: each line is in two batches, and goes to both servers."""
TOO_BUSY = 503


@dataclass
class Storm:
    """What was answered while several registers sent everything to both servers at once, and somebody read along."""

    sent: list[bytes]
    verdicts: dict[str, list[Verdict]]
    read: dict[tuple[str, str], Change] = field(default_factory=dict)
    too_late: list[tuple[int, int]] = field(default_factory=list)
    """Changes that came at or before the cursor that they were asked after."""


EVERYBODY_S = "v1"
"""What every sale has, too: who counts without regard to the other server counts wrong."""


def variant_of(register: int, sale: int) -> str:
    """Each sale has a variant of its own: a change that is skipped is not mended by the next one."""
    return f"v{register}-{sale}"


@pytest.fixture(scope="module")
def there(copied: MakeStore, template: Path, keys: Secrets, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store on PostgreSQL with a variant for each sale of the storm."""
    there = copied(POSTGRESQL, tmp_path_factory.mktemp("two"))
    shutil.copy2(template / "secrets.json", there.data / "secrets.json")
    oms = wire(there, keys)
    names = [variant_of(register, sale) for register in range(REGISTERS) for sale in range(SALES)]
    with oms.database.write() as session:
        put_products(session, [product(f"p-{name}", variant(name)) for name in names])
        put_stock(session, dict.fromkeys(names, Decimal(10)) | {EVERYBODY_S: Decimal(REGISTERS * SALES)})
    oms.close()
    return there


@pytest.fixture(scope="module")
def servers(there: Settings) -> Iterator[tuple[Process, Process]]:
    """Two servers on it, in one folder."""
    both = Process(there.data, there.database_url), Process(there.data, there.database_url)
    yield both
    for process in both:
        process.stop()


@pytest.fixture
def oms(there: Settings, keys: Secrets) -> Iterator[Oms]:
    """A look into the books of both."""
    opened = wire(there, keys)
    yield opened
    opened.close()


def push(client: Client, register: Browser, lines: list[bytes]) -> tuple[Verdict, ...]:
    """Send a batch; like the courier, send it again where the server says that it is busy."""
    while True:
        reply = client.post(f"{API}/entries", content=b"\n".join(lines), headers=register.bearer)
        if reply.status_code != TOO_BUSY:
            assert reply.status_code == 200, reply.text
            return Verdicts.model_validate_json(reply.content).verdicts


def send(address: str, register: Browser, lines: list[bytes]) -> list[Verdict]:
    """Send a journal in batches that overlap."""
    with Client(base_url=address, timeout=120) as client:
        batches = [lines[start : start + AT_ONCE] for start in range(0, len(lines), STEP)]
        return [verdict for batch in batches for verdict in push(client, register, batch)]


def read_along(storm: Storm, addresses: tuple[str, ...], register: Browser, cursor: int, over: Event) -> None:
    """Ask for changes, one server after the other, until the storm is over and there is nothing more."""
    clients = [Client(base_url=address, timeout=120) for address in addresses]
    more = True
    for client in cycle(clients):
        last = over.is_set() and not more
        asked = {"cursor": cursor, "limit": 7}
        reply = client.get(f"{API}/changes", params=asked, headers=register.bearer)
        page = ChangesPage.model_validate_json(reply.content)
        storm.too_late += [(change.revision, cursor) for change in page.changes if change.revision <= cursor]
        storm.read |= {(change.dataset, change.id): change for change in page.changes}
        cursor, more = page.cursor, page.more
        if last and not more:
            break
    for client in clients:
        client.close()


@pytest.fixture(scope="module")
def storm(servers: tuple[Process, Process]) -> Storm:
    """Let all of it happen."""
    addresses = tuple(server.address for server in servers)
    with Client(base_url=addresses[0], timeout=120) as client:
        registers = [Browser.enrol(client) for _ in range(REGISTERS)]
        cursor = registers[0].get("/snapshot").json()["cursor"]
    journals = [
        [each.sale(order(line(variant_of(number, sale)), line(EVERYBODY_S))) for sale in range(SALES)]
        for number, each in enumerate(registers)
    ]
    storm, over = Storm([sold for journal in journals for sold in journal], defaultdict(list)), Event()
    with ThreadPoolExecutor() as pool, ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read_along, storm, addresses, registers[0], cursor, over)
        sending = [
            pool.submit(send, address, register, journal)
            for register, journal in zip(registers, journals, strict=True)
            for address in addresses
        ]
        try:
            for verdict in [verdict for each in sending for verdict in each.result()]:
                storm.verdicts[verdict.digest].append(verdict)
        finally:
            over.set()
        reading.result()
    return storm


def test_of_all_answers_one_says_that_it_is_new(storm: Storm) -> None:
    """Whichever server came first; the others say that it is there already."""
    kinds = Counter(tuple(sorted(Counter(v.kind for v in storm.verdicts[digest(sold)]).items())) for sold in storm.sent)
    new, there = (VerdictKind.ACCEPTED, 1), VerdictKind.DUPLICATE

    assert {((new, (there, 3))), ((new, (there, 1)))} == set(kinds)
    assert len(storm.sent) == sum(kinds.values())


def test_every_answer_names_the_same_order(storm: Storm) -> None:
    """A register that heard two would not know which to look for."""
    numbers = [{verdict.order_number for verdict in some} for some in storm.verdicts.values()]

    assert (len(storm.sent), {1}) == (len(set.union(*numbers)), {len(each) for each in numbers})


def test_the_books_hold_each_sale_once(storm: Storm, oms: Oms) -> None:
    """Order, payment, ledger and stock, in the one transaction of its entry."""
    count = len(storm.sent)
    with oms.database.read() as session:
        found = [session.scalar(select(func.count()).select_from(table)) for table in (EntryRow, OrderRow, PaymentRow)]
        owed = session.scalar(select(func.sum(LedgerRow.amount)))
        moved = session.scalar(select(func.sum(StockMove.quantity)))
        left = session.scalar(select(func.sum(Stock.quantity)).where(Stock.variant_id.contains("-")))
        nothing = session.get_one(Stock, EVERYBODY_S).quantity

    assert ([count] * 3, 0, count * 2_000) == (found, owed, moved)
    assert (count * 9_000, 0) == (left, nothing)


def test_who_read_along_has_missed_nothing(storm: Storm, oms: Oms) -> None:
    """A revision that becomes visible after a later one would be skipped by whoever asked in between."""
    with oms.database.read() as session:
        rows = session.execute(select(Stock.variant_id, Stock.revision).where(Stock.variant_id != "v2")).all()
    read = {key: change.revision for (dataset, key), change in storm.read.items() if dataset == "stock"}

    assert ([], dict(rows)) == (storm.too_late, read)


def test_a_server_killed_in_the_middle_has_booked_nothing_by_halves(
    there: Settings, servers: tuple[Process, Process], oms: Oms, cluster: Cluster
) -> None:
    """Entries and payments were written, the ledger was not: the other server finds nothing of it and books it all."""
    doomed, name = Process(there.data, there.database_url), name_in(there.database_url)
    with Client(base_url=doomed.address, timeout=120) as client, ThreadPoolExecutor(1) as beside:
        register = Browser.enrol(client)
        lines = [register.sale(order(line("v2"), id=f"killed-{turn}"), id=f"killed-{turn}") for turn in range(3)]
        with cluster.connected(name) as holding:
            holding.execute("LOCK TABLE ledger IN SHARE MODE")
            lost = beside.submit(push, client, register, lines)
            until(lambda: bool(cluster.do(WAITS_FOR_LEDGER, name)))
            doomed.stop(signal.SIGKILL)
        assert lost.exception() is not None
    with Client(base_url=servers[1].address, timeout=120) as client:
        kinds = {verdict.kind for verdict in push(client, register, lines)}
    with oms.database.read() as session:
        ours = LedgerRow.order_id.startswith("killed-")
        booked = session.execute(
            select(func.count(LedgerRow.order_id.distinct()), func.sum(LedgerRow.amount)).where(ours)
        ).one()

    assert ({VerdictKind.ACCEPTED}, (3, 0)) == (kinds, tuple(booked))


WAITS_FOR_LEDGER = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'ledger'::regclass"


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


OPEN = """
import sys
from pathlib import Path
from server.oms.oms import open_oms
from server.oms.revisions import fact
from server.settings import read_settings
print("ready", flush=True)
sys.stdin.readline()
oms = open_oms(read_settings(Path(sys.argv[1])))
with oms.database.read() as session:
    print(oms.keys.public_key, fact(session, "epoch"))
oms.close()
"""


def test_servers_that_start_together_agree(cluster: Cluster, tmp_path: Path) -> None:
    """On an empty database: both make tables, keys and epoch, and what the second one makes must not be another's."""
    told = environment(cluster.url(cluster.new()))
    command = [sys.executable, "-c", OPEN, str(tmp_path)]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, cwd=ROOT, env=told, text=True, stdin=pipe, stdout=pipe) for _ in range(2)]
    for each in both:
        assert each.stdout is not None
        each.stdout.readline()  # it is ready
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(lambda each: each.communicate("go\n", timeout=120)[0], both))

    assert ([0, 0], 1, 2) == ([each.returncode for each in both], len(set(said)), len(said[0].split()))
