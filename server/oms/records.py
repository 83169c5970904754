"""Data sets that registers follow: written once each, numbered by revision; what is the same is not written again."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.account import Account
from app.domain.customer import Customer
from app.domain.extension import Extension
from app.domain.payment import Tender
from app.domain.product import Product
from app.domain.promotion import Promotion
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.tax import TaxRate
from app.domain.voucher import Voucher
from app.sync.protocol import Dataset
from server.oms.chunks import chunks
from server.oms.problems import Failed
from server.oms.revisions import take
from server.oms.tables import Record
from server.oms.times import now

Noun = Product | TaxRate | Tender | StaffMember | Customer | Settings | Promotion | Extension | Voucher | Account
T = TypeVar("T", bound=BaseModel)


def put(session: Session, dataset: Dataset, values: Mapping[str, Noun]) -> tuple[str, ...]:
    """Write values by id, give each changed one a new revision, and return the ids that changed.

    Raises Failed where a value could not be read again: it would stop every register that follows.
    """
    present = find(session, dataset, values)
    texts = {key: value.model_dump_json() for key, value in values.items()}
    changed = tuple(key for key, text in texts.items() if _differs(present.get(key), text))
    for key in changed:
        _look_at(type(values[key]), texts[key])
    first, at = take(session, "revision", len(changed)), now()
    new: list[dict[str, object]] = []
    for revision, key in enumerate(changed, start=first):
        fields = {"revision": revision, "gone": False, "value": texts[key], "at": at}
        if key in present:
            _set(present[key], fields)
        else:
            new.append({"dataset": dataset.value, "id": key, **fields})
    _insert(session, new)
    return changed


def remove(session: Session, dataset: Dataset, ids: Iterable[str]) -> tuple[str, ...]:
    """Mark rows as gone; registers are told once more, and drop them."""
    rows = [row for row in find(session, dataset, ids).values() if not row.gone]
    first = take(session, "revision", len(rows))
    for offset, row in enumerate(rows):
        row.revision, row.gone, row.at = first + offset, True, now()
    session.flush()
    return tuple(row.id for row in rows)


def find(session: Session, dataset: Dataset, ids: Iterable[str]) -> dict[str, Record]:
    """Look rows up by id, a chunk at a time."""
    found: dict[str, Record] = {}
    for some in chunks(ids):
        rows = session.scalars(select(Record).where(Record.dataset == dataset.value, Record.id.in_(some)))
        found.update((row.id, row) for row in rows)
    return found


def read_all(session: Session, dataset: Dataset, kind: type[T]) -> tuple[T, ...]:
    """Read a whole data set, oldest id first."""
    query = select(Record.value).where(Record.dataset == dataset.value, Record.gone.is_(False)).order_by(Record.id)
    return tuple(kind.model_validate_json(text) for text in session.scalars(query))


def declared(session: Session, dataset: Dataset) -> frozenset[str]:
    """The ids of a data set, those that are gone too: an order from before may still come."""
    return frozenset(session.scalars(select(Record.id).where(Record.dataset == dataset.value)))


def _look_at(kind: type[Noun], text: str) -> None:
    """Read what is about to be written: a copy with other fields was looked at by nobody."""
    try:
        kind.model_validate_json(text)
    except ValidationError as wrong:
        faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in wrong.errors()]
        raise Failed(
            422, "That can’t be kept", f"{'; '.join(faults)}. Nothing was saved. Change it and try again."
        ) from wrong


def _set(row: Record, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _insert(session: Session, rows: list[dict[str, object]]) -> None:
    """Write new rows at once: an import has tens of thousands."""
    session.flush()
    if rows:
        session.execute(insert(Record), rows)


def _differs(row: Record | None, text: str) -> bool:
    return row is None or row.gone or row.value != text
