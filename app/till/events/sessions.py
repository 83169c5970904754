"""What people do with the table of offline sessions."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.table import Form
from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class SessionsFiltered(Event):
    """The table was narrowed; `by` names the field of the filter."""

    by: str
    value: str


@dataclass(frozen=True, slots=True)
class SessionsExported(Event):
    """ "Export": what is listed becomes a file."""

    at: datetime
    form: Form = Form.CSV
