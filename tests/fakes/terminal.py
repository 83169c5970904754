"""The card terminal in memory, with the real seal: what it makes, the sandbox's processor opens."""

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from app.domain.card import ProcessorKey, StoredCard, bound_to
from app.sync.sandbox_card import TestCard, brand_of, number_of
from app.till.ports import CardWanted, NotRead

TERMINAL_ID = "FAKE-1"


@cache
def processor_key() -> ProcessorKey:
    """A processor that answers nothing: its private key is thrown away."""
    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return ProcessorKey(id="test", spki=b64encode(spki).decode())


@dataclass
class FakeTerminal:
    numbers: list[str] = field(default_factory=list)
    """The card numbers that were read, for tests that look for them elsewhere."""
    broken: bool = False
    """The terminal's own program fails."""

    @property
    def test_cards(self) -> tuple[str, ...]:
        return tuple(card.value for card in TestCard)

    async def store(self, wanted: CardWanted, key: ProcessorKey) -> StoredCard | NotRead:
        if self.broken:
            raise RuntimeError("the terminal's program failed")
        if wanted.card not in self.test_cards or wanted.card == TestCard.UNREADABLE:
            return NotRead("The terminal could not read the card. Nothing was taken. Try again.")
        number = number_of(TestCard(wanted.card), f"{secrets.randbelow(10**6):06d}")
        self.numbers.append(number)
        raw, iv = secrets.token_bytes(32), secrets.token_bytes(12)
        body = json.dumps({"number": number, "expires": "12/39"}).encode()
        sealed = AESGCM(raw).encrypt(iv, body, bound_to(wanted.payment_id, wanted.amount, TERMINAL_ID))
        processor = load_der_public_key(b64decode(key.spki))
        assert isinstance(processor, RSAPublicKey)
        oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
        return StoredCard(
            key_id=key.id,
            wrapped=b64encode(processor.encrypt(raw, oaep)).decode(),
            iv=b64encode(iv).decode(),
            sealed=b64encode(sealed).decode(),
            brand=brand_of(number),
            last_four=number[-4:],
            terminal_id=TERMINAL_ID,
            stored_at=wanted.at,
            expires_at=wanted.expires_at,
        )
