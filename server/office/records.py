"""Asks the data sets that registers follow: fields of their JSON in SQL, so that a list of 100,000 stays quick."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import ColumnElement, String, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.sync.protocol import Dataset
from server.office.lists import Asked, Filter, Found
from server.oms.records import find
from server.oms.tables import Record, Register
from server.oms.together import AND, together

T = TypeVar("T", bound=BaseModel)


class Text(FunctionElement[str]):
    """A field of a record's value, as text."""

    name = "field_as_text"
    type = String()
    inherit_cache = True


@compiles(Text)
def _in_sqlite(element: Text, compiler: SQLCompiler, **options: Any) -> str:
    value, name = element.clauses
    return f"json_extract({compiler.process(value, **options)}, '$.' || {compiler.process(name, **options)})"


@compiles(Text, "postgresql")
def _in_postgresql(element: Text, compiler: SQLCompiler, **options: Any) -> str:
    value, name = element.clauses
    # No text of PostgreSQL holds a NUL, so its JSON must not write one either.
    clean = rf"replace({compiler.process(value, **options)}, '\u0000', '\ufffd')"
    return f"(CAST({clean} AS json) ->> {compiler.process(name, **options)})"


def text_of(name: str) -> ColumnElement[str]:
    """A field of a record, for a question."""
    return Text(Record.value, name)


def holds(text: str, *names: str) -> ColumnElement[bool]:
    """Whether any of the fields holds a text, capital or not."""
    return or_(*(text_of(name).icontains(text, autoescape=True) for name in names))


def listed(
    session: Session,
    dataset: Dataset,
    model: type[T],
    wanted: Asked,
    *where: ColumnElement[bool],
    by: Sequence[str] = ("name",),
) -> Found[T]:
    """A page of a data set."""
    live = (Record.dataset == dataset.value, Record.gone.is_(False), *where)
    count = session.scalar(select(func.count()).select_from(Record).where(*live)) or 0
    order = [func.lower(text_of(name)) for name in by]
    query = select(Record.value).where(*live).order_by(*order, Record.id).limit(wanted.limit).offset(wanted.offset)
    return Found([model.model_validate_json(text) for text in session.scalars(query)], count)


def one(session: Session, dataset: Dataset, model: type[T], key: str) -> tuple[T, int] | None:
    """A thing and its revision, or nothing."""
    row = find(session, dataset, [key]).get(key)
    return (model.model_validate_json(row.value), row.revision) if row is not None and not row.gone else None


def register_filter(session: Session) -> Filter:
    """Every register there is or was, the oldest first, and those together of which one went on for the other."""
    names = session.scalars(select(Register.id).order_by(Register.enrolled_at, Register.id)).all()
    single = tuple((name, name) for name in names)
    both = tuple((AND.join(chain), f"{chain[0]} with {', '.join(chain[1:])}") for chain in together(session))
    return Filter("register", "Register", (*single, *both) or (("-", "None"),))
