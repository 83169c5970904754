"""Who collects the money of a payment link: a small interface, and a sandbox that plays one without any money.

A provider is asked outside of the OMS's own transactions: its answer may take seconds.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app.domain.payment import LinkState
from server.oms.database import Database
from server.oms.tables_online import SandboxPayment
from server.oms.times import now

PAY = "/pay/"
"""Where the sandbox's page is; no login, the address is the secret."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Money to be asked for; the same id asks for the same money, however often."""

    id: str
    payee: str
    amount: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands at the provider."""

    url: str
    """What the customer opens; a path is one of our own host."""
    status: LinkState
    reference: str = ""


class Provider(Protocol):
    """What a payment service has to do for us."""

    name: str

    def create(self, wanted: Wanted) -> Standing:
        """Ask for money; asked again under the same id, return what stands."""

    def look(self, link_id: str) -> Standing | None:
        """Tell where a request stands; None for one that was never made."""

    def cancel(self, link_id: str) -> Standing | None:
        """Withdraw a request; what is paid stays paid, and the answer says so."""


class SandboxProvider:
    """Plays a provider: the customer's page is on this host, and its buttons decide."""

    name = "sandbox"

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, wanted: Wanted) -> Standing:
        with self._database.write() as session:
            row = session.get(SandboxPayment, wanted.id)
            if row is None:
                row = SandboxPayment(
                    id=wanted.id,
                    token=secrets.token_urlsafe(16),
                    payee=wanted.payee,
                    amount=wanted.amount,
                    status=LinkState.PENDING.value,
                    expires_at=wanted.expires_at,
                )
                session.add(row)
                session.flush()
            return _standing(row)

    def look(self, link_id: str) -> Standing | None:
        with self._database.read() as session:
            row = session.get(SandboxPayment, link_id)
            return _standing(row) if row else None

    def cancel(self, link_id: str) -> Standing | None:
        with self._database.write() as session:
            row = session.get(SandboxPayment, link_id)
            if row is None:
                return None
            return _decided(row, LinkState.CANCELLED)

    def shown(self, token: str) -> SandboxPayment | None:
        """What the customer's page shows."""
        with self._database.read() as session:
            row = session.scalars(select(SandboxPayment).where(SandboxPayment.token == token)).first()
            if row is not None:
                row.status = _standing(row).status.value
                session.expunge(row)
            return row

    def decide(self, token: str, status: LinkState) -> None:
        """The customer pays or declines; what was decided before stands."""
        with self._database.write() as session:
            row = session.scalars(select(SandboxPayment).where(SandboxPayment.token == token)).first()
            if row is not None:
                _decided(row, status)


def _decided(row: SandboxPayment, status: LinkState) -> Standing:
    if _standing(row).status is LinkState.PENDING:
        row.status = status.value
        row.reference = f"SBX{secrets.token_hex(5).upper()}" if status is LinkState.PAID else ""
    return _standing(row)


def _standing(row: SandboxPayment) -> Standing:
    status = LinkState(row.status)
    if status is LinkState.PENDING and row.expires_at <= now():
        status = LinkState.EXPIRED
    return Standing(url=f"{PAY}{row.token}", status=status, reference=row.reference)
