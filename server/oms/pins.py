"""Seals PINs as the till checks them: PBKDF2 alone, because WebCrypto has nothing else."""

import hashlib
import re
import secrets

from app.domain.staff import PIN_ROUNDS, PinSeal

_PIN = re.compile(r"[0-9]{4,8}")


def wrong_pin(pin: str) -> str:
    """Say what is wrong with a PIN, or nothing."""
    if not _PIN.fullmatch(pin):
        return "A PIN has four to eight digits. Choose another one."
    return ""


def seal_pin(pin: str) -> PinSeal:
    """Seal a PIN with a salt of its own."""
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, PIN_ROUNDS)
    return PinSeal(salt=salt.hex(), rounds=PIN_ROUNDS, digest=digest.hex())
