"""When each register was last heard of, by whichever server.

A sign of life must never wait for the writer's lock: it is noted in memory, and a keeper writes it down beside.
"""

import logging
import threading
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.oms.database import Database
from server.oms.tables_online import Contact
from server.oms.times import now

log = logging.getLogger("store_os.contacts")
KEEP_EVERY = 20.0
"""Seconds after which other servers, and this one after a restart, know of a call."""


class Contacts:
    """The last call of each register."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fresh: dict[str, datetime] = {}
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="contacts", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        """Stop the keeper; the last calls are written down on the way out."""
        self._stop.set()
        if self._keeper.is_alive():
            self._keeper.join()

    def saw(self, register: str) -> None:
        self._fresh[register] = now()

    def seen(self, session: Session) -> Mapping[str, datetime]:
        """Each register with its last call."""
        kept = {row.register: row.at for row in session.scalars(select(Contact))}
        return kept | {register: max(at, kept.get(register, at)) for register, at in self._fresh.copy().items()}

    def write(self) -> None:
        """Write down who called since the last time."""
        fresh = self._fresh.copy()
        with self._database.write() as session:
            kept = {row.register: row for row in session.scalars(select(Contact).where(Contact.register.in_(fresh)))}
            for register, at in fresh.items():
                if register not in kept:
                    session.add(Contact(register=register, at=at))
                elif kept[register].at < at:
                    kept[register].at = at
        for register, at in fresh.items():
            if self._fresh.get(register) == at:
                self._fresh.pop(register, None)

    def _keep(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stop.wait(KEEP_EVERY)
            try:
                if self._fresh:
                    self.write()
            except Exception:
                log.exception("who called could not be written down; it is tried again")
