"""What people do in the dialog "Sync to Server"."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class SyncListOpened(Event):
    """The icon with the number that waits was clicked."""


@dataclass(frozen=True, slots=True)
class OrderChecked(Event):
    """The box before an order was checked ("true") or cleared; `seq` is the place of the order's entry."""

    seq: int
    value: str


@dataclass(frozen=True, slots=True)
class AllOrdersChecked(Event):
    """ "Select all" was checked ("true") or cleared: all, also those that are not drawn."""

    value: str


@dataclass(frozen=True, slots=True)
class CheckedSynced(Event):
    """ "Sync to Back-Office"; `fresh` tells this asking from every other one."""

    fresh: str


@dataclass(frozen=True, slots=True)
class CheckedExported(Event):
    """ "CSV Export"."""

    at: datetime
