"""1,000 orders that wait are accepted, booked and durable in the OMS: beside replication, and beside the bare work.

The courier runs on CPython over stores in memory, the peers in Node over theirs: both without a browser's database.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import requests

from app.domain.order import Order
from bench.bare import Rows, fill
from bench.peers import running
from bench.plan import Missing, Plan
from bench.row import Goal, Row
from bench.sample import in_turn, milliseconds
from bench.shop import carts, open_store
from e2e.store import Store
from tests.conftest import TODAY
from tests.fakes.register import Register

BARE, POUCH, POUCH_AT_ONCE, RX = "bare POST and INSERT", "PouchDB", "PouchDB in one batch", "RxDB"
BESIDE = {
    "payments": "order_id",
    "ledger": "order_id",
    "stock_moves": "order_id",
    "sale_documents": "id",
    "sale_lines": "document_id",
    "sale_payments": "document_id",
}
"""Where a sale leaves rows beside its entry and its order, and what names the order there."""
Way = Callable[[], float]


def run(plan: Plan) -> Sequence[Row]:
    """Send the same orders every way, turn and turn about."""
    many = plan.size(1_000, 100)
    with ExitStack() as stack:
        ours = Ours(plan.room("pending"), plan.room("pending-bare"), many)
        stack.callback(ours.closes)
        ways: dict[str, Way] = {"ours": ours.syncs, BARE: stack.enter_context(ours.bare())}
        try:
            ways |= stack.enter_context(peers(plan.room("pending-peers"), ours.chosen[:many]))
        except Missing as error:
            plan.says(f"without the peers: {error}")
        taken = in_turn(ways, plan.size(15, 2))
    speed = {name: sample.per_second(many) for name, sample in taken.items()}
    goals = [Goal(2, name, at_least=True) for name in (POUCH, RX) if name in speed]
    what = f"{many:,} pending orders, accepted and booked on SQLite"
    return [Row(what, speed.pop("ours"), speed, "orders/s", (*goals, Goal(0.4, BARE, at_least=True)), paired=True)]


@dataclass
class Ours:
    """A real server, a register with its courier, and a database beside it that takes the same rows bare."""

    folder: Path
    beside: Path
    many: int
    store: Store = field(init=False)
    register: Register = field(init=False)
    chosen: list[Order] = field(default_factory=carts)
    made: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        for place in (self.folder, self.beside):
            open_store(place).close()
        self.store = Store(self.folder, dist=self.folder).opens()
        self.register = Register(self.store.address).enrols()
        self.register.works()

    def closes(self) -> None:
        self.store.closes()

    def syncs(self) -> float:
        """Sell as often as it takes, then send all of it, and see that it was accepted."""
        for at in (next(self.made) for _ in range(self.many)):
            order = self.chosen[at % len(self.chosen)].model_copy(update={"id": f"o{at}"})
            self.register.sells(order, TODAY)
        took = milliseconds(self.register.syncs)
        with self._database() as database:
            [(booked,)] = database.execute("SELECT count(*) FROM orders WHERE state = 'accepted'")
        assert booked == len(self.register.stores.journal), f"only {booked} orders were accepted"
        return took

    @contextmanager
    def bare(self) -> Iterator[Way]:
        """One POST of the bytes that were sent last, one INSERT of the rows that they led to."""
        own = closing(sqlite3.connect(self.beside / "store-os.db", isolation_level=None))
        with own as database, takes_posts() as address:
            database.execute("PRAGMA synchronous=FULL")

            def both() -> float:
                rows, body = self._newest(), b"\n".join(list(self.register.stores.journal.values())[-self.many :])
                posted = milliseconds(lambda: requests.post(address, data=body, timeout=60).raise_for_status())
                filled = milliseconds(lambda: fill(database, rows))
                for table in (*BESIDE, "orders", "entries"):
                    database.execute(f"DELETE FROM {table}")
                return posted + filled

            yield both

    def _newest(self) -> Rows:
        """The rows of the orders that came last, as they lie in the OMS's database."""
        newest = f"IN (SELECT id FROM orders ORDER BY rowid DESC LIMIT {self.many})"
        wanted = {"entries": "digest IN (SELECT digest FROM orders WHERE id {})", "orders": "id {}"}
        wanted |= {table: f"{column} {{}}" for table, column in BESIDE.items()}
        with self._database() as database:
            found = {
                f"INSERT INTO {table}": database.execute(
                    f"SELECT * FROM {table} WHERE {which.format(newest)}"
                ).fetchall()
                for table, which in wanted.items()
            }
        assert len(found["INSERT INTO orders"]) == self.many
        return found

    def _database(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.folder / "store-os.db"))


@contextmanager
def peers(folder: Path, orders: Sequence[Order]) -> Iterator[dict[str, Way]]:
    """The same orders as plain documents, replicated to a server that keeps them in memory, each time a new one."""
    file = folder / "documents.json"
    documents = [{"_id": f"o{at}", "order": order.model_dump(mode="json")} for at, order in enumerate(orders)]
    file.write_text(json.dumps(documents))
    with running("couch") as couch, running("replicate") as replicate:
        url = f"http://127.0.0.1:{couch('')}"
        replicate("")

        def way(kind: str, batch: int = 0) -> Way:
            asked = json.dumps({"kind": kind, "file": str(file), "url": url, "batch": batch})
            return lambda: float(replicate(asked))

        yield {POUCH: way("pouch"), POUCH_AT_ONCE: way("pouch", len(documents)), RX: way("rx")}


@contextmanager
def takes_posts() -> Iterator[str]:
    """A server that reads what is posted, and says no more than that it came."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Takes)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Takes(BaseHTTPRequestHandler):
    """Takes a body."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing."""
