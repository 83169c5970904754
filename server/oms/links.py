"""Payment links: made once for an order and an amount, looked up at the provider, withdrawn when they are not wanted.

The provider is asked before anything is written here, and under an id that is always the same for the same wish:
a crash between the two leaves a request that the next try finds again.
"""

from datetime import timedelta

from sqlalchemy import select

from app.domain.payment import LinkState, PaymentLink
from app.domain.settings import Settings
from app.sync.online import LinkAsked
from app.sync.protocol import Dataset
from server.oms.idempotency import Once
from server.oms.oms import Oms
from server.oms.providers import Provider, Standing, Wanted
from server.oms.records import read_all
from server.oms.tables import PaymentRow
from server.oms.tables_online import LinkRow
from server.oms.times import now

VALID = timedelta(minutes=15)
ALIVE = frozenset({LinkState.PENDING, LinkState.PAID})


def make_link(once: Once, provider: Provider, asked: LinkAsked) -> PaymentLink:
    """Return the open or paid link of an order and amount, or ask for a new one."""
    oms = once.oms
    with oms.database.read() as session:
        same = LinkRow.order_id == asked.order_id, LinkRow.amount == asked.amount
        ids = session.scalars(select(LinkRow.id).where(*same).order_by(LinkRow.created_at)).all()
        payee = read_all(session, Dataset.SETTINGS, Settings)[0].seller.name
    for link_id in ids:
        present = look_up(oms, provider, link_id)
        if present is not None and present.status in ALIVE:
            return present
    link_id = oms.keys.derive("payment-link", f"{asked.order_id}:{asked.amount}:{len(ids)}")
    wanted = Wanted(link_id, payee, asked.amount, now() + VALID)
    standing = provider.create(wanted)
    return once.answer(PaymentLink, lambda session: _link(session.merge(_row(once, provider, asked, wanted, standing))))


def _row(once: Once, provider: Provider, asked: LinkAsked, wanted: Wanted, standing: Standing) -> LinkRow:
    return LinkRow(
        id=wanted.id,
        register=once.register,
        order_id=asked.order_id,
        tender_id=asked.tender_id,
        amount=asked.amount,
        provider=provider.name,
        url=standing.url,
        status=standing.status.value,
        reference=standing.reference,
        created_at=now(),
        expires_at=wanted.expires_at,
    )


def look_up(oms: Oms, provider: Provider, link_id: str) -> PaymentLink | None:
    """Ask the provider about an open link, and note what it says."""
    with oms.database.read() as session:
        row = session.get(LinkRow, link_id)
        known = _link(row) if row else None
    if known is None or known.status is not LinkState.PENDING:
        return known
    return _noted(oms, known, provider.look(link_id))


def withdraw(oms: Oms, provider: Provider, link_id: str) -> PaymentLink | None:
    """Take a link back; one that was paid meanwhile comes back as paid."""
    known = look_up(oms, provider, link_id)
    if known is None or known.status is not LinkState.PENDING:
        return known
    return _noted(oms, known, provider.cancel(link_id))


def unclaimed(oms: Oms, provider: Provider) -> tuple[PaymentLink, ...]:
    """Links that were paid while no order has the payment: money that a person has to give back, or to book."""
    with oms.database.read() as session:
        pending = session.scalars(select(LinkRow.id).where(LinkRow.status == LinkState.PENDING.value)).all()
    for link_id in pending:
        look_up(oms, provider, link_id)
    with oms.database.read() as session:
        # Of any kind: what an older OMS let a correction call cash is in the books, and nobody has to give it back.
        booked = select(PaymentRow.payment_id)
        query = select(LinkRow).where(LinkRow.status == LinkState.PAID.value, LinkRow.id.not_in(booked))
        return tuple(_link(row) for row in session.scalars(query.order_by(LinkRow.created_at)))


def _noted(oms: Oms, known: PaymentLink, standing: Standing | None) -> PaymentLink:
    if standing is None or standing.status is known.status:
        return known
    with oms.database.write() as session:
        row = session.get_one(LinkRow, known.id)
        row.status, row.reference = standing.status.value, standing.reference
        return _link(row)


def _link(row: LinkRow) -> PaymentLink:
    return PaymentLink(
        id=row.id,
        order_id=row.order_id,
        tender_id=row.tender_id,
        amount=row.amount,
        url=row.url,
        status=LinkState(row.status),
        reference=row.reference,
        expires_at=row.expires_at,
    )
