"""The customers as one register knows them: what the OMS says, and its own edits that are not in it yet.

A fold over the journal, so an edit is there at once, offline too, and after a restart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.customer import Clash, Customer, Edit, Field, edited
from app.sync.bodies import CustomerChanged
from app.sync.protocol import Verdict

Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of this register about a customer."""

    digest: str
    body: CustomerChanged


def unsettled(written: Iterable[Written], verdicts: Verdicts, revision: int) -> tuple[CustomerChanged, ...]:
    """The edits that the changes do not hold yet, oldest first; `revision` is the newest that has arrived of customers.

    An edit with a verdict is still drawn over until its change is here: else it would vanish for a moment.
    """
    waiting: list[CustomerChanged] = []
    for entry in written:
        verdict = verdicts.get(entry.digest)
        if verdict is None:
            waiting.append(entry.body)
        elif verdict.revision > revision:
            refused = {clash.field for clash in verdict.clashes}
            edits = tuple(edit for edit in entry.body.edits if edit.field not in refused)
            waiting.append(entry.body.model_copy(update={"edits": edits}))
    return tuple(waiting)


def joined(customers: Sequence[Customer], waiting: Sequence[CustomerChanged]) -> tuple[Customer, ...]:
    """The customers with these edits on them, by name; a new one joins them, one that is gone stays gone."""
    if not waiting:
        return tuple(customers)
    known = {customer.id: customer for customer in customers}
    for change in waiting:
        new = Customer(id=change.customer_id, name="") if change.base_revision == 0 else None
        base = known.get(change.customer_id, new)
        if base is not None:
            known[base.id] = edited(base, _real(change.edits))
    return tuple(sorted(known.values(), key=lambda customer: (customer.name, customer.id)))


def open_clashes(written: Iterable[Written], verdicts: Verdicts, customer: Customer) -> tuple[Clash, ...]:
    """What somebody still has to decide about a customer: a later word of this register is its decision."""
    waiting: dict[Field, Clash] = {}
    for entry in written:
        if entry.body.customer_id != customer.id:
            continue
        for edit in entry.body.edits:
            waiting.pop(edit.field, None)
        verdict = verdicts.get(entry.digest)
        waiting |= {clash.field: clash for clash in verdict.clashes} if verdict else {}
    now = ((clash, clash.field.of(customer)) for clash in waiting.values())
    return tuple(
        Clash(field=clash.field, here=clash.here, office=office) for clash, office in now if office != clash.here
    )


def undecided(written: Sequence[Written], verdicts: Verdicts, customers: Mapping[str, Customer]) -> frozenset[str]:
    """The digests of entries with a field that somebody still has to decide about: they say what it is.

    While no customers are here at all nobody can tell; of one that is gone nothing is to be decided any more.
    """
    found: set[str] = set()
    for entry in written:
        verdict, customer = verdicts.get(entry.digest), customers.get(entry.body.customer_id)
        theirs = {clash.field for clash in verdict.clashes} if verdict else set()
        if not customers or (customer and theirs and theirs & _fields(open_clashes(written, verdicts, customer))):
            found |= {entry.digest} if theirs else set()
    return frozenset(found)


def _fields(clashes: Iterable[Clash]) -> set[Field]:
    return {clash.field for clash in clashes}


def _real(edits: Iterable[Edit]) -> list[Edit]:
    return [edit for edit in edits if edit.before != edit.after]
