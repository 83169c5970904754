"""A card terminal without any hardware: test cards are chosen on screen, made up here and sealed by WebCrypto at once.

A real terminal takes its place behind the same port: it hands over what it sealed itself, and no number ever.
"""

import json
from base64 import b64decode, b64encode
from typing import Any

import js
from pyodide.ffi import to_js

from app.browser.store import record
from app.domain.card import ProcessorKey, StoredCard, bound_to
from app.sync.sandbox_card import TestCard, brand_of, number_of
from app.till.ports import CardWanted, NotRead

TERMINAL_ID = "SANDBOX-1"
UNREADABLE = "The terminal could not read the card. Nothing was taken. Try again, or take another payment."
IV_BYTES = 12

subtle = js.crypto.subtle


class SimulatedTerminal:
    """Reads the test card that was chosen; its number lives no longer than the call that seals it."""

    test_cards = tuple(card.value for card in TestCard)

    async def store(self, wanted: CardWanted, key: ProcessorKey) -> StoredCard | NotRead:
        if wanted.card not in self.test_cards or wanted.card == TestCard.UNREADABLE:
            return NotRead(UNREADABLE)
        number = number_of(TestCard(wanted.card), _six_digits())
        data = js.Uint8Array.new(to_js(json.dumps({"number": number, "expires": "12/39"}).encode()))
        wrapped, iv, sealed = await _sealed(data, bound_to(wanted.payment_id, wanted.amount, TERMINAL_ID), key)
        data.fill(0)
        return StoredCard(
            key_id=key.id,
            wrapped=wrapped,
            iv=iv,
            sealed=sealed,
            brand=brand_of(number),
            last_four=number[-4:],
            terminal_id=TERMINAL_ID,
            stored_at=wanted.at,
            expires_at=wanted.expires_at,
        )


async def _sealed(data: Any, bound: bytes, key: ProcessorKey) -> tuple[str, str, str]:
    """Seal with a new AES key, and that key for the processor; return wrapped key, vector and ciphertext in base64."""
    raw, iv = _random(32), _random(IV_BYTES)
    aes = await subtle.importKey("raw", raw, "AES-GCM", False, to_js(["encrypt"]))
    sealed = await subtle.encrypt(record(name="AES-GCM", iv=iv, additionalData=bound), aes, data)
    how = record(name="RSA-OAEP", hash="SHA-256")
    processor = await subtle.importKey("spki", to_js(b64decode(key.spki)), how, False, to_js(["encrypt"]))
    wrapped = await subtle.encrypt(record(name="RSA-OAEP"), processor, raw)
    raw.fill(0)
    return _text(wrapped), _text(iv), _text(sealed)


def _random(count: int) -> Any:
    return js.crypto.getRandomValues(js.Uint8Array.new(count))


def _six_digits() -> str:
    return f"{int.from_bytes(_random(4).to_bytes(), 'big') % 1_000_000:06d}"


def _text(data: Any) -> str:
    return b64encode(data.to_bytes()).decode()
