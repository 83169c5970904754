"""Counters that only rise; used inside a write session, so that no number is given twice."""

from sqlalchemy.orm import Session

from server.oms.tables import Counter, Fact


def take(session: Session, name: str, count: int = 1) -> int:
    """Take the next `count` numbers of a counter and return the first of them."""
    counter = session.get(Counter, name)
    if counter is None:
        counter = Counter(name=name, value=0)
        session.add(counter)
    first = counter.value + 1
    counter.value += count
    return first


def current(session: Session, name: str = "revision") -> int:
    """Return the last number taken."""
    counter = session.get(Counter, name)
    return counter.value if counter else 0


class Numbers:
    """Numbers of a counter for a batch: handed out in memory, taken at its end."""

    def __init__(self, session: Session, name: str) -> None:
        self._session, self._name = session, name
        self._last, self._given = current(session, name), 0

    def next(self) -> int:
        self._given += 1
        return self._last + self._given

    def write(self) -> None:
        """Take what was handed out."""
        if self._given:
            take(self._session, self._name, self._given)


def fact(session: Session, name: str) -> str:
    """Return a fact about this database, or nothing."""
    row = session.get(Fact, name)
    return row.value if row else ""


def set_fact(session: Session, name: str, value: str) -> None:
    session.merge(Fact(name=name, value=value))
