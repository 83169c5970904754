"""Plays a card processor without any money: opens what terminals seal, and answers as the test card wants it.

Its private key lies in a file of its own beside the OMS's secrets. It keeps what it said, and never a card number.
"""

import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from app.domain.card import ProcessorKey, bound_to
from app.sync.cards import CardAnswer, CardState
from app.sync.sandbox_card import TestCard, known_card
from server.oms.database import Database
from server.oms.processor import Charge
from server.oms.secrets import new_private_key, write_once
from server.oms.tables_cards import SandboxCharge
from server.oms.times import now

OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
SILENT_TRIES = 2
"""How often the slow card gets no answer."""
NOT_OURS = "The processor cannot open the card’s data: it was sealed for another payment, amount or key."
TOO_LATE = "It was stored for longer than the processor takes cards."
WITHDRAWN = "The payment was withdrawn."
REFUSALS = {
    TestCard.DECLINED: (CardState.DECLINED, "The bank says no: not enough money."),
    TestCard.EXPIRED: (CardState.EXPIRED, "The card has expired."),
}


class SandboxProcessor:
    """Decides by the test card; every answer is kept, so that asking twice charges once."""

    def __init__(self, database: Database, key_file: Path) -> None:
        self._database = database
        self._key_file = key_file

    @cached_property
    def _private(self) -> rsa.RSAPrivateKey:
        if not self._key_file.exists():
            write_once(self._key_file, new_private_key())
        private = load_pem_private_key(self._key_file.read_bytes(), password=None)
        if not isinstance(private, rsa.RSAPrivateKey):
            raise TypeError("the processor's file holds a key of another kind than RSA")
        return private

    @cached_property
    def key(self) -> ProcessorKey:
        spki = self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return ProcessorKey(id=hashlib.sha256(spki).hexdigest()[:16], spki=b64encode(spki).decode())

    def charge(self, charge: Charge) -> CardAnswer:
        answer, lost = self._decided(charge)
        if lost or answer.state is CardState.WAITING:
            raise TimeoutError("the sandbox plays a processor that does not answer")
        return answer

    def reverse(self, payment_id: str) -> bool:
        with self._database.write() as session:
            row = session.get(SandboxCharge, payment_id)
            if row is None:
                row = SandboxCharge(payment_id=payment_id, amount=0, state=CardState.WAITING.value, at=now())
                row.reference, row.why, row.tries = "", "", 0
                session.add(row)
            charged = row.state == CardState.APPROVED.value
            row.state, row.why, row.reversed = CardState.DECLINED.value, WITHDRAWN, charged or row.reversed
            return bool(row.reversed)

    def _decided(self, charge: Charge) -> tuple[CardAnswer, bool]:
        """Return the answer, and whether it is lost on the way."""
        with self._database.write() as session:
            row = session.get(SandboxCharge, charge.payment_id)
            if row is not None and row.state != CardState.WAITING.value:
                return _again(row, charge), False
            tries = row.tries + 1 if row else 1
            card = self._opened(charge)
            state, why = _judged(card, charge, tries)
            row = session.merge(SandboxCharge(payment_id=charge.payment_id, amount=charge.amount, at=now()))
            row.state, row.why, row.tries = state.value, why, tries
            row.reference = f"SBX{secrets.token_hex(4).upper()}" if state is CardState.APPROVED else ""
            return CardAnswer(state=state, reference=row.reference, why=why), card is TestCard.LOST

    def _opened(self, charge: Charge) -> TestCard | None:
        """Read the test card behind a seal; the number lives no longer than this call."""
        stored = charge.stored
        bound = bound_to(charge.payment_id, charge.amount, stored.terminal_id)
        try:
            key = self._private.decrypt(b64decode(stored.wrapped, validate=True), OAEP)
            plain = AESGCM(key).decrypt(b64decode(stored.iv), b64decode(stored.sealed), bound)
            return known_card(str(json.loads(plain)["number"]))
        except (InvalidTag, ValueError, KeyError, TypeError):
            return None


def _judged(card: TestCard | None, charge: Charge, tries: int) -> tuple[CardState, str]:
    if card is None:
        return CardState.DECLINED, NOT_OURS
    if charge.stored.expires_at < now():
        return CardState.EXPIRED, TOO_LATE
    if card is TestCard.SLOW and tries <= SILENT_TRIES:
        return CardState.WAITING, ""
    return REFUSALS.get(card, (CardState.APPROVED, ""))


def _again(row: SandboxCharge, charge: Charge) -> CardAnswer:
    if row.amount != charge.amount and row.amount:
        return CardAnswer(state=CardState.DECLINED, why=NOT_OURS, already=True)
    return CardAnswer(state=CardState(row.state), reference=row.reference, why=row.why, already=True)
