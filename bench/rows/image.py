"""The catalogue's image: how long it takes to make, that this grows with the catalogue alone, and when it is made.

It is made by one thread of one process, so what counts is the processor's time: other work does not disturb it.
"""

from collections.abc import Sequence
from pathlib import Path

from app.sync.protocol import Dataset
from bench.goods import fill, products
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample, milliseconds, working
from server.oms.oms import Oms, open_oms
from server.oms.records import put
from server.settings import Settings

LINEAR = 1.2
"""A product of the large catalogue may cost so many times what one of the small one does."""


def run(plan: Plan) -> Sequence[Row]:
    """Make images of two catalogues, the second ten times the first; then change one price."""
    small = plan.size(100_000, 500)
    rows = list[Row]()
    for many in (small, 10 * small):
        plan.says(f"{many:,} products")
        rows += _measured(plan, many, rows[0].ours if rows else None)
    return rows


def _measured(plan: Plan, many: int, first: Sample | None) -> list[Row]:
    oms = _store(plan.room(f"image-{many}"))
    fill(plan, oms, many)
    try:
        made = list[float]()
        for _ in range(3 if plan.small or first is None else 1):
            oms.images.forget()
            made.append(working(oms.images.refresh) * 1000 / many)
        before = oms.images.offer()
        with oms.database.write() as session:
            one = next(products(plan, 1))
            dearer = one.variants[0].model_copy(update={"price": 1})
            put(session, Dataset.PRODUCTS, {one.id: one.model_copy(update={"variants": (dearer,)})})
        looks = [milliseconds(oms.images.refresh) for _ in range(plan.repetitions)]
        assert oms.images.offer() == before, "one new price made a new image"
    finally:
        oms.close()
    size = f"{before.bytes / 2**20:.1f} MiB packed; the processor's time"
    linear = (Goal(LINEAR, "a tenth of them"),) if first else ()
    peers = {"a tenth of them": first} if first else {}
    return [
        Row(f"image of {many:,} products, each", Sample.of(made), peers, "µs", linear, why=size),
        Row(f"image of {many:,} products, after one new price", Sample.of(looks), why="not made again; the look alone"),
    ]


def _store(folder: Path) -> Oms:
    where = f"sqlite:///{folder / 'store-os.db'}"
    return open_oms(Settings(data=folder, database_url=where, secret_file=folder / "secrets.json", dist=folder))
