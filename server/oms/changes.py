"""What changed since a cursor: rows of all data sets in order of their revision, a page at a time."""

import json
from collections.abc import Collection

from pydantic import TypeAdapter
from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from app.sync.protocol import (
    AccountChange,
    Change,
    ChangesPage,
    CustomerChange,
    Dataset,
    DatasetInfo,
    StockChange,
    VoucherChange,
)
from server.oms.revisions import current, fact
from server.oms.stock import stock_row
from server.oms.tables import Record, Stock

PAGE = 500
MAX_PAGE = 2000
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


def changes_since(session: Session, cursor: int, datasets: Collection[Dataset], limit: int = PAGE) -> ChangesPage:
    """Return the next changes after a cursor. Each has a revision of its own, so a page can end anywhere."""
    newest = current(session)
    found = [*_records(session, cursor, datasets, limit), *_stock(session, cursor, datasets, limit)]
    found.sort(key=lambda change: change.revision)
    page, more = tuple(found[:limit]), len(found) > limit
    return ChangesPage(changes=page, cursor=page[-1].revision if more else max(newest, cursor), more=more)


class Sizes:
    """How many rows each data set has and when it last changed; products are counted anew when a record has changed."""

    def __init__(self) -> None:
        self._seen: tuple[tuple[str, int], dict[Dataset, DatasetInfo]] | None = None

    def now(self, session: Session) -> dict[Dataset, DatasetInfo]:
        """Tell the sizes as this session sees them. Sales write stock, not records, so most questions count nothing."""
        state = fact(session, "epoch"), session.scalar(select(func.max(Record.revision))) or 0
        seen = self._seen
        if seen is None or seen[0] != state:
            seen = self._seen = (state, _counted(session))
        stock = session.scalar(select(func.count()).select_from(Stock)) or 0
        at = session.scalar(select(Stock.at).order_by(Stock.revision.desc()).limit(1))
        infos = {**seen[1], Dataset.STOCK: DatasetInfo(rows=stock, changed_at=at)}
        return {dataset: infos.get(dataset, DatasetInfo(rows=0)) for dataset in Dataset}


def _counted(session: Session) -> dict[Dataset, DatasetInfo]:
    """Walk through all records."""
    live = func.sum(Record.gone.is_(False).cast(Integer))
    rows = session.execute(select(Record.dataset, live, func.max(Record.at)).group_by(Record.dataset))
    return {Dataset(name): DatasetInfo(rows=count, changed_at=at) for name, count, at in rows}


def _records(session: Session, cursor: int, datasets: Collection[Dataset], limit: int) -> list[Change]:
    query = select(Record).where(Record.revision > cursor)
    if not set(Dataset) <= set(datasets):  # as a condition they would lead SQLite away from the index of revisions
        query = query.where(Record.dataset.in_([dataset.value for dataset in datasets]))
    return [_change(row) for row in session.scalars(query.order_by(Record.revision).limit(limit + 1))]


def _stock(session: Session, cursor: int, datasets: Collection[Dataset], limit: int) -> list[Change]:
    if Dataset.STOCK not in datasets:
        return []
    query = select(Stock).where(Stock.revision > cursor).order_by(Stock.revision).limit(limit + 1)
    return [
        StockChange(id=row.variant_id, revision=row.revision, value=stock_row(row)) for row in session.scalars(query)
    ]


def _change(row: Record) -> Change:
    """Read a row into the change of its data set: the JSON it was written as goes in as it is.

    A customer bears its revision, because whoever edits it has to say what the edit was made on; a balance, because a
    register has to know which of its sales are in it.
    """
    clear = json.dumps({"dataset": row.dataset, "id": row.id, "revision": row.revision, "gone": row.gone})
    value = "null" if row.gone else row.value
    change = _CHANGE.validate_json(f'{clear[:-1]}, "value": {value}}}')
    if isinstance(change, CustomerChange | VoucherChange | AccountChange) and change.value is not None:
        numbered = change.value.model_copy(update={"revision": row.revision})
        return change.model_copy(update={"value": numbered})
    return change
