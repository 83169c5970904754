"""What the courier did last: syncs with their outcome, how the link changed; a few lines for people, and for support.

Bounded, and without anybody's data: words of our own and counts, never what a server said.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.money import Value
from app.sync.status import Link

MOST = 30
"""Items kept; older ones are forgotten."""
TOGETHER = timedelta(minutes=15)
"""The same again within this time is one item that counts, so that a bad line does not push out the rest."""


class Did(StrEnum):
    SENT = "sent"
    """Entries were sent; `count` of them got a verdict."""
    READ = "read"
    """Changes were read, `count` of them."""
    CHECKED = "checked"
    """A full check: which image is offered, and how large each data set is."""
    CATALOGUE = "catalogue"
    """Another image took the place of the one in use."""
    LINK = "link"
    """What is thought of the link changed to `link`."""
    CLEARED = "cleared"
    """The local data was cleared because somebody asked for it."""


class Outcome(StrEnum):
    DONE = "done"
    SILENT = "silent"
    """No answer: nobody there, too slow, or the line broke."""
    TROUBLE = "trouble"
    """The server, or what stands before it, cannot serve now."""
    STRANGER = "stranger"
    """Something else answered."""
    REFUSED = "refused"
    NO_ROOM = "no_room"
    DAMAGED = "damaged"


class Happened(Value):
    """One thing, or the same thing several times within a while."""

    did: Did
    since: datetime
    at: datetime
    """When it happened last."""
    outcome: Outcome = Outcome.DONE
    status: int = 0
    """The HTTP status of a failure that had one."""
    link: Link | None = None
    count: int = 0
    times: int = 1


class History(Value):
    items: tuple[Happened, ...] = ()
    """The newest first."""


def noted(history: History, new: Happened) -> History:
    """Put something on top; the same of the last minutes is counted up instead."""
    for place, item in enumerate(history.items):
        if new.at - item.since < TOGETHER and _key(item) == _key(new):
            counted = {"at": new.at, "count": item.count + new.count, "times": item.times + new.times}
            rest = history.items[:place] + history.items[place + 1 :]
            return History(items=(item.model_copy(update=counted), *rest))
    return History(items=(new, *history.items)[:MOST])


def _key(item: Happened) -> tuple[object, ...]:
    return item.did, item.outcome, item.status, item.link
