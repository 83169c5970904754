"""Every list of the back office: search, filters, pages and the same rows as a file, from one description."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

import htpy as h
from fastapi import Depends, Request, Response

from app.domain.table import Cell, Form, Table, file_of
from server.office import audit
from server.office.doors import WithVisit
from server.office.frame import HEADERS, head, page
from server.office.parts import empty, go, icon, many, select
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.times import now, within_reach

Row = TypeVar("Row")
PAGE = 50
MOST_ROWS = 100_000
"""Rows of a file at most."""
TOO_MANY = (
    "{count:,} rows fit what was asked for, and a file has at most {most:,}. Nothing was exported. Choose fewer days."
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its text, which the file has too, and how a page shows it where that is more than text."""

    name: str
    text: Callable[[Row], str]
    show: Callable[[Row], h.Node] | None = None
    number: bool = False
    tight: bool = False
    """Kept in one line: moments and numbers of orders."""
    file: bool = False
    """Only in the file: a page says it elsewhere."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: a choice of few, or a day where there are no options."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    every: str = "All"
    """What stands for no choice; empty where there always is one."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """The rows of a page, and how many there are in all."""

    rows: Sequence[Row]
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what makes no sense in it is passed over."""

    fields: dict[str, str]
    exports: Callable[[str, int], None] = lambda _path, _rows: None
    """Told when so many rows of a list leave as a file."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()[:100]

    def day(self, name: str) -> date | None:
        try:
            return within_reach(date.fromisoformat(self[name]))
        except ValueError:
            return None

    @property
    def page(self) -> int:
        text = self["page"]
        return min(max(int(text), 1), 10**6) if text.isascii() and text.isdigit() else 1

    @property
    def limit(self) -> int:
        return MOST_ROWS if self.file else PAGE

    @property
    def offset(self) -> int:
        return 0 if self.file else (self.page - 1) * PAGE

    @property
    def file(self) -> Form | None:
        """Whether the rows are wanted as a file, and as which."""
        return Form(self["format"]) if self["format"] in set(Form) else None


NOTHING_ASKED = Asked({})


def asked(request: Request, oms: WithOms, visit: WithVisit) -> Asked:
    """Read the address; a file that leaves by it has its line in the audit."""
    fields = dict(request.query_params)

    def noted(path: str, rows: int) -> None:
        with oms.database.write() as session:
            kept = {name: value[:100] for name, value in fields.items() if value}
            audit.note(session, visit.name, "export", path, None, {**kept, "rows": rows})

    return Asked(fields, noted)


WithAsked = Annotated[Asked, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What a list is called, what stands in it, and how it is searched."""

    title: str
    path: str
    columns: tuple[Column[Row], ...]
    search: str = ""
    """What the search looks in."""
    icon: str = "search-x"


def show(
    listing: Listing[Row],
    visit: Visit,
    wanted: Asked,
    found: Found[Row],
    *content: h.Node,
    filters: tuple[Filter, ...] = (),
    actions: Iterable[h.Node] = (),
    status: int = 200,
) -> Response:
    """A list as a page, or as the file that was asked for."""
    if wanted.file is not None:
        wanted.exports(listing.path, len(_whole(found)))
        return _file(listing, found.rows, wanted.file)
    exports = [
        go(f"?{_address(wanted, filters, format=form.value)}", f"Export {form.upper()}", "download") for form in Form
    ]
    return page(
        visit,
        listing.title,
        head(listing.title, *actions, exports),
        content,
        _tools(listing, wanted, filters) if listing.search or filters else None,
        _table(listing, found),
        _pages(wanted, filters, found.count),
        at=listing.path,
        said=wanted["said"],
        status=status,
    )


def _whole(found: Found[Row]) -> Sequence[Row]:
    """Every row that was found. Raises Failed where a file would lack the oldest of them in silence."""
    if found.count > len(found.rows):
        raise Failed(422, "Too many rows for one file", TOO_MANY.format(count=found.count, most=MOST_ROWS))
    return found.rows


def some(
    rows: Sequence[Row],
    wanted: Asked,
    fits: Callable[[Row, str], bool] | None = None,
    **filters: Callable[[Row], str],
) -> Found[Row]:
    """Search, filter and page rows that are all here: for lists that stay short. A filter says what a row counts as."""
    text = wanted["text"].casefold()
    left = [row for row in rows if fits(row, text)] if fits and text else list(rows)
    for name, of in filters.items():
        left = [row for row in left if wanted[name] in ("", of(row))]
    return Found(left[wanted.offset : wanted.offset + wanted.limit], len(left))


def table(caption: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> h.Element:
    """A table; on a phone each row becomes a card, its cells named by their columns."""
    columns = [column for column in columns if not column.file]
    titles = [h.th(scope="col", class_={"right": column.number})[column.name] for column in columns]
    # Lists, because what is drawn is asked for later, when a generator's row would be another one.
    lines = [h.tr[[_cell(column, row, first=not at) for at, column in enumerate(columns)]] for row in rows]
    return h.div(".table.list")[h.table(aria_label=caption)[h.thead[h.tr[titles]], h.tbody[lines]]]


def _cell(column: Column[Row], row: Row, *, first: bool) -> h.Element:
    content = column.show(row) if column.show else column.text(row)
    kind = {"right": column.number, "num": column.number or column.tight}
    if first:
        return h.th(scope="row", class_=kind, data_label=column.name)[content]
    return h.td(class_=kind, data_label=column.name)[content]


def _table(listing: Listing[Row], found: Found[Row]) -> h.Element:
    if not found.rows:
        title, text = (
            f"No {listing.title.lower()} here",
            "Nothing fits what was asked for. Take a filter away, or wait.",
        )
        return h.div(".card")[empty(listing.icon, title, text)]
    return table(listing.title, listing.columns, found.rows)


def _tools(listing: Listing[Row], wanted: Asked, filters: tuple[Filter, ...]) -> h.Element:
    given = {"type": "search", "id": "text", "name": "text", "value": wanted["text"], "placeholder": listing.search}
    box = h.div(".field.grow")[h.label(for_="text")["Search"], h.input(".input", given)] if listing.search else None
    apply = h.button(".button", type="submit")[icon("search"), "Show"]
    return h.form(".tools", method="get", role="search")[box, (_filter(each, wanted) for each in filters), apply]


def _filter(each: Filter, wanted: Asked) -> h.Element:
    if each.options:
        none = (("", each.every),) if each.every else ()
        return select(each.name, each.label, (*none, *each.options), wanted[each.name])
    day = h.input(".input", type="date", id=each.name, name=each.name, value=wanted[each.name])
    return h.div(".field")[h.label(for_=each.name)[each.label], day]


def _pages(wanted: Asked, filters: tuple[Filter, ...], count: int) -> h.Element:
    last = max(1, -(-count // PAGE))
    steps = ((wanted.page - 1, "Previous", "arrow-left"), (wanted.page + 1, "Next", "arrow-right"))
    links = [
        go(f"?{_address(wanted, filters, page=str(to))}", word, name)
        for to, word, name in steps
        if 1 <= to <= last and last > 1
    ]
    where = f", page {wanted.page} of {last}" if last > 1 else ""
    return h.div(".row.apart")[h.p(".quiet")[f"{many(count, 'row')}{where}"], h.div(".row")[links]]


def _address(wanted: Asked, filters: tuple[Filter, ...], **more: str) -> str:
    kept = {name: wanted[name] for name in ("text", *(each.name for each in filters)) if wanted[name]}
    return urlencode(kept | more)


def _file(listing: Listing[Row], rows: Sequence[Row], form: Form) -> Response:
    columns = listing.columns
    cells = tuple(tuple(_value(column, row) for column in columns) for row in rows)
    file = file_of(Table(listing.path, tuple(column.name for column in columns), cells), form, now())
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, media_type=file.kind, headers=HEADERS | named)


def _value(column: Column[Row], row: Row) -> Cell:
    """A number as a number, so that it adds up and no apostrophe comes before its minus."""
    text = column.text(row)
    return Decimal(text) if column.number and _NUMBER.fullmatch(text) else text
