"""What a folder of registers' entries holds, and what of it the OMS lacks: said before anything is booked."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.money import format_money
from app.domain.numbers import INDIA
from app.sync.bodies import Sale
from app.sync.chain import check_chain
from app.sync.entry import Entry
from server.oms.known import held_of
from server.oms.opening import Opened, open_line
from server.oms.secrets import NotOpened, Secrets
from server.oms.tables import Register


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is of one register."""

    register: str
    """As store-register."""
    known: bool
    """Whether it is a register of this OMS."""
    entries: Sequence[Entry]
    wrong: str
    """The first place where its chain is not whole, with what the OMS holds counted in; nothing where it is."""
    lacking: int
    """How many entries the OMS does not hold."""
    sales: int
    """How many of those are sales, and their sum in minor units."""
    total: int
    sealed: int
    """How many of those do not open with the key that the OMS has."""

    @property
    def text(self) -> str:
        """All of it in one line."""
        first, last = self.entries[0].header, self.entries[-1].header
        days = f"{first.at.astimezone(INDIA):%d %b %Y} to {last.at.astimezone(INDIA):%d %b %Y}"
        found = f"{self.register}: {len(self.entries):,} entries, {first.seq:,} to {last.seq:,}, {days}"
        return f"{found}; {self.chain}; {self.missing}"

    @property
    def chain(self) -> str:
        return f"the chain is not whole: {self.wrong}" if self.wrong else "the chain is whole"

    @property
    def missing(self) -> str:
        """What the OMS lacks, in words."""
        if not self.known:
            return "this store knows no such register, so nothing of it can be booked"
        if not self.lacking:
            return "the OMS has all of them"
        sales = f"{self.sales:,} sale{'s' if self.sales != 1 else ''} of {format_money(self.total)} among them"
        sealed = f"; {self.sealed:,} of them do not open with this register’s key" if self.sealed else ""
        return f"the OMS lacks {self.lacking:,}, {sales}{sealed}"


def survey(session: Session, keys: Secrets, entries: Iterable[Entry]) -> tuple[Survey, ...]:
    """Look at entries register by register; nothing is changed."""
    journals: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        journals[entry.header.store, entry.header.register].append(entry)
    return tuple(_surveyed(session, keys, *whose, journal) for whose, journal in sorted(journals.items()))


def _surveyed(session: Session, keys: Secrets, store: str, name: str, found: Sequence[Entry]) -> Survey:
    journal = sorted(found, key=lambda entry: entry.header.seq)
    row = session.get(Register, name)
    register = row if row is not None and row.store == store else None
    here = held_of(session, name) if register else {}
    digests = set[str]().union(*here.values())
    lacking = [entry for entry in journal if entry.digest not in digests]
    bodies = _bodies(keys, register, lacking) if register else []
    orders = [each.body.order for each in bodies if isinstance(each.body, Sale)]
    return Survey(
        register=f"{store}-{name}",
        known=register is not None,
        entries=journal,
        wrong=first_wrong(journal, here),
        lacking=len(lacking),
        sales=len(orders),
        total=sum(order.totals.total for order in orders),
        sealed=len(lacking) - len(bodies) if register else 0,
    )


def _bodies(keys: Secrets, register: Register, entries: Iterable[Entry]) -> list[Opened]:
    key = keys.unwrap(register.wrapped_key)
    if isinstance(key, NotOpened):
        return []
    opened = (open_line(entry.line, register, key) for entry in entries)
    return [each for each in opened if isinstance(each, Opened)]


def first_wrong(journal: Sequence[Entry], here: Mapping[int, Collection[str]]) -> str:
    """The first place where a journal is not whole; what the OMS holds of it, digests by place, fills gaps."""
    report = check_chain(journal)
    wrong = [(each.seq, each.why) for each in (*report.forks, *report.damaged, *report.duplicates)]
    held, due = sorted(here), 1
    for entry in journal:
        seq = entry.header.seq
        lost = seq - due - (bisect_left(held, seq) - bisect_left(held, due))
        if lost > 0:
            first = next(each for each in range(due, seq) if each not in here)
            wrong.append((first, f"{lost:,} missing before entry {seq:,}"))
        elif seq > due and entry.header.prev not in here[seq - 1]:
            wrong.append((seq, "it does not name the entry before it, which the OMS holds"))
        if entry.digest not in here.get(seq, {entry.digest}):
            wrong.append((seq, "the OMS holds another entry in this place"))
        due = max(due, seq + 1)
    return "entry {:,}: {}".format(*min(wrong)) if wrong else ""
